"""What the plain optimum costs: a min-cost flow over alike volunteers and alike seats, by county.

Those who come from one county and may teach the same are one node, seats of one county, stage, subject and priority
another; the flow fills seats by priority, then takes the shortest ways between counties. Shares, couples and schools
of three are left out, release caps are kept. It is small whatever the size: some million edges for 30 million arcs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from benchmarks.synthetic.draws import N_CODES, N_SUBJECTS, Ints, spans
from benchmarks.synthetic.people import People
from benchmarks.synthetic.places import Places
from benchmarks.synthetic.posts import Posts
from benchmarks.synthetic.release import released
from benchmarks.synthetic.sizes import Size

N_PRIORITIES = 5




class _Groups(NamedTuple):
    """Alike volunteers: county, the codes that they may teach (-1: none) of shape (n, 6), and how many they are."""

    county: Ints
    codes: Ints
    count: Ints


def plain_optimum(size: Size, places: Places, volunteers: People, posts: Posts) -> Ints:
    """Return how many seats of each receiving county the plain optimum fills."""
    from ortools.graph.python import min_cost_flow

    groups = _groups(volunteers, released(size, volunteers))
    county, code, priority, seats = _seats(posts)
    tail, head = _edges(groups, places, county * N_CODES + code)
    km = np.hypot(*(places.sender_xy[groups.county[tail]] - places.receiver_xy[county[head]]).T).astype(np.int64)
    n, m = len(groups.count), len(seats)
    sink, supply = n + m, np.concatenate([groups.count, np.zeros(m, np.int64), [-groups.count.sum()]])
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([tail, np.arange(n + m)]), np.concatenate([n + head, np.full(n + m, sink)]),
        np.concatenate([np.minimum(groups.count[tail], seats[head]), groups.count, seats]),
        np.concatenate([km - (1 + N_PRIORITIES - priority[head]) * 10 * (1 + int(km.max(initial=0))),
                        np.zeros(n + m, np.int64)]))
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the plain optimum was not found")
    return np.bincount(county, flow.flows(edges[len(tail) + n:]), size.receivers).astype(np.int64)


def _groups(volunteers: People, who: Ints) -> _Groups:
    stages, subjects = volunteers.stages[who], volunteers.subjects[who]
    codes = (stages[:, :, None] * N_SUBJECTS + subjects[:, None, :])
    codes[(stages[:, :, None] < 0) | (subjects[:, None, :] < 0)] = -1
    rows = np.column_stack([volunteers.county[who], codes.reshape(len(who), -1)])
    found, count = np.unique(rows, axis=0, return_counts=True)
    return _Groups(found[:, 0], found[:, 1:], count)


def _seats(posts: Posts) -> tuple[Ints, Ints, Ints, Ints]:
    """Return county, code, priority and number of alike seats, sorted by county and code."""
    code = posts.stage * N_SUBJECTS + posts.subject
    key = (posts.host_county[posts.host] * N_CODES + code) * N_PRIORITIES + posts.priority - 1
    found, of = np.unique(key, return_inverse=True)
    county_code, priority = np.divmod(found, N_PRIORITIES)
    county, code = np.divmod(county_code, N_CODES)
    return county, code, priority + 1, np.bincount(of, posts.count).astype(np.int64)


def _edges(groups: _Groups, places: Places, seat_key: Ints) -> tuple[Ints, Ints]:
    """Return each group and seats that it may take."""
    group, nth = np.nonzero(groups.codes >= 0)
    code = groups.codes[group, nth]
    ways = np.searchsorted(places.way_from, np.arange(int(groups.county.max()) + 2))
    of, way = spans(ways[groups.county[group]], np.diff(ways)[groups.county[group]])
    key = places.way_to[way] * N_CODES + code[of]
    first = np.searchsorted(seat_key, key)
    pair, seat = spans(first, np.searchsorted(seat_key, key, side="right") - first)
    return group[of[pair]], seat
