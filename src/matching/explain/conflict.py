"""Which rules cannot all hold, and the least by which they would have to give way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching import engines
from matching.audit import audit
from matching.domain.plan import Plan, RuleLine
from matching.engines.exact import is_feasible
from matching.explain.core import core, only, unmet
from matching.policy.model import Balance, Goal, Place, Policy, Quota, Rule, Together
from matching.problem import Problem, RowLabel, compile
from matching.problem.counts import caps_seats
from matching.problem.problem import hard_requires

PATIENCE = 20.0
"""Seconds for one proof of the diagnosis."""
MOST_GROUPS = 64
"""A rule with more groups than this is named as a whole."""
FEW_GROUPS = 5
MOST_NAMED = 12
EVERY_GROUP = "*"
"""Stands for a rule's groups taken together."""


@dataclass(frozen=True)
class Change:
    """One bound of one rule in one group, as it is and as it would have to be."""

    rule: str
    group: str
    bound: str
    before: int | str
    after: int | str


@dataclass(frozen=True)
class Relaxation:
    """Changes that together let the rules hold, `total` units in all; found as a plan that the audit passed."""

    total: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Diagnosis:
    """An irreducible set of rules that clash, by rule id and group, and the least relaxation."""

    conflict: tuple[RowLabel, ...]
    relaxations: tuple[Relaxation, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return ``conflict`` and ``relaxations`` as `solve --json` prints them."""
        return {
            "conflict": [{"rule": c.rule, "group": c.group} for c in self.conflict],
            "relaxations": [{"total": r.total, "changes": [
                {"rule": c.rule, "group": c.group, "bound": c.bound, "from": c.before, "to": c.after} for c in r.changes
            ]} for r in self.relaxations],
        }


def diagnose(problem: Problem) -> Diagnosis:
    """Name the rules that clash in an infeasible problem, and the least total relaxation.

    Rules on how many (but for the seats of a post and one post a teacher), on who leaves and comes, on who must be
    placed and on who stays together may give way, one for one.
    """
    relaxations = tuple(_least(problem))
    suspects = [c.rule for r in relaxations for c in r.changes]
    rows = _clashing(problem, suspects)
    return Diagnosis((*_refusing(problem, rows), *rows), relaxations)


def _clashing(problem: Problem, suspects: Sequence[str]) -> tuple[RowLabel, ...]:
    """Return the clash by rule, and by group where that leaves few groups; else the group is `EVERY_GROUP`."""
    hard = {rule.id for rule in problem.policy.rules if rule.enforce == "hard"}
    labels: dict[str, list[RowLabel]] = {}
    for label in dict.fromkeys(problem.program.labels):
        if label.rule in hard:
            labels.setdefault(label.rule, []).append(label)
    alone = {problem.program.labels[row] for row in np.flatnonzero(unmet(problem.program)).tolist()}
    in_order = [*(r for r in dict.fromkeys(suspects) if r in labels), *(r for r in labels if r not in suspects)]
    by_itself = next((k for rule in in_order for k in labels[rule] if k in alone), None)
    if by_itself is not None:
        return (by_itself,)
    rules = core(in_order, lambda some: _clash(problem, [k for rule in some for k in labels[rule]]))
    for rule in rules:
        if 1 < len(labels[rule]) <= MOST_GROUPS:
            others = [k for other in rules if other != rule for k in labels[other]]
            labels[rule] = list(core(labels[rule], lambda some: _clash(problem, some), others))
    return tuple(k for rule in rules for k in _named(rule, labels[rule]))


def _named(rule: str, labels: list[RowLabel]) -> list[RowLabel]:
    return labels if len(labels) <= FEW_GROUPS else [RowLabel(rule, EVERY_GROUP)]


def _clash(problem: Problem, labels: Collection[RowLabel]) -> bool:
    program = only(problem.program, labels)
    if unmet(program).any():
        return True
    if is_feasible(program, program.lower):
        return False
    return engines.solve(program, time_limit=PATIENCE).status == "infeasible"


def _refusing(problem: Problem, rows: tuple[RowLabel, ...]) -> Iterator[RowLabel]:
    """Yield those rules on eligibility without which the rows could all hold.

    Only where the clash has a few named groups: where it is between totals, every such rule has its part in it.
    """
    if any(row.group == EVERY_GROUP for row in rows) or len(rows) > MOST_NAMED:
        return
    policy, n_arcs = problem.policy, len(problem.arcs)
    people = {row.group for row in rows} & problem.instance.teacher.keys()
    group = people.pop() if len(people) == 1 else "plan"
    for rule in hard_requires(policy):
        without = compile(problem.instance, _switched_off(policy, rule.id))
        if len(without.arcs) == n_arcs or _clash(without, rows):
            policy, n_arcs = without.policy, len(without.arcs)
        else:
            yield RowLabel(rule.id, group)


def _switched_off(policy: Policy, rule_id: str) -> Policy:
    return replace(policy, rules=tuple(replace(r, on=False) if r.id == rule_id else r for r in policy.rules))


def _least(problem: Problem) -> Iterator[Relaxation]:
    bent = _bent_policy(problem.policy)
    elastic = compile(problem.instance, bent)
    solution = engines.solve(elastic.program, time_limit=3 * PATIENCE)
    if solution.x is None:
        return
    plan = Plan("relaxed", "feasible", 0, elastic.decode(solution.x))
    found = audit(problem.instance, bent, plan)
    if found.ok:
        short = [line for line in found.rules if not line.ok and bent.rule(line.rule).enforce == "elastic"]
        yield Relaxation(sum(line.shortfall for line in short), tuple(_change(bent.rule(s.rule), s) for s in short))


def _may_bend(rule: Rule) -> bool:
    if rule.enforce != "hard" or (isinstance(rule, Quota) and (caps_seats(rule) or rule.per == ("teacher_id",))):
        return False
    return isinstance(rule, Quota | Balance | Place | Together)


def _bent_policy(policy: Policy) -> Policy:
    """Let the hard rules that may bend do so at one a unit, and leave the elastic ones out of account."""
    rules = tuple(replace(r, enforce="elastic", penalty=1) if _may_bend(r)
                  else replace(r, enforce="report") if r.enforce == "elastic" else r for r in policy.rules)
    bent = tuple(r.id for r in rules if r.on and r.enforce == "elastic")
    return replace(policy, rules=rules, goals=(Goal("shortfall", rules=bent),), variants=())


def _change(rule: Rule, line: RuleLine) -> Change:
    if not isinstance(rule, Quota | Balance):
        return Change(rule.id, line.group, rule.kind, 1, 0)
    bound = "at_least" if _number(line.value) < _number(line.required) else "at_most"
    return Change(rule.id, line.group, bound, line.required, line.value)


def _number(value: int | str) -> float:
    numerator, _, denominator = str(value).partition("/")
    return float(numerator) / float(denominator or 1)
