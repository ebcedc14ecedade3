"""What calamine does not tell of a sheet: error values, formulas without a result, and how far the content reaches.

The sheet's XML is searched as bytes, piece by piece, since building a tree of it would take longer than reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import IO, NamedTuple

from matching.tables.grid import MAX_COLUMNS, column_letters

_PIECE = 2**20
_LONGEST_ROW = 2**26
MOST_BROKEN = 100_000
"""So many error values and formulas are looked up in one sheet; it is refused where there may be more."""
_STYLE = re.compile(rb"""<(\w+:)?worksheet\b[^>]*?=(["'])""")


class Scan(NamedTuple):
    """What a sheet's XML holds.

    `rows` are the Excel rows with content, in the file's order; `broken` maps (Excel row, column from 0) to the
    error value or ``=formula`` there; `wide` is the first cell with content beyond `MAX_COLUMNS`, ``""`` if none.
    """

    rows: list[int]
    broken: dict[tuple[int, int], str]
    wide: str


class Patterns(NamedTuple):
    """The searches, for one way of writing the tags."""

    row_end: bytes
    row: re.Pattern[bytes]
    error_mark: bytes
    cell: re.Pattern[bytes]
    formula: bytes
    numbered: re.Pattern[bytes]
    full_row: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    error: re.Pattern[bytes]
    uncached: re.Pattern[bytes]
    reference: re.Pattern[bytes]
    letters: re.Pattern[bytes]


@lru_cache
def patterns(prefix: str, quote: str) -> Patterns:
    """Return the searches for tags that bear the namespace `prefix` (``"x:"``, mostly empty)."""
    p = re.escape(prefix)
    formula = rf"(?:<{p}f\b[^>]*/>|<{p}f\b[^>]*>([^<]*)</{p}f>)"
    beyond = _beyond_pattern()

    def search(pattern: str) -> re.Pattern[bytes]:
        return re.compile(pattern.encode())

    return Patterns(
        row_end=f"</{prefix}row>".encode(), row=search(rf"<{p}row[\s/>]"), cell=search(rf"<{p}c[\s/>]"),
        error_mark=f"t={quote}e".encode(), formula=f"<{prefix}f".encode(),
        numbered=search(rf"""<{p}row\b[^>]*?\br=["']\d"""),
        full_row=search(rf"""<{p}row\b[^>]*?\br=["'](\d{{1,9}})["'][^>]*(?<!/)>"""
                        rf"""(?:<{p}c\b[^>]*(?:/>|></{p}c>))*+<{p}c\b[^>]*(?<!/)>(?!</{p}c>)"""),
        wide=search(rf"""r=["']((?:{beyond})[0-9]+)["'][^>]*(?<!/)>(?!</{p}c>)"""),
        error=search(rf"""<{p}c\b([^>]*\bt=["']e["'][^>]*)>(?:{formula})?<{p}v>([^<]*)</{p}v>"""),
        uncached=search(rf"""<{p}c\b([^>]*)>{formula}(?:<{p}v\s*/>|<{p}v></{p}v>)?</{p}c>"""),
        letters=search(rf"""<{p}c\b[^>]*?\br=["']([A-Z]{{1,3}})"""),
        reference=search(r"""\br=["']([A-Z]+)(\d+)["']"""),
    )


def _beyond_pattern() -> str:
    """Return a pattern of the column letters after the last column allowed, which has two letters."""
    last = column_letters(MAX_COLUMNS - 1)
    first, second = last[0], last[1]
    later = [f"{first}[{chr(ord(second) + 1)}-Z]" if second < "Z" else "", f"[{chr(ord(first) + 1)}-Z][A-Z]",
             "[A-Z]{3}"]
    return "|".join(filter(None, later))


def scan(stream: IO[bytes]) -> Scan:
    """Search the XML of a sheet."""
    rows: list[int] = []
    broken: dict[tuple[int, int], str] = {}
    wide = ""
    for find, piece in pieces(stream):
        before = 0 if find.numbered.search(piece) else len(rows)
        rows.extend(_full_rows(find, piece, before))
        broken.update(islice(_broken(find, piece, before), MOST_BROKEN - len(broken)))
        wide = wide or ((far := find.wide.search(piece)) and far[1].decode()) or ""
    return Scan(rows, broken, wide)


def _full_rows(find: Patterns, piece: bytes, before: int) -> Iterable[int]:
    """Return the rows with content, or where rows bear no numbers all of them, `before` of which came before."""
    if find.numbered.search(piece):
        return map(int, find.full_row.findall(piece))
    return range(before + 1, before + len(find.row.findall(piece)) + 1)


def width(stream: IO[bytes]) -> int:
    """Return how many columns the sheet's cells reach over."""
    letters: set[bytes] = set()
    for find, piece in pieces(stream):
        letters.update(find.letters.findall(piece))
    return max((_column_index(found.decode()) + 1 for found in letters), default=0)


def pieces(stream: IO[bytes]) -> Iterator[tuple[Patterns, bytes]]:
    """Yield a sheet's XML in pieces that end with a row, with the searches that suit it."""
    rest = stream.read(_PIECE)
    style = _STYLE.search(rest)
    find = patterns((style[1] or b"").decode(), style[2].decode()) if style else patterns("", '"')
    while chunk := stream.read(_PIECE):
        end = chunk.rfind(find.row_end)
        if end < 0 and len(rest) < _LONGEST_ROW:
            rest += chunk
            continue
        cut = end + len(find.row_end) if end >= 0 else len(chunk)
        yield find, rest + chunk[:cut]
        rest = chunk[cut:]
    yield find, rest


def _broken(find: Patterns, piece: bytes, before: int) -> Iterator[tuple[tuple[int, int], str]]:
    if b"#" in piece and find.error_mark in piece:  # a single byte is found ten times faster, and mostly missing
        for match in find.error.finditer(piece):
            yield _where(find, piece, match, before), match[3].decode(errors="replace")
    if b"f" in piece and find.formula in piece:
        for match in find.uncached.finditer(piece):
            if not re.search(rb"""\bt=["']str["']""", match[1]):
                yield _where(find, piece, match, before), "=" + unescape((match[2] or b"").decode(errors="replace"))


def _where(find: Patterns, piece: bytes, cell: re.Match[bytes], before: int) -> tuple[int, int]:
    """Return the cell's row and column, counted where it does not state them."""
    if reference := find.reference.search(cell[1]):
        return int(reference[2]), _column_index(reference[1].decode())
    starts = [row.start() for row in find.row.finditer(piece, 0, cell.start())]
    return before + len(starts), len(find.cell.findall(piece, starts[-1], cell.start()))


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
