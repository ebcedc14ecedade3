"""The relaxation of a program in parts: what links them is paid for, and the prices are found by which it is kept to.

At prices y >= 0 of the couplings ``A x <= u`` no x of the whole costs less than the sum over the parts of
``min (cost + y A) x``, less ``y u`` (Lagrange), whatever the prices. Prices, and shares of the parts' solutions, come
from a small program that mixes all solutions seen so far so that the couplings hold (G. B. Dantzig, P. Wolfe,
"Decomposition principle for linear programs", 1960); at its end the mixture is an optimum of the whole relaxation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.couplings import Couplings, Floats, of_parts
from matching.engines.split import Split
from matching.problem.program import Int64

MOST_ROUNDS = 60
CLOSE = 1e-7
KEPT = 1e-6
PRECISION = 2**20
DEARER, LARGEST_PENALTY = 8, 2**20
"""How much more breaking a coupling costs where no mixture keeps to it, and the most of it, in largest costs."""
BOX = 1.25


class Minimum(NamedTuple):
    """A part's relaxation at one cost: a solution, shape (its n_columns,), and a bound that is proven."""

    x: Floats
    bound: Fraction


Minimise = Callable[[Sequence[Int64]], Iterable[Minimum | None]]
"""The parts' least costs at the whole-number costs given, one each, in order; None where a part has no answer."""


class Point(NamedTuple):
    """A part's solution: the positions and values of its columns that are not zero."""

    part: int
    columns: Int64
    values: Floats

    @classmethod
    def of(cls, part: int, x: Floats | Int64) -> Point:
        """Return the point of a solution of one part, shape (its n_columns,)."""
        columns = np.flatnonzero(x)
        return cls(part, columns, x[columns].astype(np.float64))

    def whole(self, n_columns: int) -> Int64:
        """Return the solution, whose values are whole numbers, shape (n_columns,)."""
        x = np.zeros(n_columns, np.int64)
        x[self.columns] = np.rint(self.values)
        return x


def _nobody(bound: Fraction) -> None:
    """Hear no bound."""


@dataclass(frozen=True)
class Terms:
    """How a search for prices begins, ends and tells.

    Attributes
    ----------
    start : shape (n couplings,), prices near those that are looked for; None where nothing is known of them
    points : solutions of parts that are known; those found are added, for the next search
    close : ends where value and bound differ by no more than this part of them
    precision : prices are rounded so that a program's largest cost is about this many of their units
    rounds : the most
    heard : told of each bound as it is proven
    box : by what factor prices may move from the start, up and down, until they are known to be further
    """

    start: Floats | None = None
    points: list[Point] = field(default_factory=list)
    close: float = CLOSE
    precision: int = PRECISION
    rounds: int = MOST_ROUNDS
    heard: Callable[[Fraction], None] = _nobody
    box: float = BOX


class Priced(NamedTuple):
    """The relaxation of the whole.

    Attributes
    ----------
    x : shape (n_columns,); it keeps to the couplings, loose columns are 0
    bound : no whole x costs less; what loose columns cost is not in it
    value : what `x` costs
    prices : shape (n_rows,); of linking rows, 0 elsewhere
    coupling_prices : shape (n couplings,)
    rounds : how often each part was minimised
    """

    x: Floats
    bound: Fraction
    value: float
    prices: Floats
    coupling_prices: Floats
    rounds: int


class _Seen(NamedTuple):
    """One solution of one part: what it costs, and uses of each coupling."""

    point: Point
    value: float
    use: Floats


class _Mixture(NamedTuple):
    """The cheapest mixture of solutions: how much of each, at which prices, how far it breaks couplings, and what it is
    paid for what it leaves of them."""

    value: float
    shares: Floats
    prices: Floats
    broken: float
    spared: float


def by_price(split: Split, found: Couplings, cost: Int64, minimise: Minimise, terms: Terms | None = None
             ) -> Priced | None:
    """Return the relaxation of the whole for one cost, None where a part has no answer or no mixture fits.

    Where a part has no answer later on, since time is up, what was known before.

    Parameters
    ----------
    cost : int64, shape (n_columns,)
    minimise : best with what it had kept from call to call, so that each part starts from the one before
    """
    terms = terms or Terms()
    search = _Search(split, found, cost, terms)
    prices, mixture = search.first, None
    bounds: list[Fraction] = []
    while len(bounds) < terms.rounds:
        bound = search.taken(minimise([search.cost_of(k, prices) for k in range(len(split.parts))]), prices)
        if bound is None:
            break
        terms.heard(bound)
        bounds.append(bound)
        mixture, before = search.mixed(), prices
        prices = search.whole(mixture.prices)
        if mixture.value - float(max(bounds)) > terms.close * max(1.0, abs(mixture.value)) \
                and (prices != before).any():
            continue
        if not search.widened(mixture):
            break
    if mixture is None or mixture.broken > KEPT:
        return None
    rows = np.zeros(split.whole.n_rows)
    rows[split.linking] = mixture.prices @ found.weights
    return Priced(search.x(mixture.shares), max(bounds), mixture.value, rows, mixture.prices, len(bounds))


