"""The schools that receive, and their needs, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from benchmarks.synthetic.draws import (
    ASKED_SHARES,
    N_SUBJECTS,
    STAGE_SHARES,
    STAGES,
    Floats,
    Ints,
    by_row,
    largest_remainder,
)
from benchmarks.synthetic.people import People
from benchmarks.synthetic.places import HOSTS_KM, Places, scattered
from benchmarks.synthetic.sizes import Size

SEATS_A_SCHOOL, LEAST_SEATS = 9, 8
HIGH_TIER = 0.4
PRIORITIES = np.array([[0.10, 0.20, 0.40, 0.20, 0.10]])


class Posts(NamedTuple):
    """Receiving schools (`host_...`) and needs.

    Attributes
    ----------
    host_county, host_xy : county, and km from the province's centre, shape (n, 2)
    host_stage, host_hardship : stage, and hardship 0 to 6
    high_tier : bool of each county: the higher subsidy
    host, stage, subject, count, priority : of each need
    """

    host_county: Ints
    host_xy: Floats
    host_stage: Ints
    host_hardship: Ints
    high_tier: np.ndarray
    host: Ints
    stage: Ints
    subject: Ints
    count: Ints
    priority: Ints


def posts(random: np.random.Generator, size: Size, places: Places, volunteers: People) -> Posts:
    """Draw the schools and needs: as many seats in a county as it may hope for, give or take, stages in proportion."""
    county = np.repeat(np.arange(size.receivers), _seats(random, size, places, volunteers))
    stage = _stages(random, county)
    host, host_key = _schools(random, county * len(STAGES) + stage)
    host_county, host_stage = host_key // len(STAGES), host_key % len(STAGES)
    need, count = _needs(random, host, host_stage[host])
    of = need // N_SUBJECTS
    hardship = random.integers(0, 3, size.receivers)[host_county] + random.integers(0, 4, len(host_county))
    return Posts(host_county, scattered(random, places.receiver_xy[host_county], HOSTS_KM), host_stage, hardship,
                 random.random(size.receivers) < HIGH_TIER, of, host_stage[of], need % N_SUBJECTS, count,
                 1 + by_row(random, PRIORITIES, np.zeros(len(need), np.int64)))


def _seats(random: np.random.Generator, size: Size, places: Places, volunteers: People) -> Ints:
    """Return the seats of each county: in proportion to its part of the volunteers of those who may send there."""
    sending = np.bincount(volunteers.county, minlength=size.senders)
    ways = np.bincount(places.way_from, minlength=size.senders)
    hope = np.bincount(places.way_to, (sending / np.maximum(ways, 1))[places.way_from], size.receivers)
    return largest_remainder(hope * np.exp(random.normal(0, 0.15, size.receivers)), size.seats, LEAST_SEATS)


def _stages(random: np.random.Generator, county: Ints) -> Ints:
    """Return the stage of each seat, each county's seats spread evenly over the shares of the stages."""
    sizes = np.bincount(county)
    place = np.arange(len(county)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = (place + random.random(len(sizes))[county]) / sizes[county]
    return np.searchsorted(np.cumsum(STAGE_SHARES)[:-1], at, side="right")


def _schools(random: np.random.Generator, key: Ints) -> tuple[Ints, Ints]:
    """Return the school of each seat, and each school's key; some `SEATS_A_SCHOOL` seats of one key make a school."""
    n_schools = np.bincount(key) // SEATS_A_SCHOOL + 1
    nth = (random.random(len(key)) * n_schools[key]).astype(np.int64)
    found, host = np.unique(key * int(n_schools.max()) + nth, return_inverse=True)
    return host, found // int(n_schools.max())


def _needs(random: np.random.Generator, host: Ints, stage: Ints) -> tuple[Ints, Ints]:
    """Return each need's school and subject in one number, and its seats: seats that are alike make a need."""
    return np.unique(host * N_SUBJECTS + by_row(random, ASKED_SHARES, stage), return_counts=True)
