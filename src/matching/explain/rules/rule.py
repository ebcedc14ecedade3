"""How a rule stands in a plan: in each group, with what room, by which placements, and who would be next."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from matching.audit import facts
from matching.audit.recount import Recount
from matching.audit.rulebook import Rulebook
from matching.domain.findings import InputError, error
from matching.domain.plan import Plan, RuleLine
from matching.explain.ids import known
from matching.explain.rules.answer import InGroup, WhyRule
from matching.explain.rules.counted import counted
from matching.explain.rules.next import Next, Waiting
from matching.explain.rules.slack import room
from matching.explain.rules.words import told
from matching.policy.model import Balance, Place, Quota, Require, Rule, Subsidy, Together
from matching.problem import Problem
from matching.problem.groups import PLAN
from matching.problem.program import Int64


def explain_rule(problem: Problem, plan: Plan, rule_id: str, group: str | None = None) -> WhyRule:
    """Return how a rule of the policy stands in a plan; in one of its groups only, where `group` names it.

    Raises
    ------
    InputError
        Where no rule has that id, or the rule no such group; the nearest are suggested.
    """
    rule = problem.policy.rule(known("rule", rule_id, [r.id for r in problem.policy.rules]))
    why = WhyRule(rule.id, rule.title, rule.kind, rule.enforce, rule.on, rule.source)
    if rule.on:
        chosen = problem.columns([(p.teacher, p.need) for p in plan.placements])
        why = _standing(problem, plan, rule, why, np.unique(chosen[chosen >= 0]))
    if group is not None:
        why = replace(why, groups=_only(why.groups, group))
    return replace(why, lines=tuple(told(problem, why)))


def _standing(problem: Problem, plan: Plan, rule: Rule, why: WhyRule, chosen: Int64) -> WhyRule:
    waiting = Waiting(problem, chosen)
    if isinstance(rule, Require) and rule.enforce == "hard":
        refused, alone, nearest = waiting.refused(rule)
        return replace(why, refused=refused, alone=alone, next=nearest)
    placements = counted(problem, rule, chosen)
    if isinstance(rule, Subsidy):
        paid = placements[PLAN]
        return replace(why, groups=(InGroup(PLAN, len(paid), "", True, 0, None, paid),))
    held = waiting.by_group(rule.id) if rule.enforce == "hard" else {}
    groups = _groups(rule, list(_lines(problem, plan, rule)), placements, held)
    return replace(why, groups=tuple(sorted(groups, key=_order)))


def _lines(problem: Problem, plan: Plan, rule: Rule) -> Iterator[RuleLine]:
    """Yield the audit's lines of one rule; eligibility, subsidies and credits are as the whole policy has them."""
    others = (Quota, Place, Together, Balance)
    kept = tuple(r for r in problem.policy.rules if r.id == rule.id or not isinstance(r, others))
    placed = [(p.teacher, p.need) for p in plan.placements
              if p.teacher in problem.instance.teacher and p.need in problem.instance.need]
    recount = Recount(Rulebook(facts(problem.instance, replace(problem.policy, rules=kept))), placed)
    return (s.line for s in recount.standings if s.rule.id == rule.id)


def _groups(rule: Rule, lines: list[RuleLine], placements: Mapping[str, tuple[tuple[str, str], ...]],
            waiting: Mapping[str, tuple[Next, ...]]) -> list[InGroup]:
    return [InGroup(line.group, line.value, line.required, line.ok, line.shortfall, room(rule, line),
                    placements.get(line.group, ()), waiting.get(line.group, ())) for line in lines]


def _order(one: InGroup) -> tuple[bool, bool, float]:
    return one.ok, not one.next, float("inf") if one.room is None else one.room


def _only(groups: tuple[InGroup, ...], name: str) -> tuple[InGroup, ...]:
    found = tuple(g for g in groups if g.group == name)
    if not found:
        near = tuple(difflib.get_close_matches(name, [g.group for g in groups], n=3, cutoff=0.3))
        raise InputError([error("unknown_group", f"该规则没有分组 {name}。", f"The rule has no group {name}.",
                                value=name, suggest=near)])
    return found
