"""What differs between two sets of placements, besides the goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from matching.domain.plan import Placement
from matching.domain.text import Text


class Move(NamedTuple):
    """A teacher whose posts differ between two plans; none where there is no post."""

    teacher: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Totals(NamedTuple):
    """Placements, whole hectometres of those whose distance is known, and yuan."""

    placed: int
    hectometres: int
    yuan: int


def moves(before: Iterable[Placement], after: Iterable[Placement]) -> tuple[Move, ...]:
    """Return who has other posts `after` than `before`, in the order in which they come."""
    was, then = _posts(before), _posts(after)
    teachers = dict.fromkeys((*was, *then))
    found = (Move(t, was.get(t, ()), then.get(t, ())) for t in teachers)
    return tuple(move for move in found if set(move.before) != set(move.after))


def _posts(placements: Iterable[Placement]) -> Mapping[str, tuple[str, ...]]:
    posts: dict[str, tuple[str, ...]] = {}
    for p in placements:
        posts[p.teacher] = (*posts.get(p.teacher, ()), p.need)
    return posts


def totals(placements: Sequence[Placement]) -> Totals:
    """Add up placements."""
    return Totals(len(placements), sum(round(10 * p.km) for p in placements if p.km is not None),
                  sum(p.yuan or 0 for p in placements))


def totals_changed(before: Sequence[Placement], after: Sequence[Placement]) -> list[Text]:
    """Return by how much placements, kilometres and yuan differ, as clauses; those alike are left out."""
    was, then = totals(before), totals(after)
    placed, km, yuan = then.placed - was.placed, (then.hectometres - was.hectometres) / 10, then.yuan - was.yuan
    found = []
    if placed:
        found.append(Text(f"{'多' if placed > 0 else '少'}安置 {abs(placed)} 人",
                          f"{abs(placed)} {'more' if placed > 0 else 'fewer'} placed"))
    if km:
        found.append(Text(f"总路程{'多' if km > 0 else '少'} {abs(km):,.1f} 公里",
                          f"{abs(km):,.1f} km {'more' if km > 0 else 'less'} in all"))
    if yuan:
        found.append(Text(f"补助{'多' if yuan > 0 else '少'} {abs(yuan):,} 元",
                          f"{abs(yuan):,} yuan {'more' if yuan > 0 else 'less'} in subsidies"))
    return found
