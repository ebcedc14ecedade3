"""The month of birth that a resident identity number holds (GB 11643); nothing else of it is kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from matching.tables.grid import text_of

_NUMBER = re.compile(r"[1-9]\d{5}(?:(\d{6})\d{2}\d{3}([\dX])|(\d{4})\d{2}\d{3})", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def birth_month(raw: object) -> date | None:
    """Return the first of the month of birth, or None where `raw` is no valid number of 18 or 15 places.

    The check place is that of ISO 7064 MOD 11-2.
    """
    number = unicodedata.normalize("NFKC", text_of(raw)).strip().upper()
    if not _NUMBER.fullmatch(number):
        return None
    if len(number) == 15:
        return _day("19" + number[6:12])
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _day(number[6:14]) if _CHECKS[total % 11] == number[17] else None


def _day(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born.replace(day=1) if born.year >= 1900 else None
