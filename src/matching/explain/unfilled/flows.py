"""The most seats of some posts that can be filled at once, and what holds back the rest."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.explain.caps import Cap, Side
from matching.problem.arcs import Arcs
from matching.problem.program import Int64


class Held(NamedTuple):
    """A cap that holds back: `teachers` who are eligible for the posts in question count towards it."""

    cap: Cap
    teachers: int


class Most(NamedTuple):
    """The most seats that can be filled, and the caps of a least cut that say so, a teacher's own left out."""

    seats: int
    held: tuple[Held, ...]


class Flow:
    """Asks for the greatest flow into posts.

    Parameters
    ----------
    sending, receiving : the caps on either side
    unnamed : ids of rules whose caps go without saying: those on the posts of one teacher
    """

    def __init__(self, arcs: Arcs, sending: Side, receiving: Side, unnamed: frozenset[str]) -> None:
        self._arcs, self._sending, self._receiving, self._unnamed = arcs, sending, receiving, unnamed
        self._first, self._second = 1, 1 + len(sending.caps)
        self._sink = self._second + len(receiving.caps)

    def into(self, arcs: Int64) -> Most:
        """Return the most of `arcs`, positions, that can be placements at once."""
        from scipy.sparse.csgraph import breadth_first_order, maximum_flow

        tail, head, room = self._edges(arcs)
        nodes, ends = np.unique(np.concatenate([tail, head, [0, self._sink]]), return_inverse=True)
        n, m, ends = len(nodes), len(tail), ends.reshape(-1)
        graph = sparse.csr_array((room, (ends[:m], ends[m:2 * m])), shape=(n, n), dtype=np.int32)
        graph.sum_duplicates()
        found = maximum_flow(graph, 0, n - 1)
        left = sparse.csr_array(graph - found.flow)
        left.eliminate_zeros()
        reaching = np.zeros(self._sink + 1, np.bool_)
        reaching[nodes[breadth_first_order(left.T.tocsr(), n - 1, return_predecessors=False)]] = True
        return Most(int(found.flow_value), self._cut(arcs, reaching))

    def _edges(self, arcs: Int64) -> tuple[Int64, Int64, Int64]:
        """Return edges and their capacities: from the source by the senders' caps to the receivers' and the sink."""
        sending, receiving = self._sending, self._receiving
        leaf, post = sending.of_arc[arcs], receiving.of_arc[arcs]
        mine, theirs = _upwards(leaf, sending.parent), _upwards(post, receiving.parent)
        above, beyond = sending.parent[mine], receiving.parent[theirs]
        tail = np.concatenate([np.where(leaf < 0, 0, self._first + leaf), np.where(above < 0, 0, self._first + above),
                               self._second + theirs])
        head = np.concatenate([self._second + post, self._first + mine,
                               np.where(beyond < 0, self._sink, self._second + beyond)])
        room = np.concatenate([np.ones(len(arcs), np.int64), sending.limit[mine], receiving.limit[theirs]])
        return tail, head, np.minimum(np.maximum(room, 0), len(self._arcs))

    def _cut(self, arcs: Int64, reaching: Any) -> tuple[Held, ...]:
        """Return the caps whose edges lead from what does not reach the sink to what does."""
        sending, receiving = self._sending, self._receiving
        mine, theirs = (_upwards(side.of_arc[arcs], side.parent) for side in (sending, receiving))
        above, beyond = sending.parent[mine], receiving.parent[theirs]
        came = reaching[self._first + mine] & ~((above >= 0) & reaching[self._first + above])
        full = ~reaching[self._second + theirs] & ((beyond < 0) | reaching[self._second + beyond])
        return (*self.held(mine[came], arcs), *self._held(receiving, theirs[full], arcs))

    def held(self, nodes: Int64, arcs: Int64) -> tuple[Held, ...]:
        """Return those caps of the senders, by position, that let fewer come than are eligible by `arcs`."""
        return self._held(self._sending, nodes, arcs)

    def _held(self, side: Side, nodes: Int64, arcs: Int64) -> tuple[Held, ...]:
        unnamed = (None, *self._unnamed)
        kept = np.array([n for n in nodes.tolist() if side.caps[n].rule not in unnamed], np.int64)
        here = np.zeros(len(self._arcs), np.bool_)
        here[arcs] = True
        held = []
        for cap in kept.tolist():
            counted = side.members(cap)
            teachers = len(np.unique(self._arcs.teacher[counted[here[counted]]]))
            if teachers > side.caps[cap].limit:
                held.append(Held(side.caps[cap], teachers))
        return tuple(held)


def _upwards(leaves: Int64, parent: Int64) -> Int64:
    """Return the nodes `leaves` and all those around them, once each."""
    found = at = np.unique(leaves[leaves >= 0])
    while len(at):
        at = np.unique(parent[at])
        at = at[at >= 0]
        found = np.union1d(found, at)
    return np.asarray(found, np.int64)