class _Search:
    """All solutions seen so far, what they cost and use, and the box that prices are kept to for the time being."""

    def __init__(self, split: Split, found: Couplings, cost: Int64, terms: Terms) -> None:
        largest = max(1, int(np.abs(cost).max(initial=0)))
        self._split = split
        self._upper = found.upper
        self._costs = [cost[part.columns] for part in split.parts]
        self._rows = [sparse.csr_array(rows.T) for rows in of_parts(split, found)]
        self._scale = max(1, terms.precision // largest)
        typical = np.maximum(1, abs(found.matrix).sum(axis=1) / np.maximum(1, np.diff(found.matrix.indptr)))
        start = np.zeros(len(found.upper)) if terms.start is None else np.maximum(0.0, terms.start)
        self._most, self._least = np.where(start > 0, start * terms.box, largest / typical), start / terms.box
        self._largest_penalty = LARGEST_PENALTY * largest
        self._points = terms.points
        self._seen = [self._valued(point) for point in terms.points]
        self.first = self.whole(start)

    def cost_of(self, k: int, prices: Int64) -> Int64:
        """Return what part `k` pays for each column, in whole units of the prices."""
        return np.asarray(self._scale * self._costs[k] + self._rows[k] @ prices, np.int64)

    def whole(self, prices: Floats) -> Int64:
        """Return prices in whole units."""
        return np.rint(prices * self._scale).astype(np.int64)

    def _valued(self, point: Point) -> _Seen:
        part, columns, values = point
        return _Seen(point, float(self._costs[part][columns] @ values), self._rows[part][columns].T @ values)

    def taken(self, replies: Iterable[Minimum | None], prices: Int64) -> Fraction | None:
        """Keep the parts' solutions and return the bound that they prove together."""
        bound = Fraction(-sum(y * u for y, u in zip(prices.tolist(), self._upper.tolist(), strict=True)))
        points = []
        for k, reply in enumerate(replies):
            if reply is None:
                return None
            bound += reply.bound
            points.append(Point.of(k, reply.x))
        self._points += points
        self._seen += [self._valued(point) for point in points]
        return bound / self._scale

    def mixed(self) -> _Mixture:
        """Return the cheapest mixture: breaking a coupling costs the largest price, the least is paid for what is left
        of one."""
        from scipy.optimize import linprog

        n, m = len(self._seen), len(self._upper)
        use = np.array([seen.use for seen in self._seen]).reshape(n, m).T
        one_each = sparse.csr_array((np.ones(n), ([seen.point.part for seen in self._seen], np.arange(n))),
                                    shape=(len(self._costs), n + 2 * m))
        found = linprog(np.concatenate([[seen.value for seen in self._seen], self._most, -self._least]),
                        np.hstack([use, -np.eye(m), np.eye(m)]), self._upper, one_each, np.ones(len(self._costs)))
        return _Mixture(float(found.fun), found.x[:n], np.maximum(0.0, -found.ineqlin.marginals),
                        float(found.x[n:n + m].sum()), float(self._least @ found.x[n + m:]))

    def widened(self, mixture: _Mixture) -> bool:
        """Let prices go further where they are held back by the box, and tell whether that can still help."""
        if mixture.broken > KEPT:
            self._most = self._most * DEARER
        if mixture.spared > KEPT:
            self._least = np.zeros(len(self._least))
        return (mixture.broken > KEPT or mixture.spared > KEPT) and bool(self._most.max() <= self._largest_penalty)

    def x(self, shares: Floats) -> Floats:
        """Return the mixture of the solutions."""
        x = np.zeros(self._split.whole.n_columns)
        for seen, share in zip(self._seen, shares.tolist(), strict=True):
            if share:
                part, columns, values = seen.point
                x[self._split.parts[part].columns[columns]] += share * values
        return x
