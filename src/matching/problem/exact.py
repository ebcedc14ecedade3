"""Exact numbers by the thousand: whole numerators over one denominator."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.problem.classes import Index
from matching.problem.conditions import Bools
from matching.problem.program import Int64


class Exact(NamedTuple):
    """Rational numbers.

    Attributes
    ----------
    numerators : Python's whole numbers, so that nothing overflows; 0 where the number is not known
    known : where there is a number at all
    """

    numerators: npt.NDArray[np.object_]
    denominator: int
    known: Bools

    def take(self, index: Index) -> Exact:
        """Return the numbers at `index`."""
        return Exact(self.numerators[index], self.denominator, self.known[index])

    def times(self, other: Exact) -> Exact:
        """Return the products."""
        return Exact(self.numerators * other.numerators, self.denominator * other.denominator,
                     self.known & other.known)

    def less(self, other: Exact) -> Exact:
        """Return the differences; an unknown number to take off counts as 0."""
        scaled = self.numerators * other.denominator - other.numerators * self.denominator
        return Exact(scaled, self.denominator * other.denominator, self.known)

    def floor(self, units: int) -> Int64:
        """Return `units` times the numbers, rounded down."""
        return np.asarray(self.numerators * units // self.denominator, np.int64)

    def ceil(self, units: int) -> Int64:
        """Return `units` times the numbers, rounded up."""
        return np.asarray(-(-self.numerators * units // self.denominator), np.int64)


def exact(values: Sequence[Fraction | None]) -> Exact:
    """Return `values` over one denominator; None is not known."""
    denominator = lcm(*(v.denominator for v in values if v is not None))
    numerators = [0 if v is None else int(v * denominator) for v in values]
    return Exact(_whole_numbers(numerators), denominator, np.array([v is not None for v in values], np.bool_))


def whole(values: Int64) -> Exact:
    """Return whole numbers as they are."""
    return Exact(_whole_numbers(values.tolist()), 1, np.ones(len(values), np.bool_))


def _whole_numbers(values: Sequence[int]) -> npt.NDArray[Any]:
    return np.array(values, object).reshape(len(values))
