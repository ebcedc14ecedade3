"""The page of a what-if: self-contained, charts included."""

from __future__ import annotations

from typing import Any

from matching.domain.text import Lang
from matching.report.templating import templates
from matching.report.whatif.charts import charts
from matching.report.whatif.clashes import clashes_told
from matching.report.whatif.rows import beside, scenario_figures, scenario_heads
from matching.report.whatif.words import (
    STATUS,
    county_words,
    km_words,
    knob_words,
    point_words,
    sentences,
    value_words,
)
from matching.report.words import percent
from matching.scenarios.whatif import Compared, Point, WhatIf


def page(found: WhatIf | None, compared: Compared | None, lang: Lang) -> str:
    """Return the page's markup; everything that comes from the data is escaped."""
    policy = found.policy if found is not None else compared.base.policy if compared is not None else None
    return templates(lang).get_template("whatif/page.html.j2").render(
        lang=lang, policy="" if policy is None else policy.title.get(lang),
        curve=None if found is None else _curve(found, lang),
        clashes=clashes_told(found, compared, lang),
        scenarios=None if compared is None else _scenarios(compared, lang))


def _scenarios(compared: Compared, lang: Lang) -> dict[str, Any]:
    return {"heads": [head.replace("\n", " · ") for head in scenario_heads(compared, lang)],
            "figures": scenario_figures(compared, lang)}


def _curve(found: WhatIf, lang: Lang) -> dict[str, Any]:
    return {"varied": [knob_words(found, knob, lang) for knob in found.knobs],
            "floor": found.floor, "sentences": [line.get(lang) for line in sentences(found)],
            "charts": charts(found, lang), "several": len(found.seeds) > 1,
            "rows": [_row(found, point, lang) for point in found.points]}


def _row(found: WhatIf, point: Point, lang: Lang) -> dict[str, Any]:
    base, before = (beside([step], lang) for step in (found.against_base(point), found.against_before(point)))
    metrics = point.metrics
    return {
        "value": point_words(found, point), "seed": point.seed, "status": STATUS[point.status].get(lang),
        "good": point.final and metrics is not None, "own": found.base is not None and point.key == found.base.key,
        "placed": "—" if metrics is None else f"{point.placed:,}",
        "filled": "—" if metrics is None else percent(metrics["seats_filled"]),
        "km": km_words(point), "county": county_words(point),
        "yuan": "—" if metrics is None else f"{metrics['yuan']:,}",
        "base": [figure.values[0] for figure in base], "before": [figure.values[0] for figure in before],
        "until": value_words(found, found.knobs[0], point.until) if point.until else "—",
    }
