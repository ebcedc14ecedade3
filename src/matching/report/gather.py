"""From a result to what there is to report of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from matching.audit import audit, movements
from matching.domain.findings import Finding
from matching.domain.plan import Plan, RuleLine
from matching.explain.funnel import candidates_left
from matching.explain.unfilled.brief import brief
from matching.explain.unfilled.unfilled import Unfilled
from matching.policy.model import Balance
from matching.policy.variants import weighed
from matching.problem import compile
from matching.problem.credits import CreditedFields
from matching.report.content import Flows, Report

if TYPE_CHECKING:
    from matching.planner import Result

MANY_PAIRS = 100_000_000
"""Teachers times posts from which on why seats are empty is told by the rules on eligibility alone."""
MOST_ANSWERED = 1_000
"""Of so many posts with empty seats, the most urgent, it is told why."""


def gathered(result: Result, findings: Sequence[Finding], run_id: str | None = None) -> Report:
    """Return the report of a result that has plans: each rule's standing in the best, and why seats are empty."""
    assert result.ranking is not None
    plan = result.ranking.best.plan
    bare = Report(result.instance, result.policy, result.ranking, _rules(result, plan), _flows(result, plan),
                  tuple(findings), fronts=result.fronts, run_id=run_id)
    return _answered(bare, plan) if plan.unfilled else bare


def _rules(result: Result, plan: Plan) -> tuple[RuleLine, ...]:
    """Return how the rules stand, as the audit found when the plan was made, else as it finds now."""
    known = result.lines.get(plan.plan)
    return audit(result.instance, weighed(result.policy, plan.plan), plan).rules if known is None else known


def _flows(result: Result, plan: Plan) -> Flows:
    return {(rule.id, group): flow for rule in result.policy.active(Balance)
            for group, flow in movements(result.instance, result.policy, rule, plan.placements).items()}


def _answered(report: Report, plan: Plan) -> Report:
    """Return the report with the answers to why the most urgent of the posts with empty seats have them.

    Where there are too many pairs for one program, no more than how many teachers each rule leaves.
    """
    instance, policy = report.instance, weighed(report.policy, plan.plan)
    needs = sorted((line.need for line in plan.unfilled), key=lambda n: instance.need[n].priority)[:MOST_ANSWERED]
    if len(instance.teachers) * len(instance.needs) > MANY_PAIRS:
        fields = CreditedFields(instance, policy)
        at = {need.need_id: n for n, need in enumerate(instance.needs)}
        return replace(report, funnels={need: candidates_left(fields, at[need]) for need in needs})
    problem = compile(instance, policy)
    unfilled = Unfilled(problem, plan.placements)
    found = unfilled.of(needs)
    return replace(report, funnels={need: why.funnel for need, why in found.items()},
                   gaps={need: brief(problem, why) for need, why in found.items()}, shortages=unfilled.shortages(),
                   families=unfilled.families())
