"""From a result to what there is to report of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from matching.audit import audit, movements
from matching.domain.findings import Finding
from matching.domain.plan import Plan, RuleLine
from matching.explain.funnel import candidates_left
from matching.policy.model import Balance
from matching.policy.variants import weighed
from matching.problem import compile
from matching.problem.problem import hard_requires
from matching.report.content import Flows, Funnel, Report

if TYPE_CHECKING:
    from matching.planner import Result


def gathered(result: Result, findings: Sequence[Finding], run_id: str | None = None) -> Report:
    """Return the report of a result that has plans: each rule's standing in the best, a funnel for each gap."""
    assert result.ranking is not None
    plan = result.ranking.best.plan
    return Report(result.instance, result.policy, result.ranking, _rules(result, plan), _flows(result, plan),
                  tuple(findings), _funnels(result, [line.need for line in plan.unfilled]), run_id)


def _rules(result: Result, plan: Plan) -> tuple[RuleLine, ...]:
    """Return how the rules stand, as the audit found when the plan was made, else as it finds now."""
    known = result.lines.get(plan.plan)
    return audit(result.instance, weighed(result.policy, plan.plan), plan).rules if known is None else known


def _flows(result: Result, plan: Plan) -> Flows:
    return {(rule.id, group): flow for rule in result.policy.active(Balance)
            for group, flow in movements(result.instance, result.policy, rule, plan.placements).items()}


def _funnels(result: Result, needs: Sequence[str]) -> dict[str, Funnel]:
    if not needs:
        return {}
    screens = replace(result.policy, rules=hard_requires(result.policy), goals=())
    problem = compile(result.instance, screens)
    at = {need.need_id: i for i, need in enumerate(result.instance.needs)}
    return {need: candidates_left(problem, at[need]) for need in needs}
