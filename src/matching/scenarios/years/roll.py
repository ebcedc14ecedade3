"""Ten years under a policy, each with its plan, the ledger carried from one to the next."""

from __future__ import annotations

import time
from dataclasses import replace

from matching.domain.instance import Instance
from matching.engines import Stop
from matching.planner.clock import Clock
from matching.policy.model import Policy
from matching.scenarios.years import year_instance
from matching.scenarios.years.assumptions import Assumptions, check_years
from matching.scenarios.years.carried import Carried, first, next_year
from matching.scenarios.years.former import check_terms, former_services
from matching.scenarios.years.outcome import Roll, Stopped
from matching.scenarios.years.service import Ledger
from matching.scenarios.years.tell import credited_years, outcome, waiting_of
from matching.scenarios.years.year import Asked, OnYear, Settings, solve_year
from matching.scenarios.years.year_policy import of_year


def roll(instance: Instance, policy: Policy, *, years: int = 10, first_year: int | None = None,
         ledger: Ledger | None = None, assumed: Assumptions | None = None, seed: int = 0, workers: int = 2,
         time_limit: float | None = None, stop: Stop | None = None, on_progress: OnYear | None = None) -> Roll:
    """Simulate school years one after the other, each with the best plan by the policy, in fair turns.

    Each year's plan takes the policy's goals in order; directly behind ``fill``, the fewest placements out of turn,
    then the fewest who go to a hardship post again, both to proof. Terms carry over; the ledger grows by what begins.

    Parameters
    ----------
    years : how many, 1 to 60
    first_year : what the first school year is called, the year of the policy's reference date by default; the workbook
        is taken as it stands as that year begins, and ages as at the reference date
    ledger : who has served before; by default what the workbook itself tells of it (`former_services`)
    assumed : ages of retirement, years between titles, ...
    seed : same input, policy and seed give the same years
    time_limit : seconds for all years together
    on_progress : called with the year and its goal's present state

    Raises
    ------
    InputError
        Where the call is wrong, a term cannot be carried over, or a rule has no meaning for the instance.
    AuditFailedError
        Where a solution does not pass the audit.
    """
    first_year = policy.reference_date.year if first_year is None else first_year
    check_years(years, first_year)
    check_terms(instance)
    if ledger is None:
        ledger = former_services(instance, policy.reference_date, first_year)
    made = Roll(instance, policy, first_year, years, seed, assumed or Assumptions(), ledger, ledger, (), {})
    clock, carried = Clock(time_limit), first(instance, ledger)
    for number in range(years):
        settings = Settings(seed, workers, _share(clock, years - number), stop, on_progress)
        made, carried = _year(made, carried, number, settings)
        if made.stopped:
            break
    return replace(made, ledger=carried.ledger, people=carried.people)


def _year(made: Roll, carried: Carried, number: int, settings: Settings) -> tuple[Roll, Carried]:
    """Add one year, or why there is none."""
    began, year = time.monotonic(), made.first_year + number
    policy, assumed = of_year(made.policy, number), made.assumed
    if number:
        carried = next_year(carried, made.instance, policy, number, year, assumed, made.seed)
    running = carried.ledger.running(year)
    instance = year_instance.of_year(made.instance, carried.register.teachers, running)
    asked = Asked(year, instance, policy, running, carried.served(made.first_year),
                  carried.at_hardship(instance, assumed.hardship, made.first_year), assumed.hardship, number > 0,
                  settings)
    solved = solve_year(asked)
    if solved.plan is None:
        solution = solved.solution
        stopped = Stopped(year, solution.status, solution.stopped, solved.problem, solved.diagnosis)
        return replace(made, stopped=stopped), carried
    waiting = waiting_of(carried, instance, policy, assumed)
    told = outcome(asked, solved, carried, waiting, time.monotonic() - began)
    more = {**carried.credited, **credited_years(told)}
    carried = replace(carried, ledger=carried.ledger.with_more(told.begun), credited=more, waiting=waiting)
    return replace(made, years=(*made.years, told)), carried


def _share(clock: Clock, to_come: int) -> float | None:
    return None if clock.left is None else clock.left / to_come
