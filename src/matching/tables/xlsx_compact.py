"""A sheet without its empty stretches, since calamine sets aside room for every cell up to the last one."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Sequence

from matching.tables.xlsx_scan import pieces

_NUMBERED = re.compile(rb"""(<(?:\w+:)?(?:row|c)\b[^>]*?\br=["'][A-Z]*)(\d+)""")


def compact(archive: zipfile.ZipFile, member: str, rows: Sequence[int]) -> io.BytesIO:
    """Return the workbook with `member` as its only sheet, of which `rows` (ascending) are numbered 1, 2, ..."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name in archive.namelist():
            if not name.startswith(("xl/worksheets/", "xl/media/", "xl/vba")) and name != member:
                out.writestr(name, archive.read(name))
        with archive.open(member) as source, out.open(member, "w", force_zip64=True) as target:
            for _, piece in pieces(source):
                target.write(_NUMBERED.sub(lambda m: _renumbered(m, rows), piece))
    packed.seek(0)
    return packed


def _renumbered(reference: re.Match[bytes], rows: Sequence[int]) -> bytes:
    return reference[1] + str(bisect_left(rows, int(reference[2])) + 1).encode()
