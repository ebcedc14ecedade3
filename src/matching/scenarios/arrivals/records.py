"""The lines of a simulation's result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Spread(NamedTuple):
    """A count over all draws.

    Attributes
    ----------
    mean, sd : over the draws
    mean_low, mean_high : the interval of the mean, 95%, for so many draws
    low, middle, high : quantiles of the outcome itself: 2.5%, 50%, 97.5%
    counts : how many draws came to each value
    """

    mean: float
    sd: float
    mean_low: float
    mean_high: float
    low: int
    middle: int
    high: int
    counts: Mapping[int, int]


class Chance(NamedTuple):
    """How often something held: `hits` of `draws`, with the exact interval (Clopper and Pearson, 95%)."""

    hits: int
    draws: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of the draws."""
        return self.hits / self.draws


class RuleRisk(NamedTuple):
    """How often a rule does not hold: before and after seats are filled again.

    Attributes
    ----------
    hard : whether it is a hard rule; an elastic one may fall short in the plan already
    in_plan : groups that fall short in the plan itself
    groups : groups in which it does not hold, in the mean over the draws, after seats are filled again
    in_the_way : how often it kept somebody in reserve from a vacant seat, in the mean of a draw
    """

    rule: str
    hard: bool
    in_plan: int
    before: Chance
    after: Chance
    groups: float
    in_the_way: float


class CountyRisk(NamedTuple):
    """The seats of one county: planned, and filled in the end."""

    county: str
    planned: int
    mean: float
    low: int
    high: int
    full: Chance


class Stand(NamedTuple):
    """One teacher on the reserve list of a post: their rate there, and in how many draws they were asked and came.

    `barred` is the hard rule that keeps them out even where only this post's own people are missing; None where none
    does.
    """

    teacher: str
    rate: float
    asked: int
    came: int
    barred: str | None = None


class PostReserve(NamedTuple):
    """The reserve list of one post.

    Attributes
    ----------
    planned : seats that the plan fills
    alone : the chance that all of them arrive, so that nobody is needed
    needed : how many in reserve, whom no rule bars, give the stated chance, were they asked for this post alone; None
        where all do not
    reached : the chance that these, or all there are, give
    full : how often the post had all its teachers in the end, the reserve being shared with other posts
    teachers : all who are eligible, in order
    """

    need: str
    planned: int
    alone: float
    needed: int | None
    reached: float
    full: Chance
    teachers: tuple[Stand, ...]

    @property
    def free(self) -> tuple[Stand, ...]:
        """Those whom no rule bars."""
        return tuple(stand for stand in self.teachers if stand.barred is None)


class Overall(NamedTuple):
    """The reserve as a whole.

    Attributes
    ----------
    number : the least of the reserve who fill again, with the stated chance, every seat that all of it could
    teachers : all of the reserve, who fills most seats first; the first `number` are the list
    tested : how often these filled as many seats as all of the reserve, on draws that they were not chosen by
    all_full : how often all seats of the plan were filled with all of the reserve
    """

    number: int
    teachers: tuple[str, ...]
    tested: Chance
    all_full: Chance


class Number(NamedTuple):
    """How many to choose so that enough arrive, could everybody take any seat: no fewer will do.

    Attributes
    ----------
    seats : how many are to arrive
    number : None where no number up to a million will do
    reached : the exact chance
    there : teachers whom the plan places, and those in reserve
    rate : the mean rate of the plan's placements, at which any further people come
    tested : on fresh draws
    curve : numbers around it, and the exact chance of each
    """

    seats: int
    number: int | None
    reached: float
    there: int
    rate: float
    tested: Chance | None
    curve: tuple[tuple[int, float], ...] = ()


class Kind(NamedTuple):
    """Posts of one stage and subject: how many to choose for their seats; `reserve` counts who could take one."""

    stage: str
    subject: str
    seats: int
    rate: float
    number: int
    reserve: int


class Kinds(NamedTuple):
    """How many to choose where nobody can stand in for another kind: each kind with its own spare people."""

    kinds: tuple[Kind, ...]
    reached: float
    tested: Chance

    @property
    def number(self) -> int:
        """How many in all."""
        return sum(kind.number for kind in self.kinds)


class Sure(NamedTuple):
    """How many seats are filled with the stated chance, by the draws shown, and how often on fresh ones."""

    seats: int
    tested: Chance


class Difference(NamedTuple):
    """Variant less plain, on the same draws: the mean and its interval, 95%."""

    mean: float
    low: float
    high: float


class GoalChange(NamedTuple):
    """One of the policy's goals: its value in the plain plan and in the one made for drop-out, both as planned."""

    goal: str
    plain: int
    variant: int
