"""A problem with too many eligible pairs for one program: all of them as arrays, and programs over some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.policy.model import Policy, Together
from matching.problem.arcs import Arcs
from matching.problem.blocks import Block, blocks
from matching.problem.facts import arc_facts
from matching.problem.fields import Fields
from matching.problem.goals import Costs, objectives, ordered_goals
from matching.problem.problem import Listed, Problem, compiled, listed
from matching.problem.program import Int32, Int64
from matching.problem.together import travelling

CHUNK = 2_000_000
"""How many pairs are looked at together, at the least."""

Ints = npt.NDArray[np.int32] | Int64


@dataclass(frozen=True)
class Wide:
    """All eligible pairs of an instance under a policy.

    Attributes
    ----------
    arcs : the pairs, sorted by teacher, then need
    costs : for each goal, minimised, what each pair costs, shape (n_arcs,); what further columns cost is not in it
    blocks : what every plan keeps to, as far as it is said by kinds
    """

    fields: Fields
    arcs: Arcs
    costs: tuple[Ints, ...]
    blocks: tuple[Block, ...]

    def clusters(self) -> Int64:
        """Return a number for each need, alike for those of one receiving county, from 0 without gaps."""
        county = self.fields.classes("host.county")[0]
        return np.asarray(np.unique(county, return_inverse=True)[1], np.int64).reshape(-1)

    def companies(self) -> list[Sequence[int]]:
        """Return the positions of teachers who are to go together."""
        rules = [rule for rule in self.fields.policy.active(Together) if rule.enforce != "report"]
        return [members for rule in rules for _, members in travelling(rule, self.fields)]

    def with_all_ends(self, chosen: Int64) -> Int64:
        """Return the positions `chosen`, sorted, and a pair of each teacher and need that have some, but none there."""
        return np.union1d(chosen, missing(self.arcs, chosen))

    def told(self, teacher: Int32, need: Int32) -> Problem:
        """Return the problem over the pairs (teacher, need) of a plan and all those of teachers who have none there."""
        free = np.ones(self.arcs.n_teachers, np.bool_)
        free[teacher] = False
        return self.problem(self.with_all_ends(np.union1d(self._positions(teacher, need),
                                                          np.flatnonzero(free[self.arcs.teacher]))))

    def problem(self, kept: Int64) -> Problem:
        """Return the problem over the pairs at the positions `kept`, of those that `with_all_ends` returns.

        Every plan of it is one of the whole, and worth the same.
        """
        return compiled(self.fields, _taken(self.arcs, kept))

    def _positions(self, teacher: Int32, need: Int32) -> Int64:
        """Return where the pairs are."""
        n_needs = np.int64(max(1, self.arcs.n_needs))
        return np.searchsorted(self.arcs.teacher * n_needs + self.arcs.need, teacher * n_needs + need)


def wide(instance: Instance, policy: Policy, pairs: Listed | None = None) -> Wide | None:
    """Return all eligible pairs and what they cost, None where a goal is no sum over pairs.

    Parameters
    ----------
    pairs : the eligible ones, where they were listed before

    Raises
    ------
    InputError
        Where a rule has no meaning for the instance, or even the pairs alone do not fit in memory.
    """
    if any(goal.kind == "fair" for goal in ordered_goals(policy)):
        return None
    fields, arcs = pairs or listed(instance, policy)
    return Wide(fields, arcs, _costs(fields, arcs), blocks(policy, fields, arcs))


def chunks(arcs: Arcs) -> Iterator[tuple[int, int, int, int]]:
    """Yield spans of teachers, and the spans of their arcs, of some `CHUNK` arcs each."""
    start, first = arcs.start, 0
    while first < arcs.n_teachers:
        last = int(np.searchsorted(start, start[first] + CHUNK, side="right"))
        last = min(arcs.n_teachers, max(first + 1, last - 1))
        yield first, last, int(start[first]), int(start[last])
        first = last


def missing(arcs: Arcs, chosen: Int64) -> Int64:
    """Return one arc of each teacher and of each need that has arcs, but none among `chosen`."""
    found = []
    for ends, n in ((arcs.teacher, arcs.n_teachers), (arcs.need, arcs.n_needs)):
        any_of = np.full(n, -1, np.int64)
        any_of[ends] = np.arange(len(arcs))
        any_of[ends[chosen]] = -1
        found.append(any_of[any_of >= 0])
    return np.unique(np.concatenate(found))


def _taken(arcs: Arcs, kept: Int64) -> Arcs:
    return Arcs(arcs.teacher[kept], arcs.need[kept], arcs.n_teachers, arcs.n_needs)


def _costs(fields: Fields, arcs: Arcs) -> tuple[Ints, ...]:
    """Work the costs out chunk by chunk, so that what they are made of is never there for all pairs at once."""
    found: list[list[Ints]] = [[] for _ in ordered_goals(fields.policy)]
    for _, _, first, last in chunks(arcs):
        part = _taken(arcs, np.arange(first, last))
        costs = Costs(fields, part, arc_facts(fields, part), (), (), len(part))
        for mine, goal in zip(found, objectives(fields.policy, costs), strict=True):
            mine.append(_narrow(goal.cost))
    return tuple(np.concatenate([np.zeros(0, np.int32), *mine]) for mine in found)


def _narrow(cost: Int64) -> Ints:
    return cost.astype(np.int32) if int(np.abs(cost).max(initial=0)) < 2**31 else cost
