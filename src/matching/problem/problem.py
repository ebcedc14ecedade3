"""Instance and policy compiled to arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from matching.domain.instance import Instance
from matching.domain.machine import free_memory
from matching.domain.plan import Placement
from matching.policy.model import Balance, Place, Policy, Quota, Require, Together
from matching.problem.arcs import Arcs, eligible
from matching.problem.balance import Balanced, balance_rows, balanced
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs
from matching.problem.counts import Cast, cast
from matching.problem.credits import CreditedFields
from matching.problem.decode import placements
from matching.problem.facts import ArcFacts, arc_facts
from matching.problem.fair import Fairness, fairness
from matching.problem.fields import Fields
from matching.problem.goals import Costs, objectives
from matching.problem.groups import groups_of
from matching.problem.program import Int64, Objective, Program
from matching.problem.quotas import Shortfall, quota_rows
from matching.problem.room import check_compiled
from matching.problem.rows import Rows
from matching.problem.together import place_rows, together_rows


@dataclass(frozen=True)
class Problem:
    """One instance under one policy, as arrays.

    Attributes
    ----------
    arcs : the eligible pairs; arc a is column a of the program
    facts : what each arc is like
    program : rows labelled by rule, and goals
    shortfalls : the columns that hold elastic rules' shortfalls
    quotas, balances : those rules that are hard or elastic, laid over the arcs
    fairness : the columns of the goals `fair`, of the policy and of its variants
    """

    instance: Instance
    policy: Policy
    fields: Fields
    arcs: Arcs
    facts: ArcFacts
    program: Program
    shortfalls: tuple[Shortfall, ...]
    quotas: tuple[Cast, ...]
    balances: tuple[Balanced, ...]
    fairness: tuple[Fairness, ...]

    def decode(self, x: Int64) -> tuple[Placement, ...]:
        """Return the placements that the values `x` of the columns stand for."""
        return placements(self.fields, self.arcs, self.facts, np.flatnonzero(x[:len(self.arcs)] > 0))

    def columns(self, pairs: Sequence[tuple[str, str]]) -> Int64:
        """Return the arcs of (teacher id, need id) pairs; -1 where the pair is not eligible."""
        teacher = {t.teacher_id: i for i, t in enumerate(self.instance.teachers)}
        need = {n.need_id: i for i, n in enumerate(self.instance.needs)}
        keys = self.arcs.teacher.astype(np.int64) * max(len(need), 1) + self.arcs.need
        wanted = np.array([teacher[t] * len(need) + need[n] for t, n in pairs], np.int64)
        at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        return np.where(keys[at] == wanted, at, -1) if len(keys) else np.full(len(wanted), -1, np.int64)

    def refusals(self, teacher: str, need: str) -> tuple[str, ...]:
        """Return the ids of the hard rules that refuse the pair, in the policy's order."""
        one = Pairs(np.array([[t.teacher_id for t in self.instance.teachers].index(teacher)]),
                    np.array([[n.need_id for n in self.instance.needs].index(need)]))
        return tuple(r.id for r in hard_requires(self.policy) if not allowed(r, self.fields, one)[0])

    def weighed(self, policy: Policy) -> Problem:
        """Return the same arcs and rows under the goals and points of `policy`."""
        costs = Costs(self.fields, self.arcs, self.facts, self.shortfalls, self.fairness, self.program.n_columns)
        return replace(self, policy=policy, program=replace(self.program, objectives=objectives(policy, costs)))


def hard_requires(policy: Policy) -> tuple[Require, ...]:
    """Return the rules that decide which pairs are eligible, in the policy's order."""
    return tuple(r for r in policy.active(Require) if r.enforce == "hard")


class Listed(NamedTuple):
    """All eligible pairs, and the fields of whom they join."""

    fields: CreditedFields
    arcs: Arcs


def listed(instance: Instance, policy: Policy) -> Listed:
    """List the eligible pairs; raises `InputError` where not even they fit in memory."""
    fields = CreditedFields(instance, policy)
    return Listed(fields, eligible(hard_requires(policy), fields))


def compile(instance: Instance, policy: Policy, pairs: Listed | None = None) -> Problem:
    """Compile an instance and a policy to arrays.

    Parameters
    ----------
    pairs : the eligible ones, where they were listed before

    Raises
    ------
    InputError
        Where a rule speaks of groups in a way that has no meaning for this instance.
    """
    pairs = pairs or listed(instance, policy)
    check_compiled(len(pairs.arcs), free_memory())
    return compiled(*pairs)


def compiled(fields: Fields, arcs: Arcs, base: Arcs | None = None) -> Problem:
    """Compile over those of the eligible pairs that are given.

    Where each teacher and each need that has an eligible pair has one among `arcs`, a plan of the outcome is one of the
    whole problem and worth the same: no rule asks who else would have been eligible.

    Parameters
    ----------
    base : the arcs that tell who is eligible, where a share of those is asked for and they are others
    """
    instance, policy = fields.instance, fields.policy
    facts = arc_facts(fields, arcs)
    rows = Rows(len(arcs))
    groups = cache(lambda per: groups_of(per, fields, arcs))
    counted = (rule for rule in policy.active(Quota) if rule.enforce != "report")
    quotas = tuple(cast(rule, groups(rule.per), fields, arcs, facts, base) for rule in counted)
    balances = tuple(balanced(r, fields, arcs, facts) for r in policy.active(Balance) if r.enforce != "report")
    shortfalls = (*(s for quota in quotas for s in quota_rows(quota, rows)),
                  *(s for balance in balances for s in balance_rows(balance, rows)),
                  *_rules_on_people(policy, fields, arcs, rows))
    fair = fairness(policy, fields, arcs, rows)
    bare: tuple[Objective, ...] = ()
    return Problem(instance, policy, fields, arcs, facts, rows.program(bare), shortfalls, quotas, balances,
                   fair).weighed(policy)


def _rules_on_people(policy: Policy, fields: Fields, arcs: Arcs, rows: Rows) -> tuple[Shortfall, ...]:
    found: list[Shortfall] = []
    for place in (r for r in policy.active(Place) if r.enforce != "report"):
        found.extend(place_rows(place, fields, arcs, rows))
    for together in (r for r in policy.active(Together) if r.enforce != "report"):
        found.extend(together_rows(together, fields, arcs, rows))
    return tuple(found)
