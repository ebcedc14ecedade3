"""A clash of bounds with as few rules on eligibility as it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np

from matching.explain.conflicts.program import among, gathered, only
from matching.explain.conflicts.proof import Shrinking, clash
from matching.explain.core import core
from matching.explain.patience import Patience
from matching.policy.model import Policy, Quota, Require, Subsidy
from matching.problem import Problem, RowLabel
from matching.problem.arcs import eligible
from matching.problem.coarse import allowed
from matching.problem.credits import CreditedFields
from matching.problem.problem import compiled, hard_requires
from matching.problem.program import Int64, Program

MOST_PAIRS = 4_000_000
"""Beyond so many pairs of a teacher and a post it is not asked which rules refuse them."""
MOST_COLUMNS = 40_000
MOST_RULES = 60
MANY_ROWS = 100
"""So many are not made fewer twice: before it is asked who else could be eligible, and after."""
PLAN = "plan"
Rules = Sequence[Require]
Labels = Sequence[RowLabel]


class Clash(NamedTuple):
    """Rules that clash; `proven` where it is so without any other rule on eligibility."""

    rules: tuple[RowLabel, ...]
    proven: bool


class Eligibility:
    """Finds what part the rules on eligibility have in the clashes of a problem's rows."""

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self._problem, self._patience = problem, patience
        self._rules = hard_requires(problem.policy)[::-1]
        self._n_pairs = len(problem.instance.teachers) * len(problem.instance.needs)
        self._pairs = cache(lambda rules: _Pairs(problem, rules))

    def least_clash(self, rows: Labels, named: Labels) -> Clash:
        """Return a clash like that of `rows`, with as few rules on eligibility as it takes.

        It is sought among all groups of the rules of `rows` but for those `named` before, since a clash that holds
        whoever is eligible may lie in other groups of theirs. The group of a rule on eligibility is the teacher where
        the clash speaks of one alone and needs the rule for that one only, else the plan.
        """
        if self._n_pairs > MOST_PAIRS or len(self._rules) > MOST_RULES or not self._n_pairs:
            rows = self._core(self._problem.program, rows) or rows
            return self.clash_of(rows) if self._n_pairs else Clash(tuple(rows), True)
        way = self._pairs(frozenset(row.rule for row in rows))
        free = [label for label in way.labels if label not in named]
        needed: Rules = ()
        wide: Labels = [label for label in free if not self._of_each(label.rule)]
        if way.columns(wide) > MOST_COLUMNS or way.clash((), wide, self._patience) is None:
            if len(rows) <= MANY_ROWS:
                rows = self._core(self._problem.program, rows) or rows
            wide = next((labels for labels in _widened(rows, free) if way.columns(labels) <= MOST_COLUMNS), rows)
            needed = self._needed(way, wide)
            if not needed and way.clash((), wide, self._patience) is None:
                return self.clash_of(rows)
        fewer = self._core(way.program(needed, wide), in_order(self._problem.policy, wide))
        return Clash((*self._named(way, needed[::-1], fewer), *fewer), True) if fewer else self.clash_of(rows)

    def clash_of(self, rows: Labels) -> Clash:
        """Return the clash of rows that cannot all hold with those eligible whom all rules on eligibility leave."""
        return Clash((*(RowLabel(rule.id, PLAN) for rule in self._rules[::-1]), *rows), False)

    def _core(self, program: Program, rows: Labels) -> tuple[RowLabel, ...]:
        return core(rows, Shrinking(program, self._patience), lambda label: label.rule)

    def _of_each(self, rule_id: str) -> bool:
        """Tell whether a rule bounds each teacher's posts, so that no two teachers are alike to it."""
        rule = self._problem.policy.rule(rule_id)
        return isinstance(rule, Quota) and rule.per == ("teacher_id",)

    def _needed(self, way: _Pairs, wide: Labels) -> Rules:
        if way.clash((), wide, self._patience) is not None:
            return ()
        return core(self._rules, lambda some: None if way.clash(some, wide, self._patience) is None else some)

    def _named(self, way: _Pairs, needed: Rules, rows: Labels) -> Iterator[RowLabel]:
        people = {row.group for row in rows} & self._problem.instance.teacher.keys()
        person = people.pop() if len(people) == 1 else None
        if person is not None and (not needed or way.clash(needed, rows, self._patience, person) is None):
            person = None
        return (RowLabel(rule.id, person or PLAN) for rule in needed)


