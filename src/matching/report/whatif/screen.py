"""A what-if on the screen: the few lines of a curve that matter, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matching.domain.text import Lang, Text
from matching.report.whatif.rows import chosen, scenario_heads
from matching.report.whatif.words import STATUS, county_words, point_words
from matching.report.words import percent
from matching.scenarios.whatif import Compared, Point, Step, WhatIf

if TYPE_CHECKING:
    from rich.table import Table

HEADINGS = (Text("取值", "value"), Text("安置", "placed"), Text("比现状", "against base"), Text("满足率", "filled"),
            Text("公里合计", "km in all"), Text("补助（元）", "yuan"), Text("最低的县", "worst-off county"))
SCENARIO_HEADINGS = (Text("情形", "scenario"), *HEADINGS[1:])


def curve_table(found: WhatIf, lang: Lang) -> Table:
    """Return the points at which something changes."""
    own = Text("（现状）", " (as it is)").get(lang)
    rows = [(point_words(found, p) + (own if p is found.base else ""), p, found.against_base(p)) for p in chosen(found)]
    return _table(HEADINGS, rows, lang)


def scenario_table(compared: Compared, lang: Lang) -> Table:
    """Return the scenarios, the base first."""
    heads = scenario_heads(compared, lang)
    rows = [(head.replace("\n", " "), outcome.point, compared.against_base(outcome))
            for head, outcome in zip(heads, compared.outcomes, strict=True)]
    return _table(SCENARIO_HEADINGS, rows, lang)


def _table(headings: Sequence[Text], rows: Sequence[tuple[str, Point, Step | None]], lang: Lang) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None)
    for at, heading in enumerate(headings):
        left = at in (0, len(headings) - 1)
        table.add_column(heading.get(lang), justify="left" if left else "right", overflow="fold")
    for name, point, step in rows:
        table.add_row(*(escape(cell) for cell in (name, *_cells(point, step, lang))))
    return table


def _cells(point: Point, step: Step | None, lang: Lang) -> list[str]:
    metrics = point.metrics
    if metrics is None:
        return ["—", "—", "—", "—", "—", STATUS[point.status].get(lang)]
    return [f"{point.placed:,}", "—" if step is None else f"{step.placed:+,}", percent(metrics["seats_filled"]),
            f"{point.km:,.1f}", f"{metrics['yuan']:,}", county_words(point)]
