"""A problem with too many eligible pairs for one program: all of them as arrays, and programs over some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.problem.arcs import Arcs, eligible
from matching.problem.blocks import Block, blocks
from matching.problem.credits import CreditedFields
from matching.problem.facts import arc_facts
from matching.problem.fields import Fields
from matching.problem.goals import Costs, objectives, ordered_goals
from matching.problem.problem import Problem, compiled, hard_requires
from matching.problem.program import Int64

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

    def problem(self, chosen: Int64) -> Problem:
        """Return the problem over the pairs at the positions `chosen`, and one of each teacher and need without any.

        Every plan of it is one of the whole, and worth the same.
        """
        kept = np.union1d(chosen, missing(self.arcs, chosen))
        return compiled(self.fields, _taken(self.arcs, kept))


def wide(instance: Instance, policy: Policy) -> Wide | None:
    """Return all eligible pairs and what they cost, None where a goal is not a sum over pairs.

    Raises
    ------
    InputError
        Where a rule has no meaning for the instance, or even the pairs alone do not fit in memory.
    """
    if any(goal.kind == "fair" for goal in ordered_goals(policy)):
        return None
    fields = CreditedFields(instance, policy)
    arcs = eligible(hard_requires(policy), fields)
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
