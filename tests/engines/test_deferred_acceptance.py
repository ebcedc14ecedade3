"""Deferred acceptance against every matching of tiny markets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engines.deferred_acceptance import deferred_acceptance
from matching.problem.arcs import Arcs


@st.composite
def markets(draw: st.DrawFn) -> tuple[Arcs, list[int], list[int], list[int]]:
    """Up to four teachers and three needs; costs without ties for a teacher, merits without ties at all."""
    n_teachers, n_needs = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    pairs = sorted(draw(st.sets(st.tuples(st.integers(0, n_teachers - 1), st.integers(0, n_needs - 1)))))
    teacher, need = (np.array([pair[k] for pair in pairs], np.int32) for k in (0, 1))
    arcs = Arcs(teacher, need, n_teachers, n_needs)
    cost = draw(st.permutations(range(len(pairs))))
    merit = draw(st.permutations(range(n_teachers)))
    seats = draw(st.lists(st.integers(0, 2), min_size=n_needs, max_size=n_needs))
    return arcs, list(cost), list(merit), seats


def matchings(arcs: Arcs, seats: list[int]) -> Iterator[dict[int, int]]:
    """Every way to give each teacher one of their arcs or none within the seats."""
    own = [[None, *(a for a in range(len(arcs)) if arcs.teacher[a] == t)] for t in range(arcs.n_teachers)]
    for choice in product(*own):
        taken = [arcs.need[a] for a in choice if a is not None]
        if all(taken.count(n) <= k for n, k in enumerate(seats)):
            yield {t: a for t, a in enumerate(choice) if a is not None}


def stable(found: dict[int, int], arcs: Arcs, cost: list[int], merit: list[int], seats: list[int]) -> bool:
    for arc in range(len(arcs)):
        teacher, need = int(arcs.teacher[arc]), arcs.need[arc]
        rather = teacher not in found or cost[arc] < cost[found[teacher]]
        there = [merit[t] for t, a in found.items() if arcs.need[a] == need]
        if rather and (len(there) < seats[need] or min(there, default=merit[teacher]) < merit[teacher]):
            return False
    return True


@given(markets())
def test_it_is_the_best_stable_matching_for_every_teacher(market: tuple[Arcs, list[int], list[int], list[int]]) -> None:
    arcs, cost, merit, seats = market
    chosen = deferred_acceptance(arcs, np.array(cost, np.int64), np.array(merit, np.int64), np.array(seats, np.int64))
    found = {int(arcs.teacher[a]): int(a) for a in chosen}
    assert len(found) == len(chosen)
    others = [m for m in matchings(arcs, seats) if stable(m, arcs, cost, merit, seats)]
    assert found in others
    for other in others:
        assert found.keys() == other.keys()
        assert all(cost[found[t]] <= cost[other[t]] for t in found)
