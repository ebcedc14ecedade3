"""Prices of a wide problem's rows, and the bound that they prove over all pairs.

With a potential at every node of the network and a price on every other row, each pair has a reduced cost, and no plan
costs less than what nodes and rows come to where no pair's is negative (Lagrange). A teacher who has pairs with a
negative one pays the difference at their own node first: so any prices give a bound. All is whole numbers, the prices
in parts of `scale`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.wide_network import WideNetwork
from matching.problem.coarse import refined
from matching.problem.program import INFINITE, Int64
from matching.problem.wide import Ints, Wide, chunks

MOST_CELLS = 16_000_000
"""How many pairs of a kind of teachers and a need are priced one by one at most."""


class Prices(NamedTuple):
    """What is paid, in parts of `scale`.

    Attributes
    ----------
    goal : the goal that is bounded
    goals : of each goal before it, what a unit of its cost is charged
    rows : of each priced block, one price a row: positive where its upper bound is paid for, negative the lower one
    potential : of each node
    """

    scale: int
    goal: int
    goals: tuple[int, ...]
    rows: tuple[Int64, ...]
    potential: Int64


class Scan(NamedTuple):
    """What a pass over all pairs found: prices at which none saves anything, their bound, and the pairs that did.

    `worst` is the least reduced cost of each teacher's pairs, 0 where none is negative.
    """

    prices: Prices
    bound: Fraction
    saving: Int64
    worst: Int64


class Priced:
    """The pairs of a wide problem under prices of their rows."""

    def __init__(self, wide: Wide, network: WideNetwork) -> None:
        self.wide = wide
        self.network = network
        kind = np.zeros(wide.arcs.n_teachers, np.int32)
        taken = []
        for block in network.priced:
            finer = refined(kind, block.teacher)
            if (int(finer.max(initial=0)) + 1) * wide.arcs.n_needs <= MOST_CELLS:
                kind = finer.astype(np.int32)
                taken.append(block)
        self.blocks = tuple(taken)
        self._kind = kind
        self._one = np.unique(kind, return_index=True)[1]

    def no_prices(self) -> tuple[Int64, ...]:
        """Return no price for any row."""
        return tuple(np.zeros(block.matrix.shape[0], np.int64) for block in self.blocks)

    def costs(self, prices: Prices, arcs: Int64 | slice) -> Int64:
        """Return what each of some pairs costs, what it is charged by priced rows and goals before included."""
        teacher, need = self.wide.arcs.teacher[arcs], self.wide.arcs.need[arcs]
        return self._own(prices, arcs) + self._table(prices)[self._cell(teacher, need)]

    def reduced(self, prices: Prices, arcs: Int64 | slice) -> Int64:
        """Return the reduced cost of each of some pairs: what it costs, and the potentials of its ends."""
        ends, network, potential = self.wide.arcs, self.network, prices.potential
        leave, come = network.teacher[ends.teacher[arcs]], network.need[ends.need[arcs]]
        return np.asarray(self.costs(prices, arcs) + potential[leave] - potential[come], np.int64)

    def _cell(self, teacher: Ints, need: Ints) -> Int64:
        return self._kind[teacher].astype(np.int64) * self.wide.arcs.n_needs + need

    def _own(self, prices: Prices, arcs: Int64 | slice) -> Int64:
        own = self.wide.costs[prices.goal][arcs].astype(np.int64) * prices.scale
        for price, cost in zip(prices.goals, self.wide.costs, strict=False):
            if price:
                own += price * cost[arcs].astype(np.int64)
        return own

    def _table(self, prices: Prices) -> Int64:
        """Return what the priced rows charge each kind of teachers for each need, flat."""
        n_needs = self.wide.arcs.n_needs
        table = np.zeros((len(self._one), n_needs), np.int64)
        for price, block in zip(prices.rows, self.blocks, strict=True):
            if price.any():
                of_cell = block.matrix.T @ price
                table += of_cell[block.teacher[self._one].astype(np.int64)[:, None] * block.n_needs + block.need]
        return table.reshape(-1)

    def scan(self, prices: Prices, limits: Sequence[int]) -> Scan:
        """Price all pairs.

        Parameters
        ----------
        limits : of each goal before, what plans may cost in it at most
        """
        arcs, network = self.wide.arcs, self.network
        table = (self._table(prices).reshape(len(self._one), -1) - prices.potential[network.need]).reshape(-1)
        least = np.zeros(arcs.n_teachers, np.int64)
        saving = [np.zeros(0, np.int64)]
        for first, last, start, end in chunks(arcs):
            if start == end:
                continue
            teacher = arcs.teacher[start:end]
            reduced = self._own(prices, slice(start, end)) + table[self._cell(teacher, arcs.need[start:end])]
            reduced += prices.potential[network.teacher[teacher]]
            saving.append(start + np.flatnonzero(reduced < 0))
            filled = first + np.flatnonzero(np.diff(arcs.start[first:last + 1]))
            least[filled] = np.minimum(np.minimum.reduceat(reduced, arcs.start[filled] - start), 0)
        potential = prices.potential.copy()
        raised = np.zeros(network.n_nodes, np.int64)
        np.minimum.at(raised, network.teacher, least)
        paid = prices._replace(potential=potential - raised)
        return Scan(paid, self.bound(paid, limits), np.concatenate(saving), least)

    def bound(self, prices: Prices, limits: Sequence[int]) -> Fraction:
        """Return the bound of prices at which no pair saves anything."""
        network, potential = self.network, prices.potential
        reduced = potential[network.tail] - potential[network.head]
        total = _summed(reduced, np.where(reduced < 0, network.upper, network.lower))
        for price, block in zip(prices.rows, self.blocks, strict=True):
            side = np.where(price > 0, block.upper, np.where(price < 0, block.lower, 0))
            assert not np.any(np.abs(side) >= INFINITE)
            total -= _summed(price, side)
        total -= sum(price * limit for price, limit in zip(prices.goals, limits, strict=True))
        return Fraction(total, prices.scale)


def _summed(a: Int64, b: Int64) -> int:
    """Return the sum of products, exactly."""
    at = np.flatnonzero(a)
    return sum(x * y for x, y in zip(a[at].tolist(), b[at].tolist(), strict=True))
