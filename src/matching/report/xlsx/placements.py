"""安置明细: every placement with its ids; edited in Excel it can be audited and replanned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import Placement
from matching.domain.records import Need, Site, Teacher
from matching.domain.terms import BACKBONE, MODE, STAGE, TITLE
from matching.domain.text import Lang
from matching.domain.vocabulary import Vocabulary
from matching.report.content import Report
from matching.report.words import yes_no
from matching.report.xlsx.grid import Cell, Column, Grid
from matching.tables.plan_columns import PLACEMENT_COLUMNS, PLACEMENT_SHEET, STAGE_FIT, SUBJECT_FIT


class _Row(NamedTuple):
    placement: Placement
    teacher: Teacher
    need: Need
    home: Site
    host: Site


_Value = Callable[[_Row, Instance, Lang], Cell]


def _word(vocabulary: Vocabulary, key: str | None, lang: Lang) -> str | None:
    """Return the word as it is read back: the key in English."""
    return vocabulary.zh(key) if key is not None and key in vocabulary and lang == "zh" else key


VALUES: Mapping[str, _Value] = {
    "teacher": lambda r, i, lang: r.teacher.teacher_id,
    "name": lambda r, i, lang: r.teacher.name,
    "from_site": lambda r, i, lang: r.home.site_id,
    "from_name": lambda r, i, lang: r.home.name,
    "need": lambda r, i, lang: r.need.need_id,
    "to_site": lambda r, i, lang: r.host.site_id,
    "to_name": lambda r, i, lang: r.host.name,
    "county": lambda r, i, lang: r.host.county,
    "subject": lambda r, i, lang: _word(i.vocabularies["subject"], r.need.subject, lang),
    "stage": lambda r, i, lang: _word(STAGE, r.need.stage, lang),
    "title": lambda r, i, lang: _word(TITLE, r.teacher.title, lang),
    "backbone": lambda r, i, lang: _word(BACKBONE, i.backbone_level(r.teacher), lang),
    "mode": lambda r, i, lang: _word(MODE, r.placement.mode, lang),
    "term": lambda r, i, lang: r.need.term,
    "km": lambda r, i, lang: r.placement.km,
    "yuan": lambda r, i, lang: r.placement.yuan,
    "preference": lambda r, i, lang: r.placement.preference,
    "subject_fit": lambda r, i, lang: _word(SUBJECT_FIT, r.placement.subject_fit, lang),
    "stage_fit": lambda r, i, lang: _word(STAGE_FIT, r.placement.stage_fit, lang),
    "locked": lambda r, i, lang: yes_no(r.placement.locked, lang),
}
_STYLES = {"term": "number", "km": "km", "yuan": "integer", "preference": "plain"}
_TEXT = ("teacher", "name", "from_site", "from_name", "need", "to_site", "to_name", "county")


def placements(report: Report, lang: Lang) -> Grid:
    """Return the placements; headings stand in the first row, as in a workbook that is read."""
    rows = [_row(report.instance, p) for p in report.plan.placements]
    columns = []
    for column in PLACEMENT_COLUMNS:
        value = VALUES[column.key]
        style = _STYLES.get(column.key, "text" if column.key in _TEXT else "centre")
        columns.append(Column(column.zh if lang == "zh" else column.en,
                              [value(r, report.instance, lang) for r in rows], style))
    return Grid(PLACEMENT_SHEET, None, columns, frozen=2)


def _row(instance: Instance, placement: Placement) -> _Row:
    teacher, need = instance.teacher[placement.teacher], instance.need[placement.need]
    return _Row(placement, teacher, need, instance.site[teacher.home_site], instance.site[need.site_id])
