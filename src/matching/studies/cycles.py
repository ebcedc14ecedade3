"""Rings of teachers who each gain by taking the next one's post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
from scipy import sparse

from matching.problem.conditions import Bools
from matching.studies.gains import Wants

Cycle = tuple[int, ...]
"""Movers in order, the smallest first: each takes the post of the next, the last that of the first."""

FANCIED = {3: 30, 4: 8}
"""How many posts of each teacher, the best first, are looked at in search of cycles of that length."""
LOOKED_AT = 20_000
"""How many cycles of one length are looked at."""


def chosen(wanted: Wants, n: int, keeps: Callable[[Cycle], bool]) -> list[Cycle]:
    """Return cycles of 2, then of 3, then of 4 movers, no mover in two of them; those that gain most come first.

    Parameters
    ----------
    n : how many movers there are
    keeps : whether the swap keeps to the rules; asked only of cycles that would be taken
    """
    free = np.ones(n, np.bool_)
    found: list[Cycle] = []
    for length in (2, 3, 4):
        mine = wanted.take(free[wanted.tail] & free[wanted.head])
        for cycle in _pairs(mine, n) if length == 2 else _longer(mine, n, length):
            if free[list(cycle)].all() and keeps(cycle):
                free[list(cycle)] = False
                found.append(cycle)
    return found


def _pairs(wanted: Wants, n: int) -> list[Cycle]:
    """Return who would swap with whom, the largest gain first."""
    key, back = wanted.tail * n + wanted.head, wanted.head * n + wanted.tail
    forth = np.argsort(key)
    here = np.flatnonzero(np.isin(key, back) & (wanted.tail < wanted.head))
    there = forth[np.searchsorted(key[forth], back[here])]
    total = [column[here] + column[there] for column in (wanted.steps, wanted.home, wanted.nearer)]
    order = np.lexsort((wanted.head[here], wanted.tail[here], *(-column for column in reversed(total))))
    return list(zip(wanted.tail[here][order].tolist(), wanted.head[here][order].tolist(), strict=True))


def _longer(wanted: Wants, n: int, length: int) -> list[Cycle]:
    import networkx as nx

    best = wanted.take(_within_rings(wanted, n)).best(FANCIED[length])
    gain = dict(zip(zip(best.tail.tolist(), best.head.tolist(), strict=True),
                    zip(best.steps.tolist(), best.home.tolist(), best.nearer.tolist(), strict=True), strict=True))
    graph = nx.DiGraph()
    graph.add_edges_from(sorted(gain))
    rings: Iterator[list[int]] = (c for c in nx.simple_cycles(graph, length_bound=length) if len(c) == length)
    cycles = [_turned(ring) for ring in islice(rings, LOOKED_AT)]
    total = {c: tuple(map(sum, zip(*(gain[edge] for edge in zip(c, _next(c), strict=True)), strict=True)))
             for c in cycles}
    return sorted(cycles, key=lambda c: (*(-part for part in total[c]), *c))


def _next(cycle: Cycle) -> Cycle:
    return (*cycle[1:], cycle[0])


def _turned(ring: list[int]) -> Cycle:
    at = ring.index(min(ring))
    return (*ring[at:], *ring[:at])


def _within_rings(wanted: Wants, n: int) -> Bools:
    """Leave out wishes that can be part of no cycle."""
    graph = sparse.csr_array((np.ones(len(wanted.tail)), (wanted.tail, wanted.head)), shape=(n, n))
    ring = sparse.csgraph.connected_components(graph, directed=True, connection="strong")[1]
    return np.asarray(ring[wanted.tail] == ring[wanted.head])
