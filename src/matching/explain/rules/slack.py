"""How much room a rule leaves in a group, read off the audit's line."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from matching.domain.plan import RuleLine
from matching.policy.model import Balance, Quota, Rule

Number = int | float | None


def room(rule: Rule, line: RuleLine) -> Number:
    """Return how many units more, or fewer, the group can take before a bound no longer holds; None where none binds.

    Of a share of those placed: how many more placements that do not count (at_least), or that do (at_most). Units are
    those of the measure. It is negative where the bound does not hold, and the least of both where there are two; None
    also where the group is too small for the bound to bind.
    """
    if not isinstance(rule, Quota | Balance) or line.value == "":
        return None
    low, high = _bounds(rule, str(line.required))
    count, base = _parts(line.value)
    rooms = [*([] if low is None else [_above(rule, count, base, low)]),
             *([] if high is None else [_below(rule, count, base, high)])]
    known = [r for r in rooms if r is not None]
    return None if not known or (line.ok and min(known) < 0) else _plain(min(known))


def _bounds(rule: Quota | Balance, required: str) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest amount or share that a line asks for."""
    if not required or required == "None":
        return None, None
    low, _, high = required.partition("..")
    if rule.at_least is not None and rule.at_most is not None:
        return Fraction(low), Fraction(high or low)
    return (Fraction(low), None) if rule.at_least is not None else (None, Fraction(low))


def _parts(value: int | str) -> tuple[Fraction, Fraction | None]:
    count, share, base = str(value).partition("/")
    return Fraction(count), Fraction(base) if share else None


def _above(rule: Quota | Balance, count: Fraction, base: Fraction | None, low: Fraction) -> Fraction | None:
    if base is None:
        return count - low
    if isinstance(rule, Quota) and rule.of == "placed":
        return None if low == 0 else Fraction(floor(count / low)) - base
    return count - ceil(low * base)


def _below(rule: Quota | Balance, count: Fraction, base: Fraction | None, high: Fraction) -> Fraction | None:
    if base is None:
        return high - count
    if isinstance(rule, Quota) and rule.of == "placed":
        return None if high >= 1 else Fraction(floor((high * base - count) / (1 - high)))
    return floor(high * base) - count


def _plain(number: Fraction | int) -> int | float:
    exact = Fraction(number)
    return exact.numerator if exact.denominator == 1 else float(exact)
