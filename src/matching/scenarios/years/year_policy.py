"""The policy as it stands in one of the years."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from matching.policy import condition
from matching.policy.conditions import Conditions
from matching.policy.model import Balance, Goal, Place, Policy, Quota, Require, Rule, Together
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs, condition_fields
from matching.problem.counts import caps_seats
from matching.problem.fields import Fields
from matching.scenarios.years.members import later

CONTINUING = "lock_need is given; last_need is given; lock_need = need_id; last_need = need_id"
"""What makes a pair one that began before: the teacher was there last year and is bound to it."""


def of_year(policy: Policy, number: int) -> Policy:
    """Return the policy of the year `number` (0 is the first): its date moves on; only the main plan is asked for."""
    return replace(policy, reference_date=later(policy.reference_date, number), variants=(), alternatives=0, fronts=())


def sparing_those_who_serve(policy: Policy, fields: Fields, running: Pairs) -> Policy:
    """Return `policy` whose rules on eligibility let terms that are running be served to their end.

    Only rules that would refuse one of the pairs are changed: who is too old by now was not when they were sent.
    """
    if not len(running.teacher):
        return policy
    spared = (condition(CONTINUING),)
    return replace(policy, rules=tuple(_sparing(rule, fields, running, spared) for rule in policy.rules))


def _sparing(rule: Rule, fields: Fields, running: Pairs, spared: Conditions) -> Rule:
    if not isinstance(rule, Require) or not rule.on or not rule.that or bool(allowed(rule, fields, running).all()):
        return rule
    return replace(rule, that=(*rule.that, *spared))


def names_age(policy: Policy) -> bool:
    """Tell whether a hard rule on eligibility speaks of age."""
    return any("age" in condition_fields((*rule.when, *rule.that))
               for rule in policy.active(Require) if rule.enforce == "hard")


def may_give_way(policy: Policy) -> frozenset[str]:
    """Return the hard rules on numbers and on who is placed.

    Seats, one post a teacher, terms that are running and rules whose `bend` is 0 do not give way.
    """
    return frozenset(rule.id for rule in policy.rules if _may_give_way(rule))


def giving_way(policy: Policy, which: Collection[str]) -> Policy:
    """Return `policy` with those hard rules giving way by the fewest units, before all goals.

    A unit counts what the rule's `bend` says, else one.
    """
    rules = tuple(replace(rule, enforce="elastic", penalty=rule.bend or 1) if rule.id in which else rule
                  for rule in policy.rules)
    return replace(policy, rules=rules, goals=(Goal("shortfall", rules=tuple(sorted(which))), *policy.goals))


def _may_give_way(rule: Rule) -> bool:
    if not rule.on or rule.enforce != "hard" or rule.bend == 0:
        return False
    if isinstance(rule, Quota):
        return not caps_seats(rule) and rule.per != ("teacher_id",)
    if isinstance(rule, Place):
        return "lock_need" not in condition_fields(rule.when)
    return isinstance(rule, Together | Balance)
