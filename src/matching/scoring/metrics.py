"""What a plan achieves, in exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from matching.scoring.fairness import Fairness


class Share(NamedTuple):
    """`part` of `whole`; without a whole there is no value."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The share from 0 to 1, or None."""
        return Fraction(self.part, self.whole) if self.whole else None

    def to_dict(self) -> dict[str, Any]:
        """Return the counts and the share, 0 to 1."""
        return {"count": self.part, "of": self.whole, "share": number(self.value)}


class Kilometres(NamedTuple):
    """Distances of the placements whose distance is known; None where there are none.

    `p90` is the nearest-rank 90th percentile: the least distance that at least nine in ten do not exceed.
    """

    mean: Fraction | None
    p90: Fraction | None
    largest: Fraction | None
    unknown: int


class Wishes(NamedTuple):
    """How the approved, undeferred teachers who named a known wish fared.

    `none` counts those of them who met none of their wishes, the `unplaced` among them included.
    """

    first: int
    second: int
    third: int
    none: int
    unplaced: int

    @property
    def named(self) -> int:
        """How many named a known wish."""
        return self.first + self.second + self.third + self.none

    @property
    def score(self) -> Fraction | None:
        """The mean of 1, 2/3, 1/3 and 0; None where nobody named a wish."""
        return Fraction(3 * self.first + 2 * self.second + self.third, 3 * self.named) if self.named else None


class SenderLoad(NamedTuple):
    """How many of a site's `approved` teachers were placed, and how many of those leave it (resident posts)."""

    site: str
    placed: int
    resident: int
    approved: int

    @property
    def share(self) -> Share:
        """The placed among the approved."""
        return Share(self.placed, self.approved)


@dataclass(frozen=True)
class Metrics:
    """The figures of one plan; shares and means are exact.

    Attributes
    ----------
    seats : placements over seats asked for
    fill : the same, weighted as the policy's fill goal weighs them
    county_fill, subject_fill, stage_fill : placements over seats, by the receiving site's county, the post's
        subject and its stage, in the order of the needs
    backbone : placed teachers at or above the policy's backbone level, over placements
    yuan : whole yuan over the posts' terms
    senders : one for each site with an approved teacher, in the order of the sites
    fairness : envy and blocking pairs; None where nobody worked them out
    """

    seats: Share
    fill: Share
    county_fill: Mapping[str, Share]
    subject_fill: Mapping[str, Share]
    stage_fill: Mapping[str, Share]
    backbone: Share
    km: Kilometres
    wishes: Wishes
    yuan: int
    senders: tuple[SenderLoad, ...]
    fairness: Fairness | None = None

    @property
    def envy(self) -> Fraction | None:
        """How many teachers envy another avoidably."""
        return None if self.fairness is None else Fraction(self.fairness.envy.avoidable)

    @property
    def lowest_county(self) -> str | None:
        """The county with the smallest fill share, the first of equals; None without needs."""
        return min(self.county_fill, key=lambda county: self.county_fill[county].value or 0, default=None)

    @property
    def fair(self) -> Fraction | None:
        """The smallest fill share of a county."""
        return None if self.lowest_county is None else self.county_fill[self.lowest_county].value

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain numbers, lists and dicts, as ``plans.json`` has them."""
        return {
            "placed": self.seats.part, "seats": self.seats.whole, "seats_filled": number(self.seats.value),
            "fill": self.fill.to_dict(), "fair": number(self.fair), "lowest_county": self.lowest_county,
            "backbone": self.backbone.to_dict(),
            "km": {"mean": number(self.km.mean), "p90": number(self.km.p90), "largest": number(self.km.largest),
                   "unknown": self.km.unknown},
            "wishes": self.wishes._asdict() | {"named": self.wishes.named},
            "preference": number(self.wishes.score), "yuan": self.yuan,
            "envy": None if self.fairness is None else self.fairness.envy._asdict(),
            "blocking": None if self.fairness is None else self.fairness.blocking._asdict(),
            "fill_by_county": _table(self.county_fill), "fill_by_subject": _table(self.subject_fill),
            "fill_by_stage": _table(self.stage_fill),
            "senders": [load._asdict() | {"share": number(load.share.value)} for load in self.senders],
        }


def number(value: Fraction | None) -> float | None:
    """Return an exact value as a float, to nine decimals."""
    return None if value is None else round(float(value), 9)


def _table(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {name: share.to_dict() for name, share in shares.items()}
