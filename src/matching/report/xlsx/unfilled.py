"""未满足需求: posts with empty seats, why, and what could be done."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.gaps import gaps
from matching.report.xlsx.grid import Grid, Spec, fill

NAME = Text("未满足需求", "unfilled posts")
TITLE = Text("未满足的需求", "Posts with empty seats")
EMPTY = Text("所有岗位都已补足。", "Every seat is filled.")
SPECS = (
    Spec(Text("岗位编号", "Post ID"), lambda r: r.need.need_id),
    Spec(Text("受援学校", "Receiving school"), lambda r: r.host.name, "wrap", 18),
    Spec(Text("县(市、区)", "County"), lambda r: r.host.county, "wrap", 12),
    Spec(Text("学科", "Subject"), lambda r: r.subject, "centre"),
    Spec(Text("学段", "Stage"), lambda r: r.stage, "centre"),
    Spec(Text("优先级", "Priority"), lambda r: r.need.priority, "plain"),
    Spec(Text("需求人数", "Seats"), lambda r: r.need.count, "plain"),
    Spec(Text("缺口", "Gap"), lambda r: r.gap, "plain"),
    Spec(Text("原因", "Cause"), lambda r: r.cause or r.why, "wrap", 40),
    Spec(Text("逐步筛选后剩余的教师人数", "Teachers left at each step"), lambda r: r.funnel, "wrap", 24),
    Spec(Text("最近的人选和各自的障碍", "Nearest candidates and what stands in each one's way"), lambda r: r.nearest,
         "wrap", 48),
    Spec(Text("建议", "Suggestion"), lambda r: r.suggestion, "wrap", 36),
)


def unfilled(report: Report, lang: Lang) -> Grid:
    """Return the posts with empty seats, the most urgent first."""
    rows = gaps(report, lang)
    specs = [s for s in SPECS if s.heading.en != "Teachers left at each step" or any(r.funnel for r in rows)]
    lacking = sum(r.gap for r in rows)
    note = Text(f"{len(rows)} 个岗位共缺 {lacking} 人，最急的排在前面。",
                f"{len(rows)} posts lack {lacking} teachers; the most urgent come first.")
    return Grid(NAME, TITLE, fill(specs, rows, lang), note=note, empty=EMPTY, frozen=2)
