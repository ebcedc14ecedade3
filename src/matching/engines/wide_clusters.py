"""Which teachers go with which cluster of needs, and which pairs within the clusters are worth a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.engines.wide_flow import Flow
from matching.engines.wide_prices import Priced, Prices
from matching.problem.program import Int64
from matching.problem.wide import chunks


def teachers_of(priced: Priced, flow: Flow, cluster: Int64, companies: Sequence[Sequence[int]]) -> Int64:
    """Return the cluster of each teacher: where the flow sends them, else where they would cost least, -1 without any.

    Parameters
    ----------
    cluster : of each need
    companies : teachers who go together; they follow the first of them whom the flow sends anywhere
    """
    arcs = priced.wide.arcs
    mine = np.full(arcs.n_teachers, -1, np.int64)
    for at, reduced in _reduced(priced, flow.prices):
        teacher = arcs.teacher[at]
        first = np.flatnonzero(np.diff(teacher, prepend=-1))
        least = np.minimum.reduceat(reduced, first)
        best = np.flatnonzero(reduced == np.repeat(least, np.diff(np.append(first, len(reduced)))))
        mine[teacher[best]] = cluster[arcs.need[at][best]]
    mine[arcs.teacher[flow.carried]] = cluster[arcs.need[flow.carried]]
    sent = np.zeros(arcs.n_teachers, np.bool_)
    sent[arcs.teacher[flow.carried]] = True
    for company in companies:
        who = np.array(company)
        mine[who] = mine[who[np.argmax(sent[who])]]
    return mine


def within(priced: Priced, prices: Prices, teachers: Int64, cluster: Int64, most: int) -> Int64:
    """Return the pairs within clusters, `most` of least reduced cost where they are more."""
    arcs = priced.wide.arcs
    found, costs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for at, reduced in _reduced(priced, prices):
        inside = np.flatnonzero(teachers[arcs.teacher[at]] == cluster[arcs.need[at]])
        found.append(at.start + inside)
        costs.append(reduced[inside])
    pairs, cost = np.concatenate(found), np.concatenate(costs)
    return pairs if len(pairs) <= most else np.sort(pairs[np.argpartition(cost, most)[:most]])


def _reduced(priced: Priced, prices: Prices) -> Iterator[tuple[slice, Int64]]:
    """Yield spans of pairs and their reduced costs."""
    for _, _, start, end in chunks(priced.wide.arcs):
        if start < end:
            at = slice(start, end)
            yield at, priced.reduced(prices, at)
