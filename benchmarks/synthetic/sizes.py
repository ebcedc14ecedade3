"""How large each size is, and what loose and tight mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Supply = Literal["loose", "tight"]


@dataclass(frozen=True)
class Size:
    """The shape of an instance.

    Attributes
    ----------
    teachers, seats : how many volunteers there are, and how many seats are asked for
    provinces : no way leads from one to another
    senders, receivers : counties; `within` says that they are the same ones
    homes : schools that send
    subject_cap : most that a school lets go of one stage and subject
    opened : to how many counties each county may send, from the first to below the second
    nearest : among how many of the nearest those are drawn
    """

    teachers: int
    seats: int
    provinces: int
    senders: int
    receivers: int
    homes: int
    subject_cap: int = 2
    opened: tuple[int, int] = (3, 7)
    nearest: int = 12
    within: bool = False


SIZES: Mapping[str, Size] = {
    "S": Size(130, 150, 1, 1, 1, 19, within=True),
    "M": Size(1_400, 1_500, 1, 40, 58, 200),
    "MD": Size(1_400, 1_500, 1, 40, 58, 200, opened=(52, 59), nearest=58),
    "L": Size(10_000, 12_000, 3, 100, 90, 1_300),
    "XL": Size(30_000, 36_000, 28, 600, 800, 4_000),
    "LD": Size(15_000, 16_500, 1, 15, 15, 525, subject_cap=8, opened=(5, 10), within=True),
    "XXL": Size(100_000, 110_000, 1, 100, 100, 3_500, subject_cap=8, opened=(5, 10), within=True),
}

BACKBONE_SUPPLY: Mapping[Supply, float] = {"loose": 0.30, "tight": 0.205}
"""Share of backbone teachers among the volunteers."""

BUDGET_SHARE: Mapping[Supply, Fraction] = {"loose": Fraction(97, 100), "tight": Fraction(93, 100)}
"""The budget, as a share of what the plain optimum costs."""

COUNTY_FLOOR = Fraction(1, 2)
"""Least share of a county's seats that is filled."""
