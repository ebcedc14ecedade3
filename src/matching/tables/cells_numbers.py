"""Whole numbers, decimals and shares."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from matching.domain.sheets import Column
from matching.tables.cells_faults import Strange, wrong
from matching.tables.cells_words import Words
from matching.tables.grid import text_of

_NUMBER = re.compile(r"[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LARGEST = 10**9
"""No count, distance or number of points comes near it, and what is larger would not fit the solvers' integers."""


def integer(raw: object, column: Column, _: Words) -> int:
    """Read a whole number; 12.0 is one."""
    value = _number(raw, _not_whole(raw))
    if isinstance(value, float) and not value.is_integer():
        raise _not_whole(raw)
    return int(_bounded(value, column))


def decimal(raw: object, column: Column, _: Words) -> float:
    """Read a decimal number."""
    return float(_bounded(_number(raw, _not_a_number(raw)), column))


def share(raw: object, column: Column, _: Words) -> float:
    """Read a share, 0.35 or 35%."""
    text = unicodedata.normalize("NFKC", text_of(raw)).strip()
    if text.endswith("%"):
        percent = _number(text[:-1], _not_a_number(raw))
        return float(_bounded(float(Decimal(repr(percent)) / 100), column))
    return float(_bounded(_number(raw, _not_a_number(raw)), column, percent=True))


def _number(raw: object, otherwise: Strange) -> int | float:
    if isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).strip()
        if not _NUMBER.fullmatch(text):
            raise otherwise
        value: object = int(text) if text.lstrip("+-").isdecimal() else float(text)
    else:
        value = raw
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise otherwise
    return value


def _not_whole(raw: object) -> Strange:
    return wrong("bad_integer", f"“{text_of(raw)}”不是整数", f"{text_of(raw)!r} is not a whole number")


def _not_a_number(raw: object) -> Strange:
    return wrong("bad_number", f"“{text_of(raw)}”不是数", f"{text_of(raw)!r} is not a number")


def _bounded(value: int | float, column: Column, percent: bool = False) -> int | float:
    low = -_LARGEST if column.minimum is None else column.minimum
    high = _LARGEST if column.maximum is None else column.maximum
    if value < low:
        if low == 0:
            raise wrong("below_minimum", "不能是负数", "must not be negative")
        raise wrong("below_minimum", f"不能小于 {low:g}", f"must be at least {low:g}")
    if value > high:
        most = f"{high:g}" if high < _LARGEST else f"{_LARGEST:,}"
        suggest = (f"{value:g}%",) if percent and value <= 100 else ()
        raise wrong("above_maximum", f"不能大于 {most}", f"must be at most {most}", suggest)
    return value
