"""A conflict is infeasible, and every proper subset of it feasible.

Fewer rules allow more plans: a subset is feasible wherever one that holds it is. So it is enough to leave out one rule
at a time, which are all the largest proper subsets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
from benchmarks.clashes.cases import Clash

from matching import engines
from matching.explain.conflicts.program import among, gathered, only, strict
from matching.policy.model import Require, Subsidy
from matching.problem import RowLabel, compile
from matching.problem.arcs import eligible
from matching.problem.coarse import allowed
from matching.problem.credits import CreditedFields
from matching.problem.problem import compiled
from matching.problem.program import Int64, Program

PLAN = "plan"


class Subsets:
    """The rules of one conflict, over all pairs that its rules on eligibility do not refuse.

    Parameters
    ----------
    rules : of the conflict; one on eligibility whose group is a teacher holds for that teacher alone
    """

    def __init__(self, clash: Clash, rules: Collection[RowLabel]) -> None:
        ids = {label.rule for label in rules}
        policy = strict(clash.policy)
        kept = tuple(r for r in policy.rules if isinstance(r, Subsidy) or (r.id in ids and not isinstance(r, Require)))
        fields = CreditedFields(clash.instance, replace(policy, rules=kept))
        arcs = eligible((), fields)
        program = compiled(fields, arcs, compile(clash.instance, policy).arcs).program
        self.on_pairs = [k for k in rules if isinstance(clash.policy.rule(k.rule), Require)]
        self.rows = [k for k in rules if k not in self.on_pairs]
        refused = np.zeros(program.n_columns, np.int64)
        people = np.array([t.teacher_id for t in clash.instance.teachers])[arcs.teacher]
        for bit, label in enumerate(self.on_pairs):
            of_label = np.ones(len(arcs), np.bool_) if label.group == PLAN else people == label.group
            rule = clash.policy.rule(label.rule)
            assert isinstance(rule, Require)
            refused[:len(arcs)] |= (of_label & ~allowed(rule, fields, arcs.pairs)).astype(np.int64) << bit
        self._program: Program
        self._refused: Int64
        self._program, self._refused = gathered(only(program, self.rows), refused)

    def status(self, without: RowLabel | None = None) -> str:
        """Return what comes of solving the rules, but for the one left out, from nothing."""
        bits = sum(1 << bit for bit, label in enumerate(self.on_pairs) if label != without)
        left = among(only(self._program, [k for k in self.rows if k != without]), (self._refused & bits) == 0)
        return engines.solve(gathered(left)[0], in_process=True, workers=1).status

    def largest(self) -> Iterator[tuple[RowLabel, str]]:
        """Yield each rule, and what comes of the others."""
        for label in (*self.on_pairs, *self.rows):
            yield label, self.status(label)
