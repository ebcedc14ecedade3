"""The one number of a rule, changed as little as it takes.

Where a share of a varying base is asked for, the shares that can occur are fractions with denominators up to a known
one. Two of them that are neighbours in the Farey sequence have none between them (G. H. Hardy and E. M. Wright, An
Introduction to the Theory of Numbers, 3.1), so that a share attained, and a proof that the next one cannot be, settle
the least change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Literal, NamedTuple

from matching import engines
from matching.audit import audit
from matching.domain.plan import Plan, RuleLine
from matching.engines import Solution
from matching.explain.conflicts.bend import NAME, PATIENCE, bent, number, price
from matching.explain.conflicts.model import EVERY_GROUP, Change, Relaxation
from matching.explain.conflicts.program import unmet
from matching.explain.patience import Patience
from matching.policy.model import Balance, Policy, Quota
from matching.problem import Problem, compile
from matching.problem.counts import caps_seats
from matching.problem.program import Program

Side = Literal["at_least", "at_most"]
Bounded = Quota | Balance
MOST_PROOFS = 24
COUNTED = ("seats", "sites", "class_hours")


class Attained(NamedTuple):
    """A number that a plan attains in every group, as the audit says it, and by how many units it falls short."""

    value: Fraction
    figure: int | str
    units: int


def least_number(problem: Problem, rule: Bounded, found: Relaxation, patience: Patience) -> Relaxation | None:
    """Return the least change of the rule's one number with which all rules hold.

    None where it has no such number, or where that says no more than `found`, which is the rule's least relaxation
    group by group.

    Parameters
    ----------
    rule : one that is hard
    """
    sides = {c.bound for c in found.changes}
    side: Side = "at_least" if sides == {"at_least"} else "at_most"
    stated = getattr(rule, side)
    if len(sides) != 1 or not isinstance(stated, Fraction) or not _searched(rule):
        return None
    seek = _Seek(problem, rule, side, stated, patience)
    best, proven = seek.least()
    if best is None:
        return None
    group = EVERY_GROUP if rule.per else "plan"
    before = next(c.before for c in found.changes)
    changes = (Change(rule.id, group, side, before, best.figure),)
    return Relaxation(best.units, changes, "number", best.units * price(rule), proven)


def _searched(rule: Bounded) -> bool:
    """Tell whether the number can be searched for, and is not settled by the count of units."""
    if isinstance(rule, Balance):
        return True
    return rule.measure in COUNTED and (rule.of == "placed" or bool(rule.per))


class _Seek:
    """Numbers tried between one that is attained and the rule's own, which cannot be."""

    def __init__(self, problem: Problem, rule: Bounded, side: Side, stated: Fraction, patience: Patience) -> None:
        self._patience = patience
        self._problem, self._rule, self._side, self._stated = problem, rule, side, stated
        self._sign = 1 if side == "at_least" else -1
        self._proofs = 0
        self._seen: tuple[RuleLine, ...] = ()

    def least(self) -> tuple[Attained | None, bool]:
        """Return the number nearest to the rule's own that can be attained, and whether that is proven."""
        best, beyond, near = self._try(None), self._stated, True
        if best is None:
            return None, False
        step = self._steps()
        while self._proofs < MOST_PROOFS:
            next_one = step(best.value)
            if self._sign * (next_one - beyond) >= 0:
                return best, True
            tried = next_one if near else step((best.value + beyond) / 2)
            tried = tried if self._sign * (tried - beyond) < 0 else next_one
            better = self._try(tried)
            if better is None and self._unsure:
                return best, False
            best, beyond = (best, tried) if better is None else (better, beyond)
            near = better is not None
        return best, False

    def _try(self, bound: Fraction | None) -> Attained | None:
        """Return what a plan attains under that number, under none at all where None; None where there is no plan."""
        self._proofs += 1
        problem, policy = self._problem, bent(self._problem.policy, [self._rule.id])
        if bound is not None:
            policy = _with(bent(self._problem.policy, ()), self._rule, self._side, bound)
        made = compile(problem.instance, policy)
        solution = None if unmet(made.program).any() else self._solved(made.program)
        self._unsure = solution is not None and solution.status == "unknown"
        if solution is None or solution.x is None:
            return None
        plan = Plan(NAME, "feasible", 0, made.decode(solution.x))
        seen = audit(problem.instance, bent(problem.policy, [self._rule.id]), plan)
        self._seen = tuple(line for line in seen.rules if line.rule == self._rule.id)
        return self._attained([line for line in self._seen if line.shortfall]) if seen.ok else None

    def _solved(self, program: Program) -> Solution:
        patience = self._patience
        return patience.noted(engines.solve(program, time_limit=patience.left(PATIENCE), stop=patience.asked))

    def _attained(self, short: list[RuleLine]) -> Attained | None:
        if not short:
            return None
        worst = min(short, key=lambda line: self._sign * number(line.value))
        return Attained(number(worst.value), worst.value, sum(line.shortfall for line in short))

    def _steps(self) -> Callable[[Fraction], Fraction]:
        """Return what yields, of a number, the next one nearer to the rule's own that makes a difference."""
        if isinstance(self._rule, Balance) or self._rule.of is None:
            return lambda value: Fraction(floor(self._sign * value) + 1) * self._sign
        most = self._largest_base()
        return lambda value: self._sign * neighbour(self._sign * value, most)

    def _largest_base(self) -> int:
        problem = self._problem
        if isinstance(self._rule, Quota) and self._rule.of == "placed":
            seats = sum(need.count for need in problem.instance.needs)
            return seats if any(caps_seats(q) for q in problem.policy.active(Quota)) else len(problem.arcs)
        bases = [str(line.value).partition("/")[2] for line in self._seen]
        return max((int(base) for base in bases if base.isdecimal()), default=1)


def _with(policy: Policy, rule: Bounded, side: Side, bound: Fraction) -> Policy:
    changed = replace(rule, at_least=bound) if side == "at_least" else replace(rule, at_most=bound)
    return replace(policy, rules=tuple(changed if r.id == rule.id else r for r in policy.rules))


def neighbour(value: Fraction, most: int) -> Fraction:
    """Return the least fraction above `value` among those with denominators up to `most`.

    Parameters
    ----------
    value : its own denominator may be larger
    """
    low = value if value.denominator <= most else _below(value, most)
    p, q = low.numerator, low.denominator
    wanted = -pow(p, -1, q) % q if q > 1 else 0
    b = most - (most - wanted) % q
    return Fraction((b * p + 1) // q, b)


def _below(value: Fraction, most: int) -> Fraction:
    """Return the largest fraction of those denominators that is not above `value`."""
    near = value.limit_denominator(most)
    return near if near <= value else -neighbour(-near, most)
