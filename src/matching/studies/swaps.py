"""Placed teachers who could trade places to the gain of each."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.plan import Placement
from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.cycles import Cycle, chosen
from matching.studies.gains import Wants, movers, wants
from matching.studies.study import Column, Study
from matching.studies.trial import Swap, Trial

JUDGED, FEWEST = 60_000, 5
"""How many placements are judged in all trials together, and how many swaps are tried at the least."""


class Gain(NamedTuple):
    """What one teacher gains: wishes before and after (None: none met), home county reached, kilometres nearer."""

    before: int | None
    after: int | None
    home_county: bool
    nearer: float


class SwapRow(NamedTuple):
    """One cycle: each of `teachers` would take the post at the same place of `needs`, with the gain there."""

    cycle: int
    teachers: tuple[str, ...]
    needs: tuple[str, ...]
    gains: tuple[Gain, ...]


COLUMNS = (
    Column("cycle", Text("序号", "No."), "integer"),
    Column("teachers", Text("教师", "Teachers"), "teachers"),
    Column("needs", Text("换到的岗位", "Posts they would take"), "needs"),
    Column("gains", Text("各自的变化", "What changes for each"), "gains"),
)


class SwapLine(NamedTuple):
    """One teacher of a cycle, with the post that they have and the one that they would take."""

    cycle: int
    teacher: str
    leaves: str
    takes: str
    gain: Gain


LINE_COLUMNS = (
    Column("cycle", Text("互换组", "Swap"), "integer"),
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("leaves", Text("现岗位", "Post now"), "need"),
    Column("takes", Text("换到的岗位", "Post then"), "need"),
    Column("gain", Text("变化", "What changes"), "gain"),
)


def lines(rows: tuple[SwapRow, ...]) -> tuple[SwapLine, ...]:
    """Return cycles teacher by teacher."""
    return tuple(SwapLine(row.cycle, *one) for row in rows
                 for one in zip(row.teachers, (row.needs[-1], *row.needs[:-1]), row.needs, row.gains, strict=True))


def rows(case: Case) -> tuple[SwapRow, ...]:
    """Return swaps of 2 to 4 teachers, no teacher in two of them; each by itself keeps every hard rule.

    Those that gain most are tried first; in large plans few are tried, so that the answer does not take long.
    """
    moving = movers(case)
    if len(moving) < 2:
        return ()
    wanted = wants(case, moving)
    if not len(wanted.tail):
        return ()
    trial, most = Trial(case), max(FEWEST, JUDGED // len(case.placements))
    cycles = chosen(wanted, len(moving), lambda c: trial.keeps(_swap(moving, c)), most)
    gains = _gains(wanted, moving, {edge for c in cycles for edge in _edges(c)})
    return tuple(SwapRow(number, tuple(moving[m].teacher for m in c), tuple(moving[m].need for _, m in _edges(c)),
                         tuple(gains[edge] for edge in _edges(c))) for number, c in enumerate(cycles, 1))


def _swap(moving: tuple[Placement, ...], cycle: Cycle) -> Swap:
    return [(moving[a], moving[b].need) for a, b in _edges(cycle)]


def _edges(cycle: Cycle) -> list[tuple[int, int]]:
    return list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def _gains(wanted: Wants, moving: tuple[Placement, ...], edges: set[tuple[int, int]]) -> dict[tuple[int, int], Gain]:
    columns = (wanted.tail, wanted.head, wanted.steps, wanted.home, wanted.nearer)
    found = {}
    for tail, head, steps, home, nearer in zip(*(c.tolist() for c in columns), strict=True):
        if (tail, head) in edges:
            before = moving[tail].preference
            after = (before or 4) - steps
            found[tail, head] = Gain(before, None if after == 4 else after, home > 0, nearer / 10)
    return found


SWAPS = Study("swaps", Text("互换建议", "Swaps"), COLUMNS, rows)
