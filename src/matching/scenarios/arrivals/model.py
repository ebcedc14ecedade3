"""How likely those who are chosen are to arrive: a rate, and what raises or lowers its odds."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from matching.policy.conditions import Conditions

ONE = Fraction(1)


@dataclass(frozen=True)
class Group:
    """Pairs of teacher and post that match `when` arrive at `rate`; of several groups the first that matches counts."""

    when: Conditions
    rate: Fraction


@dataclass(frozen=True)
class Odds:
    """Pairs that match `when` have `times` the odds of arriving; every row that matches counts."""

    when: Conditions
    times: Fraction


@dataclass(frozen=True)
class Band:
    """Distances up to `up_to` kilometres (None: any), and not in an earlier band, have `times` the odds."""

    up_to: Fraction | None
    times: Fraction


@dataclass(frozen=True)
class Distance:
    """What distance does to the odds: a factor for each 100 km, and one for each band.

    An unknown distance counts as the largest known one.
    """

    per_100_km: Fraction = ONE
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What a wish does to the odds: the first, second, third met, or none of those named."""

    first: Fraction = ONE
    second: Fraction = ONE
    third: Fraction = ONE
    none: Fraction = ONE


@dataclass(frozen=True)
class Arrivals:
    """The model: of each pair of teacher and post, how likely the teacher is to arrive there.

    Attributes
    ----------
    rate : from 0 to 1, of whom no group speaks
    mean : where given, all odds are multiplied by one number so that the placements of the plan have this mean rate
    reserve : what the odds of those in reserve are multiplied by, who are asked late
    """

    rate: Fraction
    mean: Fraction | None = None
    groups: tuple[Group, ...] = ()
    odds: tuple[Odds, ...] = ()
    distance: Distance = field(default_factory=Distance)
    wish: Wish = field(default_factory=Wish)
    reserve: Fraction = ONE

    @property
    def uniform(self) -> bool:
        """Whether everybody, placed or in reserve, arrives at one rate."""
        return not self.groups and not self.odds and self.distance == Distance() and self.wish == Wish() \
            and self.reserve == 1
