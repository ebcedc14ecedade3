"""The page of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.page.compare import compare
from matching.report.page.counties import counties
from matching.report.page.data import data
from matching.report.page.distances import distances
from matching.report.page.front import front
from matching.report.page.goals import goals
from matching.report.page.headline import headline
from matching.report.page.missing import missing
from matching.report.page.moves import moves
from matching.report.page.rules import rules
from matching.report.page.schematic import schematic
from matching.report.page.senders import senders
from matching.report.page.studies import studies
from matching.report.page.unplaced import unplaced
from matching.report.page.wishes import wishes
from matching.report.templating import templates

SECTIONS: Mapping[str, tuple[Text, Callable[[Report, Lang], Any]]] = {
    "moves": (Text("调整：谁动了，为什么", "Who moves, and why"), moves),
    "goals": (Text("目标", "Goals"), goals),
    "compare": (Text("方案对比", "The plans compared"), compare),
    "front": (Text("两个目标之间的取舍", "What one aim costs the other"), front),
    "rules": (Text("规则达标", "How the rules stand"), rules),
    "counties": (Text("各县满足率", "Seats filled by county"), counties),
    "distances": (Text("派出距离", "Distances"), distances),
    "wishes": (Text("教师意向", "Wishes"), wishes),
    "senders": (Text("派出学校负担", "Load on sending schools"), senders),
    "missing": (Text("未补足的岗位", "Posts with empty seats"), missing),
    "unplaced": (Text("未安置的教师", "Teachers without a post"), unplaced),
    "studies": (Text("专题", "Studies"), studies),
    "schematic": (Text("往来示意", "Who goes where, a sketch"), schematic),
    "data": (Text("数据问题", "Findings in the data"), data),
}
"""In the order of the page; each has a template of its name, which is given what its function returns."""
IF_ANY = ("moves", "front", "studies")
"""Those that are left out where there is nothing to show."""


def write_report_html(path: Path, report: Report, lang: Lang = "zh") -> None:
    """Write the page of the recommended plan; an existing file is replaced.

    The page holds its style and charts and refers to no other file or address. Equal reports give equal bytes.
    """
    path.write_text(page(report, lang), encoding="utf-8")


def page(report: Report, lang: Lang) -> str:
    """Return the page's markup; everything that comes from the data is escaped."""
    made = templates(lang)
    viewed = [(name, title.get(lang), view(report, lang)) for name, (title, view) in SECTIONS.items()]
    sections = [section for section in viewed if section[0] not in IF_ANY or section[2]]
    return made.get_template("page.html.j2").render(
        lang=lang, report=report, policy=report.policy.title.get(lang), headline=headline(report, lang),
        sections=sections)
