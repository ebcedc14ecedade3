"""The relaxation of a program in parts: what links them is paid for, and the prices are found by which it is kept to.

At prices y >= 0 of the couplings ``A x <= u`` no x of the whole costs less than the sum over the parts of
``min (cost + y A) x``, less ``y u`` (Lagrange), whatever the prices. Prices, and shares of the parts' solutions, come
from a small program that mixes all solutions seen so far so that the couplings hold (G. B. Dantzig, P. Wolfe,
"Decomposition principle for linear programs", 1960); at its end the mixture is an optimum of the whole relaxation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.couplings import Couplings, Floats
from matching.engines.split import Split
from matching.problem.program import Int64

MOST_ROUNDS = 60
CLOSE = 1e-7
KEPT = 1e-6
PRECISION = 2**20
"""Prices are rounded so that a program's largest cost is about this many of their units."""
DEARER, LARGEST_PENALTY = 8, 2**20
"""How much more breaking a coupling costs where no mixture keeps to it, and the most of it, in largest costs."""


class Minimum(NamedTuple):
    """A part's relaxation at one cost: a solution, shape (its n_columns,), and a bound that is proven."""

    x: Floats
    bound: Fraction


Minimise = Callable[[Int64], Minimum | None]
"""One part's relaxation: its least cost at the whole-number costs given, None where it has no answer."""
Ask = Callable[[Minimise, Int64], Minimum | None]
Each = Callable[[Ask, Iterable[Minimise], Iterable[Int64]], Iterable[Minimum | None]]


class Priced(NamedTuple):
    """The relaxation of the whole.

    Attributes
    ----------
    x : shape (n_columns,); it keeps to the couplings, loose columns are 0
    bound : no whole x costs less; what loose columns cost is not in it
    value : what `x` costs
    prices : shape (n_rows,); of linking rows, 0 elsewhere
    rounds : how often each part was minimised
    """

    x: Floats
    bound: Fraction
    value: float
    prices: Floats
    rounds: int


class _Seen(NamedTuple):
    """One solution of one part: what it costs, and uses of each coupling."""

    part: int
    x: Floats
    value: float
    use: Floats


class _Mixture(NamedTuple):
    """The cheapest mixture of solutions: how much of each, at which prices, and how far it breaks couplings."""

    value: float
    shares: Floats
    prices: Floats
    broken: float


def by_price(split: Split, found: Couplings, cost: Int64, parts: Sequence[Minimise], *, each: Each = map,
             close: float = CLOSE) -> Priced | None:
    """Return the relaxation of the whole for one cost, None where a part has no answer or no mixture fits.

    Parameters
    ----------
    cost : int64, shape (n_columns,)
    parts : the parts' relaxations, in order; best kept from call to call, so that each starts from the one before
    each : `map`, or one that does several at once and answers in the same order
    close : ends where value and bound differ by no more than this part of them
    """
    search = _Search(split, found, cost)
    prices = np.zeros(len(found.upper), np.int64)
    bounds: list[Fraction] = []
    while len(bounds) < MOST_ROUNDS:
        costs = [search.cost_of(k, prices) for k in range(len(parts))]
        bound = search.taken(each(_ask, parts, costs), prices)
        if bound is None:
            return None
        bounds.append(bound)
        mixture, before = search.mixed(), prices
        prices = search.whole(mixture.prices)
        if mixture.value - float(max(bounds)) > close * max(1.0, abs(mixture.value)) and (prices != before).any():
            continue
        if mixture.broken <= KEPT:
            break
        if not search.dearer():
            return None
    if mixture.broken > KEPT:
        return None
    rows = np.zeros(split.whole.n_rows)
    rows[split.linking] = mixture.prices @ found.weights
    return Priced(search.x(mixture.shares), max(bounds), mixture.value, rows, len(bounds))


def _ask(minimise: Minimise, cost: Int64) -> Minimum | None:
    return minimise(cost)


class _Search:
    """All solutions seen so far, and what they cost and use."""

    def __init__(self, split: Split, found: Couplings, cost: Int64) -> None:
        by_column = found.matrix.tocsc()
        largest = max(1, int(np.abs(cost).max(initial=0)))
        self._split = split
        self._upper = found.upper
        self._costs = [cost[part.columns] for part in split.parts]
        self._rows = [sparse.csr_array(by_column[:, part.columns].T) for part in split.parts]
        self._scale = max(1, PRECISION // largest)
        typical = np.maximum(1, abs(found.matrix).sum(axis=1) / np.maximum(1, np.diff(found.matrix.indptr)))
        self._penalties, self._largest_penalty = largest / typical, LARGEST_PENALTY * largest
        self._seen: list[_Seen] = []

    def cost_of(self, k: int, prices: Int64) -> Int64:
        """Return what part `k` pays for each column, in whole units of the prices."""
        return np.asarray(self._scale * self._costs[k] + self._rows[k] @ prices)

    def whole(self, prices: Floats) -> Int64:
        """Return prices in whole units."""
        return np.rint(prices * self._scale).astype(np.int64)

    def taken(self, replies: Iterable[Minimum | None], prices: Int64) -> Fraction | None:
        """Keep the parts' solutions and return the bound that they prove together."""
        total = -sum(y * u for y, u in zip(prices.tolist(), self._upper.tolist(), strict=True))
        bound = Fraction(total)
        for k, reply in enumerate(replies):
            if reply is None:
                return None
            bound += reply.bound
            self._seen.append(_Seen(k, reply.x, float(self._costs[k] @ reply.x), self._rows[k].T @ reply.x))
        return bound / self._scale

    def mixed(self) -> _Mixture:
        """Return the cheapest mixture that keeps to the couplings, or breaks them at the penalty."""
        from scipy.optimize import linprog

        n, m = len(self._seen), len(self._upper)
        use = np.array([seen.use for seen in self._seen]).reshape(n, m).T
        one_each = sparse.csr_array((np.ones(n), ([seen.part for seen in self._seen], np.arange(n))),
                                    shape=(len(self._costs), n + m))
        found = linprog(np.concatenate([[seen.value for seen in self._seen], self._penalties]),
                        np.hstack([use, -np.eye(m)]), self._upper, one_each, np.ones(len(self._costs)))
        return _Mixture(float(found.fun), found.x[:n], np.maximum(0.0, -found.ineqlin.marginals),
                        float(found.x[n:].sum()))

    def dearer(self) -> bool:
        """Raise the penalty, and tell whether that can still help."""
        self._penalties = self._penalties * DEARER
        return bool(self._penalties.max() <= self._largest_penalty)

    def x(self, shares: Floats) -> Floats:
        """Return the mixture of the solutions."""
        x = np.zeros(self._split.whole.n_columns)
        for seen, share in zip(self._seen, shares.tolist(), strict=True):
            if share:
                x[self._split.parts[seen.part].columns] += share * seen.x
        return x
