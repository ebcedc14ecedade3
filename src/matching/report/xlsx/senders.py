"""派出学校: what each sending school gives."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.tallies import homes
from matching.report.xlsx.grid import Grid, Spec, fill

NAME = Text("派出学校", "sending schools")
TITLE = Text("派出学校情况", "Sending schools")
NOTE = Text("“未安置”不含本年度暂缓的教师。", "Those deferred this year are not counted as not placed.")
EMPTY = Text("没有审核通过的教师。", "No teacher is approved.")
SPECS = (
    Spec(Text("学校编号", "School ID"), lambda r: r.site.site_id),
    Spec(Text("学校名称", "School"), lambda r: r.site.name),
    Spec(Text("县(市、区)", "County"), lambda r: r.site.county),
    Spec(Text("审核通过人数", "Approved"), lambda r: r.approved, "integer"),
    Spec(Text("已安置", "Placed"), lambda r: r.placed, "integer"),
    Spec(Text("其中驻点", "Of which resident"), lambda r: r.resident, "integer"),
    Spec(Text("未安置", "Not placed"), lambda r: r.waiting, "integer"),
    Spec(Text("安置占比", "Share placed"), lambda r: r.share, "percent"),
    Spec(Text("专任教师数", "Staff"), lambda r: r.site.staff, "integer"),
    Spec(Text("派出上限", "Most that may leave"), lambda r: r.site.send_max, "integer"),
)


def senders(report: Report, lang: Lang) -> Grid:
    """Return one row for each site with an approved teacher."""
    return Grid(NAME, TITLE, fill(SPECS, homes(report), lang), note=NOTE, empty=EMPTY, frozen=2)
