"""Times reading a large workbook against plain calamine reads of it: ``python benchmarks/read.py [TEACHERS]``.

The workbook is made from a fixed seed with every column of the teachers filled. Each is measured in a process of its
own, in turn, so that neither finds the other's memory in place; the ratio is that of the least times.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from matching.domain.sheets import NEEDS, SITES, TEACHERS, Kind, Sheet

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
SITES_COUNT = 600
ROUNDS = 5


def main() -> int:
    """Make the workbook, read it in both ways and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("teachers", type=int, nargs="?", default=30_000)
    parser.add_argument("--once", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(*options.once)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write_workbook(path, options.teachers)
        runs = [{how: _child(how, path) for how in READS} for _ in range(ROUNDS)]
    plain, whole = (min(run[how]["seconds"] for run in runs) for how in ("plain", "read"))
    memory = max(run["read"]["megabytes"] for run in runs)
    print(f"{options.teachers} teachers, {len(TEACHERS.columns)} columns")
    print(f"plain calamine read  {plain:6.2f} s")
    print(f"read and check       {whole:6.2f} s, peak {memory:.0f} MB")
    print(f"ratio                {whole / plain:6.2f}")
    return 0


def once(how: str, path: str) -> Mapping[str, float]:
    """Read the file in one way and return seconds and peak memory."""
    began = time.perf_counter()
    READS[how](path)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / 2**20}


def _child(how: str, path: Path) -> Mapping[str, float]:
    command = [sys.executable, __file__, "--once", how, str(path)]
    answer: Mapping[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def plain(path: str) -> None:
    """Read every sheet as calamine gives it."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    assert all(book.get_sheet_by_name(name).to_python() for name in book.sheet_names)


def read(path: str) -> None:
    """Read and check."""
    from matching.tables import read as run

    reading = run([path])
    assert reading.instance is not None, reading.findings[:5]


READS: Mapping[str, Callable[[str], None]] = {"plain": plain, "read": read}


def write_workbook(path: Path, teachers: int) -> None:
    """Write a lawful workbook with so many teachers."""
    import xlsxwriter

    draw = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for sheet, count in ((SITES, SITES_COUNT), (NEEDS, teachers // 2), (TEACHERS, teachers)):
            page = book.add_worksheet(sheet.zh)
            page.write_row(0, 0, [column.zh for column in sheet.columns])
            for row in range(1, count + 1):
                page.write_row(row, 0, _row(sheet, row, draw))


def _row(sheet: Sheet, row: int, draw: random.Random) -> list[str | int | float | None]:
    own = {"sites": _site, "needs": _need, "teachers": _teacher}[sheet.key](row, draw)
    return [own[c.key] if c.key in own else _any(c.kind, c.vocabulary, draw) for c in sheet.columns]


def _site(row: int, draw: random.Random) -> dict[str, object]:
    return {"site_id": f"S{row:04d}", "name": f"第{row}学校", "role": "双重", "adcode": "620102",
            "county": f"第{row % 58}县", "prefecture": f"第{row % 12}市", "lon": draw.uniform(93, 108),
            "lat": draw.uniform(33, 42), "hardship": row % 7, "dorm": None, "share_50plus": 0.25}


def _need(row: int, draw: random.Random) -> dict[str, object]:
    return {"need_id": f"N{row:05d}", "site_id": f"S{draw.randint(1, SITES_COUNT):04d}", "priority": 1 + row % 5,
            "backbone_required": "否", "count": 1 + row % 3}


def _teacher(row: int, draw: random.Random) -> dict[str, object]:
    site = [f"S{draw.randint(1, SITES_COUNT):04d}" for _ in range(6)]
    return {"teacher_id": f"T{row:05d}", "name": f"教师{row}", "home_site": site[0], "pref_1": site[1],
            "pref_2": site[2], "pref_3": site[3], "avoid_sites": f"{site[4]}、{site[5]}", "lock_need": None,
            "status": "通过", "last_need": f"N{draw.randint(1, 999):05d}", "home_county": f"第{row % 58}县",
            "birth": _month(draw), "group": f"同行{row // 3}", "score": round(draw.uniform(60, 100), 1),
            "deferred_reason": "家庭原因"}


def _month(draw: random.Random) -> str:
    return f"{draw.randint(1966, 2000)}-{draw.randint(1, 12):02d}"


def _any(kind: Kind, vocabulary: object, draw: random.Random) -> object:
    words = [term.zh for term in vocabulary.terms] if vocabulary else ["普通话", "藏语", "骨干", "备注"]
    if kind in (Kind.WORDS, Kind.TEXTS):
        return "、".join(draw.sample(words, 2))
    if kind is Kind.YES_NO:
        return draw.choice(["是", "否"])
    if kind is Kind.MONTH:
        return _month(draw)
    return draw.randint(1, 40) if kind in (Kind.INTEGER, Kind.DECIMAL) else draw.choice(words)


if __name__ == "__main__":
    raise SystemExit(main())
