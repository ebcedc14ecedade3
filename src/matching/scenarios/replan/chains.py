"""Who takes whose place: the changes of a plan as chains of posts left and taken."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from matching.domain.plan import Placement
from matching.explain.moves import moves


class Step(NamedTuple):
    """A teacher who leaves one post and takes another; None for no post."""

    teacher: str
    leaves: str | None
    takes: str | None


Chain = tuple[Step, ...]
"""Each step takes the seat that the one before it leaves."""


def steps(before: Iterable[Placement], after: Iterable[Placement]) -> tuple[Step, ...]:
    """Return what changes, a step for each post left or taken, in the order of the teachers before, then of the new."""
    found: list[Step] = []
    for move in moves(before, after):
        left = [n for n in move.before if n not in move.after]
        taken = [n for n in move.after if n not in move.before]
        found.extend(Step(move.teacher, leaves, takes) for leaves, takes in zip_longest(left, taken))
    return tuple(found)


def chains(changed: Iterable[Step]) -> tuple[Chain, ...]:
    """Part the steps into chains: each begins with a seat that is left for good or was free, and goes on with who
    takes the seat that is left; exchanges among themselves come last."""
    waiting = list(changed)
    left: dict[str, int] = defaultdict(int)
    for step in waiting:
        if step.leaves is not None:
            left[step.leaves] += 1
    takers: dict[str, deque[Step]] = defaultdict(deque)
    first = []
    for step in waiting:
        if step.takes is not None and left[step.takes]:
            left[step.takes] -= 1
            takers[step.takes].append(step)
        else:
            first.append(step)
    found = [_followed(step, takers) for step in first]
    rest = [queue[0] for queue in takers.values() if queue]
    for step in rest:
        assert step.takes is not None
        if step in takers[step.takes]:
            takers[step.takes].remove(step)
            found.append(_followed(step, takers))
    return tuple(found)


def _followed(step: Step, takers: dict[str, deque[Step]]) -> Chain:
    chain = [step]
    while chain[-1].leaves is not None and takers[chain[-1].leaves]:
        chain.append(takers[chain[-1].leaves].popleft())
    return tuple(chain)
