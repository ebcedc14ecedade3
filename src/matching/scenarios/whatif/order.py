"""The points of a call in the order in which they are worked, and cut into chains."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from matching.scenarios.whatif.chain import Values
from matching.scenarios.whatif.knobs import Knob
from matching.scenarios.whatif.values import MOST_POINTS, Value, too_many

CHAIN = 5
"""Points in a chain, whatever works them, so that the same points are solved wherever that is."""


def grid(axes: Sequence[tuple[Knob, tuple[Value, ...]]], seeds: int) -> list[Values]:
    """Return every combination of the values, the last axis changing fastest.

    Raises
    ------
    InputError
        Where these are too many points.
    """
    many = seeds
    for _, values in axes:
        many *= len(values)
    if many > MOST_POINTS:
        raise too_many(" × ".join(knob.name for knob, _ in axes), many)
    return list(product(*(values for _, values in axes)))


def loosest_first(knobs: Sequence[Knob], points: Sequence[Values]) -> list[Values]:
    """Return the points in the order of a chain: those that differ in a bound alone together, the loosest first."""
    place = [{value: at for at, value in enumerate(dict.fromkeys(column))} for column in zip(*points, strict=True)]

    def key(values: Values) -> tuple[tuple[int, ...], tuple[Fraction, ...]]:
        pairs = list(zip(knobs, values, place, strict=True))
        apart = tuple(-1 if _ordered(knob, value) else at[value] for knob, value, at in pairs)
        return apart, tuple(knob.tight * value for knob, value, _ in pairs
                            if _ordered(knob, value) and isinstance(value, Fraction))

    return sorted(points, key=key)


def with_own(knobs: Sequence[Knob], points: Sequence[Values], own: Values) -> list[Values]:
    """Return the points asked for and the policy's own in the order of a chain.

    The first is the loosest asked for, which exact values are told against; an own that is looser comes last.
    """
    ordered = loosest_first(knobs, list(dict.fromkeys([*points, own])))
    return ordered if ordered[0] in points else [*ordered[1:], ordered[0]]


def _ordered(knob: Knob, value: Value | None) -> bool:
    return bool(knob.tight) and isinstance(value, Fraction)


def cut(points: Sequence[Values]) -> list[tuple[Values, ...]]:
    """Return the points in chains of a fixed length."""
    return [tuple(points[at:at + CHAIN]) for at in range(0, len(points), CHAIN)]
