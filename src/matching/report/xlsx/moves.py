"""调整名单: who leaves and takes which post, and why."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.replan_rows import rows
from matching.report.xlsx.grid import Grid, Spec, fill
from matching.scenarios.replan.words import summary

NAME = Text("调整名单", "moves")
TITLE = Text("调整名单", "Who moves")
EMPTY = Text("没有人变动。", "Nobody moves.")
SPECS = (
    Spec(Text("组", "Chain"), lambda r: r.chain, "plain"),
    Spec(Text("变动", "Change"), lambda r: r.kind, "centre"),
    Spec(Text("教师编号", "Teacher ID"), lambda r: r.teacher),
    Spec(Text("姓名", "Name"), lambda r: r.name),
    Spec(Text("派出学校", "From"), lambda r: r.home),
    Spec(Text("原岗位", "Post before"), lambda r: r.leaves),
    Spec(Text("现岗位", "Post now"), lambda r: r.takes),
    Spec(Text("缘由", "Why"), lambda r: r.why, widest=60),
)


def moves(report: Report, lang: Lang) -> list[Grid]:
    """Return the sheet of a plan that was changed as little as possible; none of any other."""
    found = report.replanned
    if found is None:
        return []
    return [Grid(NAME, TITLE, fill(SPECS, rows(found, lang), lang), note=summary(found)[0], empty=EMPTY, frozen=4)]
