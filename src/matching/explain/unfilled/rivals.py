"""Posts that compete for too few teachers: a set whose seats cannot all be filled, whatever the plan.

From a post with an empty seat one follows who could come, and where these are now; where nobody in the end is free to
come, the posts met on the way have teachers for just the seats that are filled: the smallest such set around the post
(P. Hall, "On representatives of subsets", 1935; with caps, the cut of a flow).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.explain.caps import one_each, receivers, senders
from matching.explain.unfilled.flows import Flow, Held
from matching.problem import Problem
from matching.problem.conditions import Bools
from matching.problem.program import Int64


class Rivals(NamedTuple):
    """Posts, of whose `seats` at most `can` can be filled at once; `teachers` are eligible for some of them.

    Attributes
    ----------
    needs, teachers : positions in the instance
    held : the caps that let fewer than these teachers come
    full : whether it is a cap of the receiving side, such as beds, that lets no one more come
    """

    needs: tuple[int, ...]
    teachers: tuple[int, ...]
    seats: int
    can: int
    held: tuple[Held, ...]
    full: bool = False

    @property
    def short(self) -> int:
        """How many of the seats stay empty at least, whatever the plan."""
        return self.seats - self.can


class Network:
    """Who can come where under seats and caps alone, and where a plan has them.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        arcs = self._arcs = problem.arcs
        self._x = np.zeros(len(arcs), np.int64)
        self._x[chosen] = 1
        self._seats = np.array([n.count for n in problem.instance.needs], np.int64)
        self._sending, self._receiving = senders(problem), receivers(problem)
        self._flow = Flow(arcs, self._sending, self._receiving, one_each(problem))
        self._by_need = np.argsort(arcs.need, kind="stable")
        self._start = np.searchsorted(arcs.need[self._by_need], np.arange(arcs.n_needs + 1))
        self._known: dict[frozenset[int], Rivals] = {}

    def arcs_of(self, need: int) -> Int64:
        """Return the arcs of a need."""
        return np.asarray(self._by_need[self._start[need]:self._start[need + 1]], np.int64)

    def among(self, needs: frozenset[int]) -> Rivals:
        """Return how many seats of `needs` can be filled at once."""
        if needs not in self._known:
            self._known[needs] = self._among(sorted(needs))
        return self._known[needs]

    def _among(self, needs: list[int]) -> Rivals:
        arcs = np.concatenate([np.zeros(0, np.int64), *(self.arcs_of(n) for n in needs)])
        most = self._flow.into(arcs)
        return Rivals(tuple(needs), tuple(np.unique(self._arcs.teacher[arcs]).tolist()), int(self._seats[needs].sum()),
                      most.seats, most.held)

    def rivals(self, need: int) -> tuple[Rivals, ...]:
        """Return the sets of posts that explain an empty seat of `need`: none, one or two.

        The first, of posts behind one full door: a cap of the receiving side, such as beds, lets no one more come. The
        second, the smallest set of posts whose filled seats take all teachers that could come.
        """
        doors, met = self._full_above(need), self._met(need)
        found = [self._behind(doors, need)] if len(doors) else []
        return tuple(r for r in (*found, *([] if met is None else [met])) if r.short > 0)

    def _behind(self, doors: Int64, need: int) -> Rivals:
        """Return `need` and the posts behind full caps of the receiving side, by their positions."""
        side = self._receiving
        arcs = np.unique(np.concatenate([side.members(door) for door in doors.tolist()]))
        found = self.among(frozenset(np.unique(self._arcs.need[arcs]).tolist()) | {need})
        held = [Held(side.caps[d], len(np.unique(self._arcs.teacher[side.members(d)]))) for d in doors.tolist()]
        return found._replace(held=(*held, *(h for h in found.held if h not in held)), full=True)

    def _met(self, need: int) -> Rivals | None:
        """Return the posts met from `need`; None where someone is free to come."""
        met = self._nodes_met(need)
        return None if met is None else self._cut_off(met)

    def _nodes_met(self, need: int) -> Int64 | None:
        from scipy.sparse.csgraph import breadth_first_order

        met = breadth_first_order(self._backwards, self._first_need + need, return_predecessors=False)
        return None if 0 in met else np.asarray(met, np.int64)

    def _cut_off(self, met: Int64) -> Rivals:
        """Return the posts among nodes: what can come is cut off by the caps among them around which no cap is."""
        needs = np.sort(met[met >= self._first_need] - self._first_need)
        inside = np.zeros(self._first_need, np.bool_)
        inside[met[met < self._first_need]] = True
        arcs = np.concatenate([np.zeros(0, np.int64), *(self.arcs_of(n) for n in needs.tolist())])
        nodes = np.flatnonzero(inside[1:] & ~inside[1 + self._sending.parent])
        alone = int(((self._x[arcs] > 0) & ~inside[1 + self._sending.of_arc[arcs]]).sum())
        can = alone + int(self._sending.limit[nodes].sum())
        return Rivals(tuple(needs.tolist()), tuple(np.unique(self._arcs.teacher[arcs]).tolist()),
                      int(self._seats[needs].sum()), can, self._flow.held(nodes, arcs))

    def families(self, needs: Iterable[int]) -> tuple[Rivals, ...]:
        """Return the sets met from `needs`, those with posts in common joined, the greatest shortage first.

        What is met from several posts together is short by all that each set lacks: no seat is counted twice.
        """
        found: list[Int64] = []
        for met in (self._nodes_met(n) for n in needs):
            if met is not None:
                apart = [f for f in found if not np.isin(met, f, kind="sort").any()]
                joined = [f for f in found if np.isin(met, f, kind="sort").any()]
                found = [*apart, np.unique(np.concatenate([met, *joined]))]
        cut = (self._cut_off(met) for met in found)
        return tuple(sorted((r for r in cut if r.short > 0), key=lambda r: (-r.short, r.needs)))

    def _full_above(self, need: int) -> Int64:
        """Return the caps of receivers that keep every arc of `need` out; none where one arc is open."""
        kept_out = [self._full_cap(a) for a in self.arcs_of(need).tolist()]
        return np.unique(np.array([] if None in kept_out else kept_out, np.int64))

    def _full_cap(self, arc: int) -> int | None:
        node = int(self._receiving.of_arc[arc])
        while node >= 0:
            if self._full[node] and self._receiving.caps[node].rule is not None:
                return node
            node = int(self._receiving.parent[node])
        return None

    @cached_property
    def _full(self) -> Bools:
        return np.asarray(self._receiving.used(self._x) >= self._receiving.limit)

    @property
    def _first_need(self) -> int:
        return 1 + len(self._sending.caps)

    @cached_property
    def _backwards(self) -> Any:
        """Return an edge v -> w where w could yield what v lacks; node 0 stands for whoever is free."""
        side, x = self._sending, self._x > 0
        need, leaf = self._first_need + self._arcs.need, 1 + side.of_arc
        used = side.used(self._x)
        node = 1 + np.arange(len(side.caps))
        above = 1 + side.parent
        room, inner = used < side.limit, (side.parent >= 0) & (used > 0)
        taken = x & (leaf > 0)
        tail = np.concatenate([need[~x], leaf[taken], node[room], above[inner]])
        head = np.concatenate([leaf[~x], need[taken], above[room], node[inner]])
        n = self._first_need + self._arcs.n_needs
        return sparse.csr_array((np.ones(len(tail)), (tail, head)), shape=(n, n))

