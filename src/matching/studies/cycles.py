"""Rings of teachers who each gain by taking the next one's post."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.studies.gains import Wants

Cycle = tuple[int, ...]
"""Movers in order, the smallest first: each takes the post of the next, the last that of the first."""

LENGTHS = (2, 3, 4)
PATHS = 2_000_000
"""How many paths are followed at most in search of cycles of one length."""


def chosen(wanted: Wants, n: int, keeps: Callable[[Cycle], bool], most: int) -> list[Cycle]:
    """Return cycles of 2, then of 3, then of 4 movers, no mover in two of them; those that gain most come first.

    Parameters
    ----------
    n : how many movers there are
    keeps : whether the swap keeps to the rules; asked only of cycles that would be taken
    most : how often `keeps` is asked
    """
    free = np.ones(n, np.bool_)
    found: list[Cycle] = []
    for length in LENGTHS:
        for cycle in cycles(wanted.take(free[wanted.tail] & free[wanted.head]), n, length) if most else ():
            members = list(cycle)
            if most and free[members].all():
                most -= 1
                if keeps(cycle):
                    free[members] = False
                    found.append(cycle)
    return found


def cycles(wanted: Wants, n: int, length: int) -> list[Cycle]:
    """Return cycles of that length, the largest gain first: wishes, then home counties, then kilometres.

    Among many wishes, only the best of each mover but the last are followed.
    """
    wanted = wanted.take(_within_rings(wanted, n))
    followed = wanted.best(max(1, int((PATHS / max(n, 1)) ** (1 / (length - 1)))))
    links = _sorted(followed)
    paths, edges = _first(links)
    for _ in range(length - 2):
        paths, edges = _longer(links, paths, edges)
    return _by_gain(*_closed(_sorted(wanted), links, paths, edges, n))


def _sorted(wanted: Wants) -> Wants:
    return wanted.take(np.lexsort((wanted.head, wanted.tail)))


def _first(links: Wants) -> tuple[Int64, Int64]:
    """Return the paths of one edge, (n_paths, 2), and the positions of their edges, (n_paths, 1)."""
    up = np.flatnonzero(links.head > links.tail)
    return np.stack([links.tail[up], links.head[up]], axis=1), up[:, None]


def _longer(links: Wants, paths: Int64, edges: Int64) -> tuple[Int64, Int64]:
    """Return every path one edge longer, through movers that are not in it and come after its first."""
    first, last = (np.searchsorted(links.tail, paths[:, -1], end) for end in ("left", "right"))
    each = last - first
    at = np.repeat(np.arange(len(paths)), each)
    edge = np.repeat(first, each) + np.arange(len(at)) - np.repeat(np.cumsum(each) - each, each)
    head = links.head[edge]
    new = (head > paths[at, 0]) & (paths[at, 1:] != head[:, None]).all(axis=1)
    return np.column_stack([paths[at[new]], head[new]]), np.column_stack([edges[at[new]], edge[new]])


def _closed(wanted: Wants, links: Wants, paths: Int64, edges: Int64, n: int) -> tuple[Int64, Int64]:
    """Return the paths whose last mover wants the first one's post, and what they gain in all, (n_paths, 3)."""
    key, asked = wanted.tail * n + wanted.head, paths[:, -1] * n + paths[:, 0]
    at = np.minimum(np.searchsorted(key, asked), max(len(key) - 1, 0))
    shut = np.flatnonzero(key[at] == asked) if len(key) else np.zeros(0, np.int64)
    gains = [ours[edges[shut]].sum(axis=1) + theirs[at[shut]] for ours, theirs in (
        (links.steps, wanted.steps), (links.home, wanted.home), (links.nearer, wanted.nearer))]
    return paths[shut], np.stack(gains, axis=1)


def _by_gain(paths: Int64, gains: Int64) -> list[Cycle]:
    order = np.lexsort((*paths.T[::-1], *(-gains.T[::-1])))
    return [tuple(path) for path in paths[order].tolist()]


def _within_rings(wanted: Wants, n: int) -> Bools:
    """Leave out wishes that can be part of no cycle."""
    graph = sparse.csr_array((np.ones(len(wanted.tail)), (wanted.tail, wanted.head)), shape=(n, n))
    ring = sparse.csgraph.connected_components(graph, directed=True, connection="strong")[1]
    return np.asarray(ring[wanted.tail] == ring[wanted.head])
