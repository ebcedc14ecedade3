"""Exact numbers, and values of records beside values that a file states."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from matching.domain.vocabulary import Vocabulary, fold

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(/0*[1-9]\d*)?")


def exact(stated: Any) -> Fraction:
    """Return a number by its shortest decimal text, ``"9/47"`` too.

    Raises
    ------
    ValueError
        What is stated is no number.
    """
    text = repr(stated) if isinstance(stated, float) else str(stated).strip()
    if isinstance(stated, bool) or (isinstance(stated, str) and not _NUMBER.fullmatch(text)):
        raise ValueError(text)
    numerator, _, denominator = text.partition("/")
    return Fraction(numerator) / Fraction(denominator or 1)


def same(stated: Any, found: Any, words: Vocabulary | None = None) -> bool:
    """Tell whether a record holds what is stated: words in either language, dates as texts, numbers by value."""
    if stated is None or found is None:
        return stated is None and found in (None, ())
    if isinstance(stated, bool) or isinstance(found, bool):
        return stated is found
    if isinstance(stated, list | tuple) or isinstance(found, tuple):
        return _same_members(stated, found, words)
    if isinstance(stated, str) and isinstance(found, str):
        return fold(stated) == fold(found) or (words is not None and words.lookup(stated) == found)
    if isinstance(found, date):
        return isinstance(stated, str) and found.isoformat().startswith(stated)
    return _same_number(stated, found)


def _same_members(stated: Any, found: Any, words: Vocabulary | None) -> bool:
    if not isinstance(found, tuple):
        return False
    wanted = stated if isinstance(stated, list | tuple) else [stated]
    return len(wanted) == len(found) and all(same(a, b, words) for a, b in zip(wanted, found, strict=True))


def _same_number(stated: Any, found: Any) -> bool:
    try:
        return exact(stated) == exact(found)
    except ValueError:
        return False


def same_figure(stated: Any, found: Any) -> bool:
    """Tell whether a rule's figure is the one stated; of two shares as they are counted, the texts count."""
    if "/" in str(stated) and "/" in str(found):
        return str(stated).strip() == str(found)
    return str(stated).strip() == str(found) or _same_number(stated, found)
