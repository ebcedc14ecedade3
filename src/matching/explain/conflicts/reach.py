"""How far a limit on pairs would have to be moved: 60 km to 65, so that three more posts can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from matching.audit import audit
from matching.domain.plan import Plan
from matching.engines import Change as Bounds
from matching.engines import Resolver, Solution
from matching.explain.conflicts.bend import NAME, PATIENCE, bent
from matching.explain.conflicts.model import EVERY_GROUP, Change, Relaxation
from matching.explain.conflicts.program import unmet
from matching.explain.patience import Patience
from matching.policy.conditions import Clause, Condition, FieldRef
from matching.policy.fields import FIELDS
from matching.policy.literals import decimal
from matching.policy.model import Policy, Quota, Require
from matching.problem import Problem, compile
from matching.problem.columns import Floats
from matching.problem.conditions import Pairs, holds
from matching.problem.fields import Fields
from matching.problem.program import Int64, Objective, Program

SIGNS = {"<=": 1, "<": 1, ">=": -1, ">": -1}
FINE = Fraction(1, 10)
"""Kilometres are whole hectometres."""
ENDLESS = np.iinfo(np.int64).max


class Limit(NamedTuple):
    """A number that a rule on eligibility sets for one field, `step` by `step`."""

    rule: Require
    field: str
    clause: Clause
    step: Fraction


def limits(rule: Require) -> Iterator[Limit]:
    """Yield the limits that the rule sets, one for each numeric field on the left of a comparison."""
    if rule.enforce != "hard" or not rule.on or rule.bend == 0:
        return
    seen = set()
    for clause in (clause for condition in rule.that for clause in condition.clauses):
        if _is_limit(clause) and clause.field not in seen:
            seen.add(clause.field)
            yield Limit(rule, clause.field, clause, FINE if clause.field == "km" else Fraction(1))


def _is_limit(clause: Clause) -> bool:
    if clause.op not in SIGNS or FIELDS[clause.field].kind != "number":
        return False
    (value,) = clause.values
    return isinstance(value, Fraction) or (isinstance(value, FieldRef) and FIELDS[value.name].kind == "number")


def least_reach(problem: Problem, limit: Limit, patience: Patience) -> Relaxation | None:
    """Return the least by which `limit` would have to move, all else as it is; None where that does not help.

    Not where a share is of those eligible: what it asks for would change with the limit.
    """
    if any(rule.of == "eligible" for rule in problem.policy.active(Quota)):
        return None
    opened = compile(problem.instance, _opened(problem.policy, limit.rule))
    if unmet(opened.program).any():
        return None
    beyond = margins(limit, opened.fields, opened.arcs.pairs)
    columns = np.zeros(opened.program.n_columns, np.int64)
    columns[:len(beyond)] = beyond
    with _Seek(opened.program, columns, patience) as seek:
        found = seek.least()
    if found is None:
        return None
    steps, solution, proven = found
    assert solution.x is not None
    if not audit(problem.instance, opened.policy, Plan(NAME, "feasible", 0, opened.decode(solution.x))).ok:
        return None
    used = int(solution.x[columns > 0].sum())
    before, after = _figures(limit, steps)
    change = Change(limit.rule.id, EVERY_GROUP, f"{limit.field} {limit.clause.op}", before, after)
    return Relaxation(used, (change,), "reach", used * (limit.rule.bend or 1), proven, used)


def _opened(policy: Policy, rule: Require) -> Policy:
    opened = bent(policy, ())
    return replace(opened, rules=tuple(replace(r, enforce="report") if r.id == rule.id else r for r in opened.rules))


def _figures(limit: Limit, steps: int) -> tuple[str, str]:
    """Return what the limit says, and what it would have to say."""
    sign = SIGNS[limit.clause.op]
    (value,) = limit.clause.values
    moved = sign * steps * limit.step
    several = sum(_is_limit(c) and c.field == limit.field for k in limit.rule.that for c in k.clauses) > 1
    if isinstance(value, Fraction) and not several:
        return decimal(value), decimal(value + moved)
    stated = value.name if isinstance(value, FieldRef) and not several else ""
    return stated, f"{stated} {'+' if moved > 0 else '-'} {decimal(abs(moved))}".strip()


def margins(limit: Limit, fields: Fields, pairs: Pairs) -> Int64:
    """Return by how many steps the limit would have to move for each pair; `ENDLESS` where no such move suffices."""
    ways = [_margin(limit, condition, fields, pairs) for condition in limit.rule.that]
    least = np.minimum.reduce(ways)
    applies = holds(limit.rule.when, fields, pairs)
    return np.where(applies, least, 0)


def _margin(limit: Limit, condition: Condition, fields: Fields, pairs: Pairs) -> Int64:
    moved = [c for c in condition.clauses if c.field == limit.field and _is_limit(c)]
    others = tuple(c for c in condition.clauses if c not in moved)
    accept = fields.policy.unknown == "accept"
    steps = np.zeros(len(pairs.teacher), np.int64)
    for clause in moved:
        met = holds((Condition("", (clause,)),), fields, pairs, missing=accept)
        steps = np.maximum(steps, np.where(met, 0, _needed(clause, limit.step, fields, pairs)))
    stays = holds((Condition("", others),), fields, pairs, missing=accept)
    return np.where(stays, steps, ENDLESS)


def _needed(clause: Clause, step: Fraction, fields: Fields, pairs: Pairs) -> Int64:
    """Return the steps by which the right side of an unmet clause would have to move."""
    left = fields.on_pairs(clause.field, *pairs)
    (value,) = clause.values
    right: Any = (fields.on_pairs(value.name, *pairs).array if isinstance(value, FieldRef) else left.encode(value))
    off: Floats = SIGNS[clause.op] * (left.array - right) / float(step)
    known = np.isfinite(off)
    # a strict bound that is just met has to move one step more
    exact = np.round(np.where(known, off, 0), 6)
    whole = np.floor(exact) + 1 if clause.op in ("<", ">") else np.ceil(exact)
    return np.where(known, np.maximum(whole, 1).astype(np.int64), ENDLESS)


class _Seek:
    """Moves of a limit tried by halving; `beyond` are the steps that each column needs.

    Of the plans under each, one is sought with as few placements beyond the limit as can be. It is a context, since a
    worker keeps what it knows of the problem.
    """

    def __init__(self, program: Program, beyond: Int64, patience: Patience) -> None:
        cost = Objective("beyond", (beyond > 0).astype(np.int64))
        self._beyond = beyond
        self._patience = patience
        self._resolver = Resolver(replace(program, objectives=(cost,)))

    def __enter__(self) -> _Seek:
        self._resolver.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._resolver.__exit__()

    def least(self) -> tuple[int, Solution, bool] | None:
        """Return the fewest steps with which the rules hold, a plan, and whether it is proven that fewer do not do."""
        steps = np.unique(self._beyond[(self._beyond > 0) & (self._beyond < ENDLESS)])
        found = self._solved(int(steps[-1])) if len(steps) else None
        if found is None or found.x is None:
            return None
        low, high, proven = -1, len(steps) - 1, True
        while high - low > 1:
            middle = (low + high) // 2
            better = self._solved(int(steps[middle]))
            proven &= better.status != "unknown"
            if better.x is None:
                low = middle
            else:
                high, found = middle, better
        return int(steps[high]), found, proven and found.status == "optimal"

    def _solved(self, steps: int) -> Solution:
        out = np.flatnonzero(self._beyond > steps)
        nothing = np.zeros(len(out), np.int64)
        patience = self._patience
        return patience.noted(self._resolver.solve(Bounds(out, nothing, nothing), time_limit=patience.left(PATIENCE),
                                                   stop=patience.asked))
