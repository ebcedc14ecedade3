"""The volunteers, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from benchmarks.synthetic.draws import (
    RELATED_CODES,
    TAUGHT_SHARES,
    Floats,
    Ints,
    by_row,
    largest_remainder,
    rank_within,
    spans,
)
from benchmarks.synthetic.places import Homes, Places
from benchmarks.synthetic.sizes import BACKBONE_SUPPLY, Size, Supply

WISHING, COUPLES, LIMITED = 0.33, 0.005, 0.15
FURTHER_STAGE, ONE_ALT, TWO_ALTS = 0.2, 0.38, 0.08
NEIGHBOUR = np.array([-1, 2, 1, 2, -1])
"""Of each stage the other one that some of its teachers also teach."""


class People(NamedTuple):
    """Volunteers; -1 where there is none.

    Attributes
    ----------
    home, county : school and county that they come from
    stages, subjects : shape (n, 2) and (n, 3): the main one, then others
    backbone : bool
    wishes : counties, shape (n, 3)
    group : the couple's number
    max_km : not a number where no limit is stated
    """

    home: Ints
    county: Ints
    stages: Ints
    subjects: Ints
    backbone: np.ndarray
    wishes: Ints
    group: Ints
    max_km: Floats


def people(random: np.random.Generator, size: Size, places: Places, homes: Homes, backbone: Supply) -> People:
    """Draw the volunteers; a tight supply of backbone teachers is part of the loose one."""
    n = size.teachers
    home = np.sort(random.integers(0, size.homes, n))
    county, stage = homes.county[home], homes.stage[home]
    subject = by_row(random, TAUGHT_SHARES, stage)
    drawn = random.random((n, 3))
    further = np.where(drawn[:, 0] < FURTHER_STAGE, NEIGHBOUR[stage], -1)
    alts = np.where(drawn[:, 1:2] < [ONE_ALT, TWO_ALTS], RELATED_CODES[subject], -1)
    limit = np.where(drawn[:, 2] < LIMITED, random.integers(15, 50, n) * 10.0, np.nan)
    return People(home, county, np.column_stack([stage, further]), np.column_stack([subject, alts]),
                  _backbone(random, county, BACKBONE_SUPPLY[backbone]), _wishes(random, county, places),
                  _couples(random, county), limit)


def _backbone(random: np.random.Generator, county: Ints, share: float) -> np.ndarray:
    """Return who is backbone: the same share of every county, to the whole person."""
    sizes = np.bincount(county)
    counts = largest_remainder(sizes.astype(np.float64), round(share * len(county)))
    return rank_within(county, random.permutation(len(county))) < np.minimum(counts, sizes)[county]


def _wishes(random: np.random.Generator, county: Ints, places: Places) -> Ints:
    """Return up to three different counties that each of those who wish may go to."""
    who = np.flatnonzero(random.random(len(county)) < WISHING)
    ways = np.bincount(places.way_from, minlength=int(county.max()) + 1)
    first = np.cumsum(ways) - ways
    of, way = spans(first[county[who]], ways[county[who]])
    rank = rank_within(of, random.permutation(len(of)))
    wishes = np.full((len(county), 3), -1)
    named = rank < 3
    wishes[who[of[named]], rank[named]] = places.way_to[way[named]]
    return wishes


def _couples(random: np.random.Generator, county: Ints) -> Ints:
    """Return the number of the couple that each belongs to; both are of one county."""
    order = random.permutation(len(county))
    order = order[np.argsort(county[order], kind="stable")]
    first = np.arange(0, len(county) - 1, 2)
    alike = first[county[order[first]] == county[order[first + 1]]]
    chosen = random.permutation(alike)[:max(1, int(COUPLES * len(county)))]
    group = np.full(len(county), -1)
    group[order[chosen]] = group[order[chosen + 1]] = np.arange(len(chosen))
    return group
