"""Whole numbers and fractions, read exactly and written for people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

Number = int | Fraction


def exact(number: float | Fraction) -> Number:
    """Return a number by its shortest decimal text: 0.1 is one tenth."""
    return number if isinstance(number, int | Fraction) else Fraction(repr(number))


def figure(number: Number, share: bool = False) -> int | str:
    """Return a number as a line has it: whole where it is, else as written, a `share` as a fraction."""
    if number.denominator == 1:
        return number.numerator
    return str(number) if share else shown(number)


def range_figure(bounds: Sequence[int | str]) -> int | str:
    """Return what a line shows of one bound or of both."""
    return bounds[0] if len(set(bounds)) == 1 else "..".join(map(str, bounds))


def half_up(number: Number) -> int:
    """Return the nearest whole number, halves upwards (reading 23)."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def shown(number: float | Fraction) -> str:
    """Return a number as a person writes it: ``7``, ``38.4``, ``1/3``."""
    if type(number) is int:
        return str(number)
    if isinstance(number, float) and math.isinf(number):
        return "∞"
    fraction = Fraction(exact(number))
    if fraction.denominator == 1:
        return str(fraction.numerator)
    for digits in range(1, 7):
        if 10**digits % fraction.denominator == 0:
            return f"{float(fraction):.{digits}f}"
    return str(fraction)
