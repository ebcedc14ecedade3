"""Old .xls and .et workbooks as grids."""

from __future__ import annotations

from pathlib import Path

from matching.tables import source_findings as say
from matching.tables.calamine_in import EncryptedError, UnreadableError, grid, opened, visible_sheets
from matching.tables.grid import MAX_COLUMNS, Loaded, column_letters
from matching.tables.sheet_names import place_sheets

_MOST_ROWS = 65_536
_SUFFIXES = (".xls", ".et")


def read_xls(path: Path) -> Loaded:
    """Read the known sheets of an old workbook; one that bears another ending is refused, as Excel itself does."""
    try:
        with path.open("rb") as file, opened(file) as book:
            if path.suffix.lower() not in _SUFFIXES:
                return Loaded(findings=(say.renamed_file(path),))
            chosen, findings = place_sheets(path, visible_sheets(book))
            grids = tuple(grid(path, key, book, name, range(1, _MOST_ROWS + 1)) for key, name in chosen.items())
    except EncryptedError:
        return Loaded(findings=(say.encrypted_file(path),))
    except UnreadableError:
        return Loaded(findings=(say.not_a_workbook(path),))
    wide = tuple(say.too_many_columns(path, g.sheet, column_letters(len(g.headings) - 1) + "1")
                 for g in grids if len(g.headings) > MAX_COLUMNS)
    return Loaded(() if wide else grids, (say.old_format(path), *findings, *wide))
