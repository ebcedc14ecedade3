"""How many teachers envy another, and how many pairs of a teacher and a post would rather have each other."""

from __future__ import annotations

from typing import NamedTuple


class Envy(NamedTuple):
    """How many teachers would, by their own wishes, rather have another's seat (reading 57).

    Attributes
    ----------
    envious : they would rather have the seat of someone, at a post that they may take
    allowed : of those, the rules let the two trade seats, or the one without a post take the other's
    avoidable : of those, the other would lose nothing by their own wishes
    """

    envious: int
    allowed: int
    avoidable: int


class Blocking(NamedTuple):
    """How many blocking pairs (teacher, post) a plan has (reading 58): those that the rules forbid, and the others."""

    forbidden: int
    avoidable: int


class Fairness(NamedTuple):
    """Both of one plan."""

    envy: Envy
    blocking: Blocking
