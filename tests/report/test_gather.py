from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from matching.domain.plan import Plan, Unfilled
from matching.policy import load
from matching.report import gathered
from matching.report.page.page import page
from matching.scoring import Candidate, rank, score
from tests import builders as b
from tests.scoring.plans import placement


def test_a_result_is_judged_and_its_gaps_explained() -> None:
    policy = load("base")
    instance = b.instance([b.site("S", "sender", send_max=1), b.site("H", "receiver")],
                          [b.need("N1", "H"), b.need("N2", "H", subject="math")],
                          [b.teacher("T1", "S"), b.teacher("T2", "S", status="pending")])
    plan = Plan("main", "optimal", 0, (placement("T1", "N1", km=None),), unfilled=(Unfilled("N2", 1, "subject"),))
    result: Any = SimpleNamespace(instance=instance, policy=policy, lines={}, fronts=(), ranking=rank(
        policy, [Candidate(plan, "main", score(instance, policy, plan))]))
    report = gathered(result, (), "r1")
    result.lines = {"main": report.rules[:1]}
    assert gathered(result, ()).rules == report.rules[:1]
    lines = {(line.rule, line.group): line for line in report.rules}
    assert lines["send-max", "S"].value == 1
    assert list(report.funnels["N2"][:3]) == [("status", 1), ("deferred", 1), ("subject", 0)]
    assert report.gaps["N2"].cause.zh == "无人符合资格：筛到“学科相符”已无人"
    assert report.gaps["N2"].nearest.zh.split("\n") == [
        "教师T1（S学校，距离未知）：已在 N1、学科相符", "教师T2（S学校，距离未知）：审核通过、学科相符、派出上限 1/1"]
    assert [(s.county, s.short) for s in report.shortages] == [("X", 1), (None, 1)]
    shown = page(report, "zh")
    assert "学科相符 0" in shown
    assert "无人符合资格" in shown
    assert "无论怎样安排都会空缺的学科" in shown
    assert "合计至少空 1 个席位；本方案共空 1 个" in shown
