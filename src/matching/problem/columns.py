"""Columns of teachers, needs and sites as numbers, so that conditions become array arithmetic.

Every value is a float64: numbers as they are, yes/no as 1 and 0, ordered words by rank, months as ordinals, all other
words and texts as codes handed out once per instance. NaN is a missing value. A list is a row padded with NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.domain.sheets import Column as SheetColumn
from matching.domain.sheets import Kind
from matching.domain.vocabulary import Vocabulary, fold

Floats = npt.NDArray[np.float64]
Encode = Callable[[Any], float]


class Atoms:
    """Hands out one code for each different word or text, compared folded."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def __call__(self, text: Any) -> float:
        return float(self._codes.setdefault(fold(str(text)), len(self._codes)))


@dataclass(frozen=True)
class Values:
    """One field over a set of things: `array` is (n,) or, for lists, (n, k); `encode` maps a constant to its scale."""

    array: Floats
    encode: Encode

    def take(self, index: npt.NDArray[np.integer[Any]]) -> Values:
        """Return the values of the things at `index`."""
        return Values(self.array[index], self.encode)


def number(value: Any) -> float:
    """Encode a number, a yes/no, or a month written ``2026-09``."""
    if isinstance(value, bool | int | float | Fraction):
        return float(value)
    if isinstance(value, date):
        return float(value.year * 12 + value.month)
    year, _, month = str(value).partition("-")
    return float(int(year) * 12 + int(month)) if month else float(year)


def day(value: Any) -> float:
    """Encode a date."""
    return float((value if isinstance(value, date) else date.fromisoformat(str(value))).toordinal())


def ranker(vocabulary: Vocabulary, atoms: Atoms) -> Encode:
    """Return the encoding of a vocabulary's keys: ranks where it is ordered, else codes."""
    return (lambda key: float(vocabulary.rank(str(key)))) if vocabulary.ordered else atoms


def encoding(column: SheetColumn, atoms: Atoms) -> Encode:
    """Return how the values and constants of a sheet's column are encoded."""
    if column.vocabulary is not None:
        return ranker(column.vocabulary, atoms)
    if column.kind in (Kind.TEXT, Kind.TEXTS):
        return atoms
    return day if column.kind is Kind.DATE else number


def encoded(values: Sequence[Any], encode: Encode) -> Values:
    """Encode `values`, each distinct one once; a tuple is a list, None is missing."""
    table = {v: _one(v, encode) for v in set(values)}
    width = max((len(v) for v in table if isinstance(v, tuple)), default=-1)
    if width < 0:
        return Values(np.fromiter((table[v] for v in values), np.float64, len(values)), encode)
    rows = {v: [*codes, *[np.nan] * (max(width, 1) - len(codes))] for v, codes in table.items()}
    return Values(np.array([rows[v] for v in values], np.float64).reshape(len(values), max(width, 1)), encode)


def _one(value: Any, encode: Encode) -> Any:
    if isinstance(value, tuple):
        return [encode(v) for v in value]
    return np.nan if value is None else encode(value)
