"""Which plans are worse than another in every respect."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Gains = tuple[Fraction | None, ...]


def dominators(plans: Mapping[str, Gains]) -> dict[str, tuple[str, ...]]:
    """Return, for each plan, the ids of the plans that dominate it.

    One plan dominates another where it is at least as good in every criterion and better in one.

    Parameters
    ----------
    plans : gains (more is better) of equal length by plan id; a missing gain is worse than any
    """
    return {name: tuple(other for other, rival in plans.items() if _dominates(rival, own))
            for name, own in plans.items()}


def _dominates(a: Gains, b: Gains) -> bool:
    pairs = [(_known(x), _known(y)) for x, y in zip(a, b, strict=True)]
    return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)


def _known(gain: Fraction | None) -> tuple[bool, Fraction]:
    return gain is not None, gain or Fraction(0)