def _widened(rows: Labels, free: Labels) -> Iterator[Labels]:
    """Yield labels to seek a clash among: all groups of the rules of `rows`, then of those that have several there."""
    times = Counter(row.rule for row in rows)
    for least in (1, 2):
        yield [*rows, *(label for label in free if label not in rows and times[label.rule] >= least)]


def in_order(policy: Policy, labels: Labels) -> tuple[RowLabel, ...]:
    """Return labels of rules of `policy` in its order."""
    order = {rule.id: at for at, rule in enumerate(policy.rules)}
    return tuple(sorted(labels, key=lambda label: order[label.rule]))


def _with_only(problem: Problem, named: Collection[str]) -> Policy:
    """Return the policy with no hard rules but those named."""
    rules = tuple(r for r in problem.policy.rules if r.id in named or r.enforce != "hard" or isinstance(r, Subsidy))
    return replace(problem.policy, rules=rules)


class _Pairs:
    """Proves over all pairs, of each of which it is known which rules refuse it.

    A share of those eligible is of those whom all rules together leave a post, whichever are left out.
    """

    def __init__(self, problem: Problem, named: Collection[str]) -> None:
        self._rules = hard_requires(problem.policy)
        self._ids = [t.teacher_id for t in problem.instance.teachers]
        fields = CreditedFields(problem.instance, _with_only(problem, named))
        arcs = eligible((), fields)
        self._program = compiled(fields, arcs, problem.arcs).program
        self._refused = np.zeros(self._program.n_columns, np.int64)
        for bit, rule in enumerate(self._rules):
            self._refused[:len(arcs)] |= (~allowed(rule, fields, arcs.pairs)).astype(np.int64) << bit
        self._teacher = np.r_[arcs.teacher, np.full(self._program.n_columns - len(arcs), -1)].astype(np.int64)
        self._gathered: tuple[Labels, Program, Int64] | None = None
        self.labels = tuple(dict.fromkeys(self._program.labels))

    def columns(self, labels: Labels) -> int:
        """Return how many columns there are in the rows of those labels."""
        self._gathered = None
        return self._of(labels)[0].n_columns

    def clash(self, rules: Rules, labels: Labels, patience: Patience,
              person: str | None = None) -> Collection[RowLabel] | None:
        """Return labels that are proven to clash under these rules on eligibility, None where there is no proof.

        Parameters
        ----------
        person : the rules are to hold for that teacher alone
        """
        if patience.over:
            return None
        bits = sum(1 << self._rules.index(rule) for rule in rules)
        if person is not None:
            kept = ((self._refused & bits) == 0) | (self._teacher != self._ids.index(person))
            return clash(among(only(self._program, labels), kept), labels, patience)
        return clash(self.program(rules, labels), labels, patience)

    def program(self, rules: Rules, labels: Labels) -> Program:
        """Return the rows of `labels` under these rules on eligibility."""
        bits = sum(1 << self._rules.index(rule) for rule in rules)
        program, refused = self._of(labels)
        return among(program, (refused & bits) == 0)

    def _of(self, labels: Labels) -> tuple[Program, Int64]:
        """Return the rows of those labels, columns alike in them and in who refuses them gathered, and who does."""
        known = self._gathered
        if known is None or not set(labels) <= set(known[0]):
            known = self._gathered = (labels, *gathered(only(self._program, labels), self._refused))
        return known[1:]
