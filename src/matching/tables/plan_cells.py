"""The cells of the sheet 安置明细."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from matching.domain.terms import MODE, YES_NO
from matching.domain.vocabulary import Vocabulary, fold
from matching.tables.grid import text_of
from matching.tables.plan_columns import STAGE_FIT, SUBJECT_FIT

WORDS: Mapping[str, Vocabulary] = {"mode": MODE, "subject_fit": SUBJECT_FIT, "stage_fit": STAGE_FIT, "locked": YES_NO}
"""The columns that hold words."""
_NONE = frozenset({"无", "none", "-", "—", "未知", "unknown"})


def _word(vocabulary: Vocabulary) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        key = vocabulary.lookup(text_of(raw))
        if key is None:
            raise ValueError
        return key

    return read


def _number(raw: Any) -> float:
    if isinstance(raw, bool):
        raise ValueError
    if isinstance(raw, int | float):
        return float(raw)
    number = float(fold(text_of(raw)).replace(",", ""))
    if not math.isfinite(number):
        raise ValueError
    return number


def _km(raw: Any) -> float | None:
    if fold(text_of(raw)) in _NONE:
        return None
    return round(_number(raw), 1)


def _whole(raw: Any) -> int | None:
    if fold(text_of(raw)) in _NONE:
        return None
    number = _number(raw)
    if not number.is_integer():
        raise ValueError
    return int(number)


def _yes(raw: Any) -> bool:
    return _word(YES_NO)(raw) == "yes"


READERS: Mapping[str, Callable[[Any], Any]] = {
    "teacher": text_of, "need": text_of, "mode": _word(MODE), "km": _km, "yuan": _whole, "preference": _whole,
    "subject_fit": _word(SUBJECT_FIT), "stage_fit": _word(STAGE_FIT), "locked": _yes,
}
"""How a filled cell of each column that a placement states is read; ValueError where it cannot be."""
