"""A plan changed as little as possible, for pages and sheets."""

from __future__ import annotations

from matching.domain.text import Text
from matching.engines import GoalOutcome
from matching.planner import Result
from matching.report.content import Report
from matching.scenarios.replan import Changes, Replanned
from matching.scenarios.replan.chains import Step
from matching.scenarios.replan.result import Told


def changed(report: Report) -> Replanned:
    """Return the report's plan as one from which the first teacher withdrew, and whose post the second took."""
    result = Result(report.instance, report.policy, "feasible", report.ranking, 0, "highs")
    first, second = (t.teacher_id for t in report.instance.teachers[:2])
    here, there = report.instance.needs[0].need_id, "closed"
    steps = (Step(first, here, None), Step(second, there, here))
    told = (Told(steps, Text("换", "swap"), Text("原岗位已关闭", "the post that they had is closed")),)
    return Replanned(result, Changes(withdraw=(first,), close=(there,)), report.plan,
                     least=GoalOutcome("moves", 1, 1, 0.0), forced=1, told=told, steps=steps)
