"""The least by which rules on how many, on whom and on eligibility would have to give way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction

import numpy as np

from matching.audit import audit
from matching.domain.plan import Plan, RuleLine
from matching.engines import Change as Bounds
from matching.engines import Resolver, Solution
from matching.explain.conflicts.model import Change, Kind, Relaxation
from matching.explain.patience import Patience
from matching.policy.model import Balance, Goal, Place, Policy, Quota, Require, Rule, Together
from matching.problem import Problem, compile
from matching.problem.coarse import allowed
from matching.problem.counts import caps_seats

PATIENCE = 60.0
"""Seconds for one least relaxation."""
NAME = "relaxed"


def price(rule: Rule) -> int:
    """Return what one unit costs by which a rule gives way, 0 where it may not.

    Where the policy says nothing, rules on how many, but for the seats of a post and one post a teacher, and on who is
    placed, who stays together and who leaves and comes give way at one a unit.
    """
    if rule.enforce != "hard" or not rule.on or not isinstance(rule, Require | Quota | Balance | Place | Together):
        return 0
    if rule.bend is not None:
        return rule.bend
    if isinstance(rule, Quota) and (caps_seats(rule) or rule.per == ("teacher_id",)):
        return 0
    return int(not isinstance(rule, Require))


def bent(policy: Policy, which: Collection[str]) -> Policy:
    """Return the policy with those hard rules elastic, at their price, and the elastic ones left out of account."""
    rules = tuple(replace(r, enforce="elastic", penalty=max(1, price(r))) if r.id in which
                  else replace(r, enforce="report") if r.enforce == "elastic" else r for r in policy.rules)
    return replace(policy, rules=rules, goals=(Goal("shortfall", rules=tuple(which)),), variants=())


class Bending:
    """A problem with every rule elastic that may give way, solved for one choice of them after another.

    It is a context, since a worker keeps what it knows of it.

    Attributes
    ----------
    problem : as it is, all rules hard that are
    rules : those that may give way
    """

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self.problem = problem
        self._patience = patience
        self.rules = tuple(rule.id for rule in problem.policy.rules if price(rule))
        self._elastic = compile(problem.instance, bent(problem.policy, self.rules))
        self._resolver = Resolver(self._elastic.program)

    def __enter__(self) -> Bending:
        self._resolver.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._resolver.__exit__()

    def least(self, which: Collection[str] | None = None, patience: Patience | None = None) -> Relaxation | None:
        """Return the least relaxation of those rules, of all that may give way where None; None where none is found."""
        chosen = self.rules if which is None else tuple(which)
        if not chosen:
            return None
        patience = patience or self._patience
        found = patience.noted(self._resolver.solve(self._held(chosen), time_limit=patience.left(PATIENCE),
                                                    stop=patience.asked))
        return None if found.x is None else self._audited(found, chosen, "least" if which is None else "rule")

    def _held(self, chosen: Collection[str]) -> Bounds:
        """Return the change that lets no rule give way but those chosen."""
        program, n_arcs = self._elastic.program, len(self._elastic.arcs)
        free = np.ones(program.n_columns, np.bool_)
        for part in self._elastic.shortfalls:
            free[part.columns] = part.rule in chosen
        for rule in self._elastic.policy.active(Require):
            if rule.enforce == "elastic" and rule.id not in chosen:
                free[:n_arcs] &= allowed(rule, self._elastic.fields, self._elastic.arcs.pairs)
        held = np.flatnonzero(~free)
        return Bounds(held, program.lower[held], program.lower[held])

    def _audited(self, found: Solution, chosen: Collection[str], kind: Kind) -> Relaxation | None:
        """Return what the plan gives up, recounted by the audit; None where the plan does not pass."""
        assert found.x is not None
        policy = bent(self.problem.policy, chosen)
        seen = audit(self.problem.instance, policy, Plan(NAME, "feasible", 0, self._elastic.decode(found.x)))
        if not seen.ok:
            return None
        short = [line for line in seen.rules if line.shortfall and line.rule in chosen]
        cost = sum(line.shortfall * policy.rule(line.rule).penalty for line in short)
        changes = tuple(change(self.problem.policy.rule(line.rule), line) for line in short)
        return Relaxation(sum(line.shortfall for line in short), changes, kind, cost, found.status == "optimal")


def change(rule: Rule, line: RuleLine) -> Change:
    """Return what would have to change of a rule in a group where it falls short by `line`."""
    if isinstance(rule, Place | Together):
        return Change(rule.id, line.group, rule.kind, 1, 0)
    if isinstance(rule, Require):
        return Change(rule.id, line.group, rule.kind, 0, line.value)
    low, _, high = str(line.required).partition("..")
    below = number(line.value) < number(low)
    stated = low if below else high or low
    return Change(rule.id, line.group, "at_least" if below else "at_most", _plain(stated), line.value)


def _plain(stated: str) -> int | str:
    return int(stated) if stated.lstrip("-").isdecimal() else stated


def number(value: int | str) -> Fraction:
    """Return a figure of an audit's line; a share of nothing is none at all."""
    numerator, _, denominator = str(value).partition("/")
    return Fraction(numerator) / Fraction(denominator or 1) if denominator != "0" else Fraction(0)

