"""Clusters put together two and two, those first that have most to give each other."""

from __future__ import annotations

import numpy as np

from matching.problem.arcs import Arcs
from matching.problem.program import Int64

SAMPLE = 2_000_000


def grown(arcs: Arcs, carried: Int64, cluster: Int64, least: int) -> Int64:
    """Return the clusters of the needs after small ones were put together until few are left with fewer than `least`
    pairs of `carried`."""
    cluster = _numbered(cluster)
    while True:
        size = np.bincount(cluster[arcs.need[carried]], minlength=int(cluster.max(initial=-1)) + 1)
        if np.count_nonzero(size < least) * 2 <= len(size) or len(size) < 2:
            return cluster
        cluster = pairs_of(arcs, carried, cluster, 0)
        if int(cluster.max()) + 1 == len(size):
            return cluster


def pairs_of(arcs: Arcs, carried: Int64, cluster: Int64, seed: int) -> Int64:
    """Return the clusters of the needs after each was put together with at most one other.

    Two have the more to give each other, the more pairs lead from teachers who go to one to needs of the other. Where
    that was done before, another `seed` puts others together.

    Parameters
    ----------
    carried : the pairs of a plan
    cluster : of each need, from 0 without gaps
    """
    n = int(cluster.max(initial=-1)) + 1
    goes = np.full(arcs.n_teachers, -1, np.int64)
    goes[arcs.teacher[carried]] = cluster[arcs.need[carried]]
    random = np.random.default_rng(seed)
    some = np.arange(len(arcs)) if len(arcs) <= SAMPLE else random.integers(0, len(arcs), SAMPLE)
    leave, come = goes[arcs.teacher[some]], cluster[arcs.need[some]]
    known = (leave >= 0) & (leave != come)
    ways = np.bincount(leave[known] * n + come[known], minlength=n * n).reshape(n, n)
    return _numbered(_matched(ways + ways.T, random, seed))[cluster]


def _matched(ways: Int64, random: np.random.Generator, seed: int) -> Int64:
    """Return for each cluster the smaller number of those that it goes with: the widest way first, as long as both are
    free; from the second time on with luck."""
    n = len(ways)
    luck = random.random(ways.shape) if seed else np.ones(ways.shape)
    first, second = np.nonzero(np.triu(ways, 1))
    order = np.argsort(-(ways * luck)[first, second], kind="stable")
    together = np.arange(n)
    free = np.ones(n, np.bool_)
    for a, b in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if free[a] and free[b]:
            together[b] = a
            free[[a, b]] = False
    return together


def _numbered(together: Int64) -> Int64:
    return np.asarray(np.unique(together, return_inverse=True)[1], np.int64).reshape(-1)
