"""受援学校: what each receiving school asked for and got."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.tallies import hosts
from matching.report.xlsx.grid import Grid, Mark, Spec, fill

NAME = Text("受援学校", "receiving schools")
TITLE = Text("受援学校情况", "Receiving schools")
NOTE = Text("满足率不足 100% 的标黄，不足 50% 的标红。", "Below 100% is marked yellow, below 50% red.")
SPECS = (
    Spec(Text("学校编号", "School ID"), lambda r: r.site.site_id),
    Spec(Text("学校名称", "School"), lambda r: r.site.name),
    Spec(Text("县(市、区)", "County"), lambda r: r.site.county),
    Spec(Text("艰苦边远类别", "Hardship"), lambda r: r.site.hardship, "plain"),
    Spec(Text("需求人数", "Seats"), lambda r: r.seats, "integer"),
    Spec(Text("已安置", "Filled"), lambda r: r.filled, "integer"),
    Spec(Text("缺口", "Gap"), lambda r: r.seats - r.filled, "integer"),
    Spec(Text("满足率", "Share filled"), lambda r: r.share, "percent"),
    Spec(Text("骨干教师", "Backbone"), lambda r: r.backbone, "integer"),
    Spec(Text("平均公里", "Mean km"), lambda r: r.km, "km"),
    Spec(Text("尚缺学科", "Subjects still missing"), lambda r: r.missing, "wrap"),
)
_SHARE = 7
MARKS = (Mark(_SHARE, 0.5, "bad", below=True), Mark(_SHARE, 1, "fair", below=True))


def receivers(report: Report, lang: Lang) -> Grid:
    """Return one row for each site with a need."""
    return Grid(NAME, TITLE, fill(SPECS, hosts(report, lang), lang), note=NOTE, marks=MARKS, frozen=2)
