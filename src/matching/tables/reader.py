"""Files to an instance, with everything that is wrong with them found in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from os import PathLike, fspath
from pathlib import Path

from matching.domain.findings import Finding, has_errors
from matching.domain.garbage import collector_paused
from matching.domain.instance import extended_vocabularies
from matching.domain.sheets import DICTIONARY, SHEETS
from matching.domain.terms import VOCABULARIES
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary
from matching.tables.check_dictionary import check_dictionary, dictionary_rows
from matching.tables.check_ids import check_ids
from matching.tables.check_people import check_needs, check_people
from matching.tables.check_places import check_places
from matching.tables.check_references import check_references, resolve_names
from matching.tables.grid import Grid, joined
from matching.tables.headings import Headed, recognise
from matching.tables.known import Book
from matching.tables.reading import Reading
from matching.tables.records_in import build, with_rural
from matching.tables.sources import load
from matching.tables.table import Places, Table
from matching.tables.table_in import read_table

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]
REQUIRED = tuple(sheet.key for sheet in SHEETS if sheet.required)


def read(paths: Paths, *, today: date | None = None, required: Collection[str] = REQUIRED) -> Reading:
    """Read files as one instance (Contract 1).

    Parameters
    ----------
    paths : path, or sequence of paths
        Workbooks (.xlsx, .xlsm, .xls, .et), folders of CSV files, CSV files and JSON files, whose rows are joined
        sheet by sheet.
    today : date, optional
        Nobody is born after it.
    required : collection of str
        Keys of the sheets that must be there; any other may be absent, and is then empty.

    Returns
    -------
    Reading
        Bad input raises nothing: its instance is None, and its findings say why.
    """
    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    with collector_paused():
        return _read(several, today or date.today(), required)


def _read(several: Sequence[str | PathLike[str]], today: date, required: Collection[str]) -> Reading:
    loaded = joined(map(load, (Path(fspath(path)) for path in several)))
    book, findings = _tables(loaded.grids)
    cross: tuple[Finding, ...] = ()
    if not has_errors(loaded.findings):  # else what a file defines may only seem to be missing
        book, cross = _checked(book, today)
        cross += tuple(_absent(loaded.grids, required, fspath(several[0]) if len(several) == 1 else None))
    found = _in_order((*loaded.findings, *findings, *cross))
    return Reading(None if has_errors(found) else build(book), found, Places(book))


def _tables(grids: Sequence[Grid]) -> tuple[Book, tuple[Finding, ...]]:
    headed = [recognise(grid) for grid in grids]
    by_sheet = {sheet.key: [h for h in headed if h.sheet is sheet] for sheet in SHEETS}
    words, findings = _vocabularies(by_sheet[DICTIONARY.key])
    book: dict[str, Table] = {}
    for sheet in SHEETS:
        if by_sheet[sheet.key]:
            book[sheet.key], more = read_table(sheet, by_sheet[sheet.key], words)
            findings += more
    return book, (*(finding for h in headed for finding in h.findings), *findings)


def _vocabularies(headed: Sequence[Headed]) -> tuple[Mapping[str, Vocabulary], tuple[Finding, ...]]:
    """Return the vocabularies with what the 字典 sheet adds, which must be read before any other."""
    if not headed:
        return VOCABULARIES, ()
    table, _ = read_table(DICTIONARY, headed, VOCABULARIES)
    words = extended_vocabularies(dictionary_rows(table))
    return words, tuple(check_dictionary(table, words))


def _checked(book: Book, today: date) -> tuple[Book, tuple[Finding, ...]]:
    if "sites" in book:
        book = {**book, "sites": with_rural(book["sites"])}
    book, ambiguous = resolve_names(book)
    findings = (*ambiguous, *check_ids(book), *check_places(book), *check_needs(book), *check_people(book, today))
    book, unknown = check_references(book)
    return book, (*findings, *unknown)


def _absent(grids: Sequence[Grid], required: Collection[str], file: str | None) -> Iterable[Finding]:
    present = {grid.sheet for grid in grids}
    for sheet in SHEETS:
        if sheet.key in required and sheet.key not in present:
            text = Text(f"缺少“{sheet.zh}”表；表名应为“{sheet.zh}”或 {sheet.key}",
                        f"the sheet {sheet.key} is missing; its name is {sheet.key} or {sheet.zh}")
            yield Finding("error", "missing_sheet", text, sheet.key, suggest=(sheet.zh,), file=file)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by sheet, file and row; in a row the order of the checks stays."""
    order = {sheet.key: place for place, sheet in enumerate(SHEETS)}
    return tuple(sorted(findings, key=lambda f: (order.get(f.sheet or "", -1), f.file or "", f.row or 0)))
