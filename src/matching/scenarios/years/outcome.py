"""What ten years came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.domain.instance import Instance
from matching.domain.plan import GoalLine, Plan, RuleLine, Status
from matching.domain.records import Teacher
from matching.explain.conflicts.conflict import Diagnosis
from matching.policy.model import Policy
from matching.problem import Problem
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.breaches import OutOfTurn
from matching.scenarios.years.members import Arrival, Title
from matching.scenarios.years.service import Ledger, Service


@dataclass(frozen=True)
class Backlog:
    """Teachers whose title waits for rural service, as a school year begins.

    `serving` of the `waiting` do such service in this year; `met` waited in the year before and have their title now;
    `added` did not wait yet; `left` waited and are gone.
    """

    waiting: tuple[str, ...]
    serving: int
    met: int
    added: int
    left: int


@dataclass(frozen=True)
class YearOutcome:
    """One school year, by its first calendar year.

    Attributes
    ----------
    today : the day at which ages and years of service are taken
    instance, policy : what was solved, those who serve already locked to their posts
    plan : everybody who serves in this year; audited
    running : services that began earlier and last through it
    begun : those that begin
    again : how many of these have served before
    out_of_turn : those that are not in turn, each with its reason
    hardship_again : those who are sent to a hardship post for the second time within these years
    fair : the goals on turns, hardship and spread by name, as found and proven
    gave_way : lines of hard rules that could not all hold and fall short
    """

    year: int
    today: date
    instance: Instance
    policy: Policy
    plan: Plan
    status: Status
    running: tuple[Service, ...]
    begun: tuple[Service, ...]
    again: int
    out_of_turn: tuple[OutOfTurn, ...]
    hardship_again: tuple[Service, ...]
    fair: Mapping[str, GoalLine]
    gave_way: tuple[RuleLine, ...]
    arrivals: tuple[Arrival, ...]
    titles: tuple[Title, ...]
    backlog: Backlog
    seconds: float

    @property
    def seats(self) -> int:
        """All seats."""
        return sum(need.count for need in self.instance.needs)

    @property
    def filled(self) -> int:
        """Seats held in this year."""
        return len(self.plan.placements)


@dataclass(frozen=True)
class Stopped:
    """Why the years end early: in which, and how the solve ended; `problem` and `diagnosis` where the rules clash."""

    year: int
    status: Status
    stopped: str | None
    problem: Problem
    diagnosis: Diagnosis | None


@dataclass(frozen=True)
class Roll:
    """The years that were simulated.

    Attributes
    ----------
    instance, policy : as they were given
    former : services that were known before the first year
    ledger : these, and all that began since
    years : one outcome a year, in order
    asked : how many years were asked for
    people : everybody who ever was on the register, as they were last
    stopped : why there are fewer
    """

    instance: Instance
    policy: Policy
    first_year: int
    asked: int
    seed: int
    assumed: Assumptions
    former: Ledger
    ledger: Ledger
    years: tuple[YearOutcome, ...]
    people: Mapping[str, Teacher]
    stopped: Stopped | None = None

    @property
    def out_of_turn(self) -> tuple[OutOfTurn, ...]:
        """All placements out of turn."""
        return tuple(breach for year in self.years for breach in year.out_of_turn)

    @property
    def begun(self) -> int:
        """How many services began."""
        return sum(len(year.begun) for year in self.years)

    @property
    def again(self) -> int:
        """How many of them were not their teacher's first."""
        return sum(year.again for year in self.years)

    @property
    def proven(self) -> bool:
        """Whether every year's plan is proven best."""
        return self.stopped is None and all(year.status == "optimal" for year in self.years)
