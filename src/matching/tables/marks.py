"""Copies of the inputs in which every problem is coloured and commented where it stands."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError, Severity, error
from matching.domain.refused import not_written
from matching.domain.sheets import BY_KEY
from matching.domain.text import Lang
from matching.domain.vocabulary import fold_heading
from matching.tables.finding_columns import FINDING_COLUMNS, FINDING_SHEET, finding_row
from matching.tables.grid import text_of
from matching.tables.marks_book import open_book, put_text, writable
from matching.tables.sheet_names import KEYS
from matching.tables.write_xlsx import display_width

COLOURS: Mapping[Severity, str] = {"notice": "DDEBF7", "warning": "FFEB9C", "error": "FF9C9C"}
"""From the least to the gravest: of several findings on one cell the gravest gives the colour."""
_AUTHOR = "matching"
_FILES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv", ".json"})
_WIDTHS = (8, 24, 12, 8, 20, 24, 70, 40)


def mark(paths: Sequence[Path], findings: Sequence[Finding], out: Path, lang: Lang = "zh") -> tuple[Path, ...]:
    """Write a copy of each input with its findings marked, and all of them listed on a first sheet 数据问题.

    An .xlsx is copied with openpyxl, which keeps values, formulas, formats, drop-downs and comments, but loses
    pictures, shapes, charts, macros and the results that formulas last had (Excel computes them anew on opening).
    Of a CSV folder, JSON or another kind of workbook, the data as read are written.

    Parameters
    ----------
    paths : the inputs as they were given to `read`; none is changed
    findings : what `read` found
    out : ``NAME.xlsx`` for a single input, else a new folder that gets one workbook an input

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        `out` exists, cannot be written, or is called neither what a workbook is nor what a folder is.
    """
    targets = _targets(paths, out)
    copies = [_marked(path, [f for f in findings if len(paths) == 1 or _concerns(f, path)], lang) for path in paths]
    try:
        if targets != [out]:
            out.mkdir(parents=True)
        for target, copy in zip(targets, copies, strict=True):
            with target.open("xb") as file:
                file.write(copy)
    except OSError as problem:
        raise not_written(out, problem) from problem
    return tuple(targets)


def _targets(paths: Sequence[Path], out: Path) -> list[Path]:
    if out.exists():
        raise not_written(out, FileExistsError())
    if out.suffix.lower() in _FILES:
        if len(paths) > 1 or out.suffix.lower() != ".xlsx":
            raise InputError([_wrong_target(out, len(paths))])
        return [out]
    names: list[str] = []
    for stem in (path.stem for path in paths):
        alike = sum(name == stem or name.startswith(f"{stem}-") for name in names)
        names.append(f"{stem}-{alike + 1}" if stem in names else stem)
    return [out / f"{name}.xlsx" for name in names]


def _wrong_target(out: Path, inputs: int) -> Finding:
    if inputs > 1:
        return error("bad_target", f"多个输入的标注副本写入一个新文件夹，{out.name} 却像文件名；请改写文件夹名",
                     f"the marked copies of several inputs go to a new folder, and {out.name} looks like a file",
                     value=str(out), suggest=(str(out.with_suffix("")),))
    return error("bad_target", f"标注副本是 .xlsx 工作簿，不能写成 {out.name}",
                 f"a marked copy is an .xlsx workbook and cannot be written as {out.name}",
                 value=str(out), suggest=(str(out.with_suffix(".xlsx")),))


def _concerns(finding: Finding, path: Path) -> bool:
    if finding.file is None:
        return True
    file = Path(finding.file)
    return file == path or path in file.parents


def _marked(path: Path, findings: Sequence[Finding], lang: Lang) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; the docstring of `mark` says it
        book, notice = open_book(path, lang)
        findings = [*findings, *([notice] if notice else [])]
        sheets = {fold_heading(page.title): page for page in book.worksheets}
        listing = _listing(book, lang)
        places = _Places(sheets)
        for severity in COLOURS:
            _mark_all(places, [f for f in findings if f.severity == severity], lang)
        for number, finding in enumerate(findings, start=2):
            _list(listing, number, finding, places.cell(finding), lang)
        listing.auto_filter.ref = f"A1:{listing.cell(1, len(FINDING_COLUMNS)).column_letter}{len(findings) + 1}"
        memory = io.BytesIO()
        book.save(memory)
    return memory.getvalue()


class _Places:
    """Where findings stand in a workbook, whose pages are given by their folded names."""

    def __init__(self, pages: Mapping[str, Any]) -> None:
        self._pages = pages
        self._columns = {name: _headings(page) for name, page in pages.items() if name in KEYS}

    def cell(self, finding: Finding) -> Any:
        """Return the cell nearest to what the finding is about, None where not even its sheet is there."""
        sheet = BY_KEY.get(finding.sheet or "")
        names = map(fold_heading, (sheet.key, sheet.zh) if sheet else ())
        name = next((name for name in names if name in self._pages), None)
        if name is None:
            return None
        column = self._columns[name].get((finding.column or "").strip(), 1)
        return _first_of_merged(self._pages[name], finding.row or 1, column)


def _headings(page: Any) -> dict[str, int]:
    cells = [cell for cell in next(page.iter_rows(min_row=1, max_row=1), ()) if cell.value is not None]
    return {text_of(str(cell.value)): cell.column for cell in reversed(cells)}


def _first_of_merged(page: Any, row: int, column: int) -> Any:
    """Return a cell, or of a merged area the first one, which alone can bear a comment."""
    cell = page.cell(row, column)
    for area in page.merged_cells.ranges:
        if cell.coordinate in area:
            return page.cell(area.min_row, area.min_col)
    return cell


def _mark_all(places: _Places, findings: Iterable[Finding], lang: Lang) -> None:
    from openpyxl.styles import PatternFill

    for finding in findings:
        cell = places.cell(finding)
        if cell is not None:
            cell.fill = PatternFill("solid", start_color=COLOURS[finding.severity])
            _comment(cell, writable(finding.message(lang)))


def _comment(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment

    old = cell.comment.text + "\n" if cell.comment else ""
    lines = (old + text).splitlines()
    height = 24 + 20 * sum(1 + display_width(line) // 40 for line in lines)
    cell.comment = Comment(old + text, _AUTHOR, width=320, height=height)


def _listing(book: Any, lang: Lang) -> Any:
    """Add the first sheet, in place of one that an earlier marking left."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    headings = tuple(text.get(lang) for text in FINDING_COLUMNS)
    for page in list(book.worksheets):
        if tuple(cell.value for cell in page[1]) == headings:
            book.remove(page)
    listing = book.create_sheet(FINDING_SHEET.get(lang), 0)
    for at, (text, width) in enumerate(zip(headings, _WIDTHS, strict=True), start=1):
        cell = listing.cell(1, at, text)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color="1F4E78")
        cell.alignment = Alignment(vertical="center")
        listing.column_dimensions[cell.column_letter].width = width
    listing.freeze_panes = "A2"
    listing.page_setup.orientation, listing.page_setup.fitToHeight = "landscape", 0
    listing.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for page in book.worksheets:
        page.sheet_view.tabSelected = page is listing
    return listing


def _list(listing: Any, number: int, finding: Finding, marked: Any, lang: Lang) -> None:
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    for at, value in enumerate(finding_row(finding, lang), start=1):
        cell = listing.cell(number, at)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    listing.cell(number, 1).fill = PatternFill("solid", start_color=COLOURS[finding.severity])
    if marked is not None:
        title = marked.parent.title.replace("'", "''")
        link = listing.cell(number, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{marked.coordinate}")
