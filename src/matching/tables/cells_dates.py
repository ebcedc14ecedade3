"""Months and days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from matching.domain.sheets import Column
from matching.tables.cells_faults import Strange, doubtful, wrong
from matching.tables.cells_words import Words
from matching.tables.grid import text_of

_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|\s*年\s*(\d{1,2})\s*月?)", re.ASCII)
_TIME = r"(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_DAY = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}|\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日?)",
                  re.ASCII)
_CUT_OCTOBER = re.compile(r"\d{4}\.1", re.ASCII)
_YEARS = range(1900, 2101)


def month(raw: object, column: Column, _: Words) -> date:
    """Read a year and month, as the first of the month.

    1985.1 may be October, cut short where 1985.10 was taken for a number: it is read as January, in doubt.
    """
    text = _text(raw)
    value = _day(raw, text) or _month(raw, text)
    if value is None:
        raise wrong("bad_month", f"“{text_of(raw)}”不是年月，请写成 2026-09", f"{text_of(raw)!r} is not a month; "
                    "write 2026-09", ("2026-09",))
    value = value.replace(day=1)
    if _CUT_OCTOBER.fullmatch(text):
        october, january = f"{value.year}-10", f"{value.year}-01"
        raise doubtful(value, "month_from_number",
                       f"按 {january} 读取；Excel 会把 {value.year}.10 变成 {value.year}.1，若是十月请写成 {october}",
                       f"read as {january}; Excel turns {value.year}.10 into this: write {october} if October is meant",
                       (january, october))
    return value


def day(raw: object, column: Column, _: Words) -> date:
    """Read a full date."""
    value = _day(raw, _text(raw))
    if value is None:
        raise _not_a_day(raw)
    return value


def _text(raw: object) -> str:
    return unicodedata.normalize("NFKC", text_of(raw)).strip()


def _day(raw: object, text: str) -> date | None:
    if isinstance(raw, date):
        value = raw.date() if isinstance(raw, datetime) else raw
        return value if value.year in _YEARS else None
    parts = _DAY.fullmatch(text)
    return _date(parts[1], parts[3] or parts[5], parts[4] or parts[6]) if parts else None


def _month(raw: object, text: str) -> date | None:
    parts = _MONTH.fullmatch(text)
    if parts is None or isinstance(raw, int):
        return None
    return _date(parts[1], parts[2] or parts[3], "1")


def _date(year: str, month_: str, day_: str) -> date | None:
    try:
        return date(int(year), int(month_), int(day_)) if int(year) in _YEARS else None
    except ValueError:
        return None


def _not_a_day(raw: object) -> Strange:
    return wrong("bad_date", f"“{text_of(raw)}”不是日期，请写成 2026-09-01",
                 f"{text_of(raw)!r} is not a date; write 2026-09-01", ("2026-09-01",))
