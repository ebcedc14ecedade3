"""The empty workbook that a bureau starts from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from matching.domain.findings import InputError, error
from matching.domain.records import Need, Site, Teacher
from matching.domain.refused import not_written
from matching.domain.sheets import NEEDS, SHEETS, SITES, TEACHERS, Column, Sheet
from matching.domain.terms import VOCABULARIES
from matching.domain.text import Lang, Text
from matching.tables.examples import EXAMPLE
from matching.tables.notes import meanings, note
from matching.tables.write_xlsx import Table, workbook_bytes

R = TypeVar("R", Site, Need, Teacher)

_EXAMPLE = Text("这一行是示例，请改写或删除。", "This row is an example: overwrite or delete it.")


def write_template(path: Path, lang: Lang = "zh") -> None:
    """Write an empty workbook with every sheet, drop-downs, a note on each heading, and example rows.

    The examples are two schools, a need and a teacher who refer to each other; they read back without an error.
    Their ids begin with 示例 (`example`), their cells are set in grey italics and their first cell says so.

    Raises
    ------
    InputError
        The file exists already, cannot be written, or is not called ``NAME.xlsx``.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError([error("unknown_format", f"模板是 .xlsx 工作簿，不能写成 {path.name}",
                                f"the template is an .xlsx workbook and cannot be written as {path.name}",
                                value=str(path), suggest=(str(path.with_suffix(".xlsx")),))])
    known = meanings()

    def annotate(sheet: Sheet, column: Column) -> str:
        return note(sheet, column, lang, known)

    examples = _examples(lang)
    tables = [Table(sheet, examples.get(sheet.key, ())) for sheet in SHEETS]
    content = workbook_bytes(tables, VOCABULARIES, lang, note=annotate, example=_EXAMPLE.get(lang))
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as problem:
        raise not_written(path, problem) from problem


def _examples(lang: Lang) -> dict[str, tuple[tuple[Any, ...], ...]]:
    mark, county = EXAMPLE.get(lang), Text("示例县", "Example County").get(lang)
    home = Text("示例城区小学", "Example Town Primary").get(lang)
    host = Text("示例乡村小学", "Example Village Primary").get(lang)
    sites = (
        _record(Site, SITES, site_id=f"{mark}-S1", name=home, role="sender", stages=("primary",), county=county,
                lon=104.0, lat=36.0, rural=False),
        _record(Site, SITES, site_id=f"{mark}-S2", name=host, role="receiver", stages=("primary",), county=county,
                lon=104.0, lat=36.2, weak=True, rural=True, beds=4),
    )
    need = _record(Need, NEEDS, need_id=f"{mark}-N1", site_id=f"{mark}-S2", subject="math", stage="primary", count=1,
                   weekly_hours=14, priority=2)
    teacher = _record(
        Teacher, TEACHERS, teacher_id=f"{mark}-T1", name=Text("示例教师", "Example Teacher").get(lang),
        home_site=f"{mark}-S1", gender="female", birth=date(1988, 9, 1), stages=("primary",), subject="math",
        title="first", title_since=date(2019, 12, 1), backbone="county", joined=date(2010, 8, 1),
        appraisals=("excellent", "pass", "pass"), pref_1=f"{mark}-S2")
    return {"sites": sites, "needs": (need,), "teachers": (teacher,)}


def _record(kind: type[R], sheet: Sheet, **given: object) -> R:
    """Return a record with every other column at its default; these sheets' fields are named as their columns."""
    return kind(**{column.key: given.get(column.key, column.default) for column in sheet.columns})  # type: ignore[arg-type]
