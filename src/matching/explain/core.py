"""An irreducible set of what cannot all hold.

Deletion: what is left without a part either still cannot all hold, and the part is not needed, or can, and it is
needed by every set that is left later. Each proof that some parts clash names those that it rests on (of a linear
relaxation, the rows of its Farkas ray: J. Gleeson and J. Ryan, "Identifying Minimally Infeasible Subsystems of
Inequalities", ORSA Journal on Computing, 1990), so that few are left to be tried one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Clashes = Callable[[Sequence[T]], Collection[T] | None]
"""Returns some of the parts that are proven to clash, or None where that is not proven."""

CHUNK = 16
"""So many parts are tried at once before each is tried by itself."""


def core(parts: Sequence[T], clashes: Clashes[T], families: Callable[[T], object] = lambda part: 0) -> tuple[T, ...]:
    """Return parts that cannot all hold, while those of any proper subset can; empty where all can.

    Parameters
    ----------
    parts : of several such sets one is named that leaves out the last parts
    clashes : a proof that is not had in time counts as none; the parts returned then clash, if not irreducibly so
    families : parts of one family are first tried all at once
    """
    kept = rough_core(parts, clashes, families)
    kept = _without(kept, _chunks(kept, CHUNK), clashes)
    return _without(kept, _chunks(kept, 1), clashes)


def rough_core(parts: Sequence[T], clashes: Clashes[T], families: Callable[[T], object]) -> tuple[T, ...]:
    """Return parts that cannot all hold, while they can without any one family of them; empty where all can."""
    found = clashes(parts)
    if found is None:
        return ()
    kept = _kept(parts, found)
    return _without(kept, _families(kept, families), clashes)


def _kept(parts: Iterable[T], found: Collection[T]) -> tuple[T, ...]:
    wanted = frozenset(found)
    return tuple(part for part in parts if part in wanted)


def _families(parts: Sequence[T], families: Callable[[T], object]) -> Iterator[Sequence[T]]:
    of: dict[object, list[T]] = {}
    for part in parts:
        of.setdefault(families(part), []).append(part)
    return reversed(list(of.values())) if len(of) > 1 else iter(())


def _chunks(parts: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    if size == 1 or len(parts) > 2 * size:
        for end in range(len(parts), 0, -size):
            yield parts[max(0, end - size):end]


def _without(parts: tuple[T, ...], trials: Iterable[Sequence[T]], clashes: Clashes[T]) -> tuple[T, ...]:
    """Leave out one trial after another as long as the others clash."""
    for trial in trials:
        left = _kept(parts, frozenset(parts).difference(trial))
        if len(left) < len(parts):
            found = clashes(left)
            if found is not None:
                parts = _kept(left, found)
    return parts
