from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matching.domain.plan import Plan, Unfilled, Unplaced
from matching.domain.text import Text
from matching.explain.unfilled.brief import Brief
from matching.report import Report
from matching.report.gaps import gaps, waiting
from matching.report.tallies import homes, hosts
from matching.scoring import Candidate, rank, score
from tests import builders as b
from tests.report.samples import POLICY
from tests.scoring.plans import placement


def made() -> Report:
    """Two posts with empty seats and four teachers without one, of three schools."""
    sites = [b.site("A", "sender", lon=103.0, lat=36.0), b.site("B", "sender", lon=104.0, lat=36.0),
             b.site("C", "sender"), b.site("H", "receiver", lon=103.1, lat=36.0)]
    needs = [b.need("N1", "H", 2, priority=4),
             b.need("N2", "H", 1, subject="math", alt_subjects=("physics",), priority=1)]
    people = [b.teacher("T1", "A", backbone="city"), b.teacher("T2", "C"), b.teacher("T3", "B"), b.teacher("T4", "A"),
              b.teacher("T5", "B", subject="physics"), b.teacher("T6", "A", stages=("junior",), alt_subjects=("math",))]
    plan = Plan("main", "optimal", 0, (placement("T1", "N1", km=12.0),),
                unplaced=tuple(Unplaced(f"T{i}", "max-km" if i == 5 else "no_seat_left") for i in range(2, 7)),
                unfilled=(Unfilled("N1", 1, "max-km"), Unfilled("N2", 1, "no_candidate")))
    instance = b.instance(sites, needs, people)
    return Report(instance, POLICY, rank(POLICY, [Candidate(plan, "main", score(instance, POLICY, plan))]))


def test_the_most_urgent_gap_comes_first() -> None:
    assert [gap.need.need_id for gap in gaps(made(), "zh")] == ["N2", "N1"]


def test_nearest_candidates_teach_the_subject_and_stage() -> None:
    by_need = {gap.need.need_id: gap.nearest for gap in gaps(made(), "zh")}
    assert by_need["N2"] == "教师T5（B学校，105.3 km）"
    assert by_need["N1"] == "教师T4（A学校，11.7 km）；教师T3（B学校，105.3 km）；教师T2（C学校，距离未知）"


def test_what_was_worked_out_stands_in_place_of_what_is_said_of_every_post() -> None:
    told = Brief(Text("缺人", "short"), Text("张三", "Zhang"), Text("动员", "call"))
    found = {gap.need.need_id: gap for gap in gaps(replace(made(), gaps={"N1": told}), "zh")}
    assert (found["N1"].cause, found["N1"].nearest, found["N1"].suggestion) == ("缺人", "张三", "动员")
    assert (found["N2"].cause, found["N2"].nearest) == ("", "教师T5（B学校，105.3 km）")


def test_funnels_leave_out_steps_that_are_the_same_for_all() -> None:
    steps = {"N1": [("status", 5), ("subject", 2), ("max-km", 2)], "N2": [("status", 5), ("subject", 4), ("max-km", 0)]}
    told = {gap.need.need_id: gap.funnel for gap in gaps(replace(made(), funnels=steps), "zh")}
    assert told == {"N1": "学科相符 2", "N2": "学科相符 4 → 不超过最远公里 0"}
    alone = gaps(replace(made(), funnels={"N1": [("status", 5), ("subject", 0)]}), "zh")
    assert [gap.funnel for gap in alone] == ["", "status 5 → 学科相符 0"]


def test_teachers_without_a_post_are_known_by_name_and_school_alone() -> None:
    groups = waiting(made(), "en")
    assert [(why, len(who)) for why, who in groups] == [
        ("Every post open to this teacher is full", 4),
        ('No post is left after "Within the teacher\'s distance" (rule max-km)', 1)]
    assert groups[1][1][0] == ("教师T5", "B学校")


def test_tallies_by_school() -> None:
    host = hosts(made(), "zh")[0]
    assert (host.seats, host.filled, host.backbone, host.km, host.missing) == (3, 1, 1, 12.0, "语文×1 数学×1")
    assert Fraction(host.share).limit_denominator() == Fraction(1, 3)
    assert [(h.site.site_id, h.approved, h.placed, h.waiting) for h in homes(made())] == [
        ("A", 3, 1, 2), ("B", 2, 0, 2), ("C", 1, 0, 1)]
