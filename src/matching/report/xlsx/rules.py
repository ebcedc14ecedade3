"""配额达标: how every rule stands, group by group."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.standing import standings
from matching.report.words import ENFORCE, yes_no
from matching.report.xlsx.grid import Grid, Mark, Spec, fill

NAME = Text("配额达标", "rules")
TITLE = Text("配额与规则达标情况", "How the rules stand")
EMPTY = Text("没有需要统计的规则。", "No rule is measured.")
SPECS = (
    Spec(Text("规则", "Rule"), lambda r: r[0].title, "wrap"),
    Spec(Text("规则编号", "Rule ID"), lambda r: r[0].rule),
    Spec(Text("分组", "Group"), lambda r: r[0].group, "wrap"),
    Spec(Text("分子", "Numerator"), lambda r: r[0].numerator, "number"),
    Spec(Text("分母", "Denominator"), lambda r: r[0].denominator, "number"),
    Spec(Text("实际", "Actual"), lambda r: r[0].actual, "centre"),
    Spec(Text("要求", "Required"), lambda r: r[0].required, "centre"),
    Spec(Text("执行方式", "Enforced"), lambda r: r[1], "centre"),
    Spec(Text("达标", "Met"), lambda r: r[2], "centre"),
    Spec(Text("缺口", "Shortfall"), lambda r: r[0].shortfall, "centre"),
    Spec(Text("依据", "Source"), lambda r: r[0].source, "wrap"),
)
_MET = 8


def rules(report: Report, lang: Lang) -> Grid:
    """Return the rules' standing, those that fall short first."""
    lines = standings(report, lang)
    rows = [(line, ENFORCE[line.enforce].get(lang), "—" if line.nobody else yes_no(line.ok, lang)) for line in lines]
    short = sum(not line.ok for line in lines)
    note = Text(f"共 {len(lines)} 项，其中 {short} 项未达标，排在前面。",
                f"{len(lines)} lines, of which {short} fall short and come first.")
    marks = (Mark(_MET, yes_no(False, lang), "bad"), Mark(_MET, yes_no(True, lang), "good"))
    return Grid(NAME, TITLE, fill(SPECS, rows, lang), note=note, empty=EMPTY, marks=marks, frozen=1)
