"""A ledger of services read from a file and held against the instance: every fault with its row."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from os import PathLike
from pathlib import Path

from matching.domain.findings import Finding, InputError, error
from matching.domain.instance import Instance
from matching.domain.terms import MODE
from matching.domain.text import Text
from matching.scenarios.years.ledger_rows import COLUMNS, REQUIRED, Row, read_rows
from matching.scenarios.years.service import LONGEST, Ledger, Service

_YEAR = re.compile(r"(?P<first>\d{4})(?:\s*[-–—/~至]\s*(?P<next>\d{4}|\d{2}))?\s*(?:学年度?|school year)?")
_NEAREST = 3
EARLIEST = 1950
SHEET = "services"
NO_YEAR = Text("不是学年，应写作 2026 或 2026-2027", "no school year: write 2026 or 2026-2027")
NO_TERM = Text(f"期限应是 1 到 {LONGEST} 学年的整数", f"a term is a whole number of school years from 1 to {LONGEST}")


def read_ledger(path: str | PathLike[str], instance: Instance, first_year: int) -> Ledger:
    """Return the services that a file holds, in its order.

    A school year is written ``2026``, ``2026-2027`` or ``2026学年``, a term as a whole number of school years. A term
    that lasts into `first_year` binds the teacher and the seat, so its post must be named.

    Raises
    ------
    InputError
        With every finding: an unknown teacher, school or post, a year or term that is none, two terms at once, more
        terms that run than a post has seats.
    """
    rows = read_rows(Path(path))
    reader = _Reader(Path(path), instance, first_year)
    services = [reader.service(row) for row in rows]
    reader.check_together(rows, services)
    if reader.findings:
        raise InputError(reader.findings)
    return Ledger(tuple(s for s in services if s is not None))


class _Reader:
    """Reads rows and collects what is wrong with them."""

    def __init__(self, path: Path, instance: Instance, first_year: int) -> None:
        self._path, self._instance, self._first_year = path, instance, first_year
        self.findings: list[Finding] = []

    def service(self, row: Row) -> Service | None:
        """Return the service of a row; None where something is wrong with it."""
        before = len(self.findings)
        cells = row.cells
        for key in REQUIRED:
            if key not in cells:
                self._wrong(row, key, "empty", Text("这一格不能为空", "this cell must not be empty"))
        teacher = self._known(row, "teacher_id", self._instance.teacher)
        site = self._known(row, "site_id", self._instance.site)
        need = self._known(row, "need_id", self._instance.need)
        year, term = self._year(row), self._term(row)
        mode = MODE.lookup(cells["mode"]) if "mode" in cells else None
        if "mode" in cells and mode is None:
            self._wrong(row, "mode", "unknown_mode", Text("不是支教形式", "no mode of service"),
                        [term.zh for term in MODE.terms])
        if need and site and self._instance.need[need].site_id != site:
            right = self._instance.need[need].site_id
            self._wrong(row, "site_id", "other_site", Text(f"与岗位 {need} 所在学校 {right} 不一致",
                                                           f"not the school of post {need}, which is {right}"), [right])
        if len(self.findings) > before or teacher is None or year is None or term is None:
            return None
        site = site or (self._instance.need[need].site_id if need else None)
        return self._bound(row, Service(teacher, site, need, year, term, mode))

    def _bound(self, row: Row, service: Service) -> Service | None:
        """Refuse a term that runs into the first year and names no post."""
        if service.need is None and service.covers(self._first_year):
            there = [n.need_id for n in self._instance.needs if n.site_id == service.site]
            self._wrong(row, "need_id", "post_missing", Text(
                f"这一任期到 {self._first_year} 学年还没有结束，要写明岗位编号，才能锁定教师和名额",
                f"the term lasts into {self._first_year}, so the post must be named: teacher and seat are bound"),
                there[:_NEAREST])
            return None
        return service

    def _known(self, row: Row, key: str, ids: Collection[str]) -> str | None:
        given = row.cells.get(key)
        if given is None or given in ids:
            return given
        what = COLUMNS[key].zh
        self._wrong(row, key, f"unknown_{key.removesuffix('_id')}",
                    Text(f"工作簿里没有这个{what}", f"the workbook has no such {key}"),
                    difflib.get_close_matches(given, ids, n=_NEAREST, cutoff=0.3))
        return None

    def _year(self, row: Row) -> int | None:
        given = row.cells.get("year")
        if given is None:
            return None
        last = self._first_year - 1
        read = _YEAR.fullmatch(given)
        year = int(read["first"]) if read and _follows(read) else 0
        if year < EARLIEST:
            self._wrong(row, "year", "not_a_year", NO_YEAR, [f"{last}-{last + 1}"])
            return None
        if year > last:
            self._wrong(row, "year", "year_ahead", Text(
                f"台账只记第一个模拟学年 {self._first_year} 以前开始的服务",
                f"a ledger has what began before the first year that is simulated, {self._first_year}"),
                [str(last)])
            return None
        return year

    def _term(self, row: Row) -> int | None:
        given = row.cells.get("term")
        if given is None:
            return None
        match = re.fullmatch(r"(\d{1,2})(?:\.0+)?(?:学?年)?", given)
        if match and 1 <= int(match[1]) <= LONGEST:
            return int(match[1])
        self._wrong(row, "term", "term_out_of_range", NO_TERM)
        return None

    def check_together(self, rows: Sequence[Row], services: Sequence[Service | None]) -> None:
        """Refuse two terms of one teacher in one year, and more running terms at a post than it has seats."""
        self.findings += _twice(self._path, rows, services)
        held: Counter[str] = Counter()
        for row, service in zip(rows, services, strict=True):
            if service is None or service.need is None or not service.covers(self._first_year):
                continue
            held[service.need] += 1
            seats = self._instance.need[service.need].count
            if held[service.need] > seats:
                self._wrong(row, "need_id", "seats_taken", Text(
                    f"岗位 {service.need} 只有 {seats} 个名额，到 {self._first_year} 学年仍在任的已超过",
                    f"post {service.need} has {seats} seats, and more terms than that last into {self._first_year}"))

    def _wrong(self, row: Row, key: str, code: str, what: Text, suggest: Sequence[str] = ()) -> None:
        self.findings.append(_fault(self._path, row, key, code, what, suggest))


def _follows(read: re.Match[str]) -> bool:
    """Tell whether the second calendar year of a school year, where it is written, comes after the first."""
    second = read["next"]
    return second is None or (int(read["first"]) + 1) % 10 ** len(second) == int(second)


def _twice(path: Path, rows: Sequence[Row], services: Sequence[Service | None]) -> Iterator[Finding]:
    seen: dict[str, list[Service]] = {}
    for row, service in zip(rows, services, strict=True):
        if service is None:
            continue
        others = seen.setdefault(service.teacher, [])
        if service.mode not in (None, "resident"):
            continue
        if any(one.year < service.end and service.year < one.end for one in others):
            yield _fault(path, row, "year", "terms_overlap", Text(
                f"教师 {service.teacher} 在同一学年有两段服务；请改学年或期限",
                f"teacher {service.teacher} has two terms in one school year; change the year or the term"))
        others.append(service)


def _fault(path: Path, row: Row, key: str, code: str, what: Text, suggest: Sequence[str] = ()) -> Finding:
    return error(code, what.zh, what.en, sheet=SHEET, row=row.number, column=COLUMNS[key].zh,
                 value=row.cells.get(key), suggest=tuple(suggest), file=path.name)
