"""Counties on a plane, who may send where, and the schools that send."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from benchmarks.synthetic.draws import STAGE_SHARES, Floats, Ints, rank_within
from benchmarks.synthetic.sizes import Size

KM_PER_DEGREE = 111.2
RECEIVERS_KM, SENDERS_KM, HOMES_KM, HOSTS_KM = 90.0, 70.0, 6.0, 18.0
LEAST_SENDERS = 4


class Places(NamedTuple):
    """Counties and the ways between them.

    Attributes
    ----------
    centre : of each province, degrees (longitude, latitude), shape (n_provinces, 2)
    sender_province, receiver_province : of each county
    sender_xy, receiver_xy : km from the province's centre, shape (n, 2)
    way_from, way_to : the open ways between counties, sorted
    """

    centre: Floats
    sender_province: Ints
    receiver_province: Ints
    sender_xy: Floats
    receiver_xy: Floats
    way_from: Ints
    way_to: Ints


class Homes(NamedTuple):
    """The schools that send: county, stage, and km from the province's centre, shape (n, 2)."""

    county: Ints
    stage: Ints
    xy: Floats


def places(random: np.random.Generator, size: Size) -> Places:
    """Draw the counties and the ways between them."""
    centre = np.column_stack([random.uniform(85, 122, size.provinces), random.uniform(25, 44, size.provinces)])
    senders, receivers = np.arange(size.senders) % size.provinces, np.arange(size.receivers) % size.provinces
    receiver_xy = random.normal(0, RECEIVERS_KM, (size.receivers, 2))
    sender_xy = receiver_xy if size.within else random.normal(0, SENDERS_KM, (size.senders, 2))
    km = np.hypot(*np.moveaxis(sender_xy[:, None] - receiver_xy, 2, 0))
    km[senders[:, None] != receivers] = np.inf
    opened = np.zeros(km.shape, bool)
    for county, row in enumerate(km):
        opened[county, _opened(random, size, row)] = True
    _open_to_all(opened, km)
    way_from, way_to = np.nonzero(opened & np.isfinite(km))
    return Places(centre, senders, receivers, sender_xy, receiver_xy, way_from, way_to)


def _opened(random: np.random.Generator, size: Size, km: Floats) -> Ints:
    """Return where one county may send: some of those near, first of all itself where counties send within."""
    near = np.argsort(km, kind="stable")[:size.nearest]
    count = int(random.integers(*size.opened))
    return near[:count] if size.within else random.permutation(near)[:count]


def _open_to_all(opened: np.ndarray, km: Floats) -> None:
    """Open ways to receivers that too few may send to, from their nearest."""
    for receiver in np.flatnonzero(opened.sum(axis=0) < LEAST_SENDERS):
        opened[np.argsort(km[:, receiver], kind="stable")[:LEAST_SENDERS], receiver] = True


def homes(random: np.random.Generator, size: Size, found: Places) -> Homes:
    """Draw the schools that send, at least one a county, the stages in each county in due proportion."""
    further = random.integers(0, size.senders, max(0, size.homes - size.senders))
    county = np.sort(np.concatenate([np.arange(size.senders), further])[:size.homes])
    at = (rank_within(county) + random.random(size.senders)[county]) / np.bincount(county)[county]
    turned = (at + random.random(size.senders)[county]) % 1
    stage = np.searchsorted(np.cumsum(STAGE_SHARES)[:-1], turned, side="right")
    return Homes(county, stage, scattered(random, found.sender_xy[county], HOMES_KM))


def scattered(random: np.random.Generator, xy: Floats, km: float) -> Floats:
    """Return points near `xy`: normal with deviation `km`, at most two and a half times that."""
    return xy + np.clip(random.normal(0, km, xy.shape), -2.5 * km, 2.5 * km)


def degrees(centre: Floats, xy: Floats) -> Floats:
    """Return longitudes and latitudes, shape (n, 2), of points `xy` km from `centre`, shape (n, 2) each."""
    lon = centre[:, 0] + xy[:, 0] / (KM_PER_DEGREE * np.cos(np.radians(centre[:, 1])))
    return np.round(np.column_stack([lon, centre[:, 1] + xy[:, 1] / KM_PER_DEGREE]), 5)
