"""方案对比: one column for each plan, best first."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.comparison import compared
from matching.report.content import Report
from matching.report.words import plan_title
from matching.report.xlsx.grid import Column, Grid

NAME = Text("方案对比", "plans compared")
TITLE = Text("方案对比", "The plans compared")
ORDER = Text("按排名从好到差，最左边的是推荐方案。", "Best first; the leftmost is recommended.")


def plans(report: Report, lang: Lang) -> Grid:
    """Return the plans side by side; the first is the one recommended."""
    rows = compared(report, lang)
    heads = [f"{p.rank}. {plan_title(report.policy, p.variant, lang)}\n{p.plan.plan}" for p in report.ranking.plans]
    first = Column(Text("项目", "Figure").get(lang), [r.name for r in rows], "wrap", widest=44)
    columns = [Column(head, [r.values[i] for r in rows], "wrap_centre", widest=28) for i, head in enumerate(heads)]
    notes = (ORDER, *report.ranking.notes)
    note = Text("".join(n.zh for n in notes), " ".join(n.en for n in notes))
    return Grid(NAME, TITLE, [first, *columns], note=note, frozen=1)
