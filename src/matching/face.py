"""The functions that a library user calls first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.policy.model import Policy

if TYPE_CHECKING:
    from matching.executors import Executor
    from matching.planner import Result
    from matching.report.read_run import Run
    from matching.scenarios.arrivals.result import Simulation
    from matching.scenarios.replan import Replanned
    from matching.scenarios.whatif import WhatIf
    from matching.scenarios.years import Ledger, Roll


def read(paths: str | PathLike[str] | Sequence[str | PathLike[str]]) -> Instance:
    """Read a workbook, a folder of CSV files, a JSON file, or several of these as one instance.

    Raises
    ------
    InputError
        With every finding, where any is an error; `matching.tables.read` returns findings instead.
    """
    from matching.tables import read as run

    reading = run(paths)
    if reading.instance is None:
        raise InputError(reading.findings)
    return reading.instance


def read_run(folder: str | PathLike[str]) -> Run:
    """Read back the folder that ``matching solve`` wrote, to ask about its plans: ``read_run(folder).choice("main")``.

    Raises
    ------
    InputError
        Where it is no such folder, or a file of it or its original input was changed since.
    """
    from matching.report.read_run import read_run as run

    return run(Path(folder))


def solve(instance: Instance, policy: Policy, *, engine: str = "highs", seed: int = 0, time_limit: float | None = None,
          workers: int = 2) -> Result:
    """Return ranked, audited plans, or why there are none; see `matching.planner.solve`.

    Parameters
    ----------
    policy : as `matching.policy` returns it; it decides alone, the instance's own 政策 sheet is laid over it by
        ``matching.policy(name, instance=instance)``
    time_limit : seconds for all solves together; None for as long as proof takes
    """
    from matching.planner import solve as run

    return run(instance, policy, engine=engine, seed=seed, time_limit=time_limit, workers=workers)


def simulate(run: str | PathLike[str] | Run, *, rate: float | str | None = None,
             rates: str | PathLike[str] | None = None, plan: str | None = None, draws: int = 10_000, seed: int = 0,
             chance: float = 0.95, seats: int | None = None, variant: bool = False, time_limit: float | None = 120,
             executor: Executor | None = None) -> Simulation:
    """Return what becomes of a plan of a run when not everybody arrives; see `matching.scenarios.arrivals.simulate`.

    Parameters
    ----------
    run : what `read_run` returned, or its folder
    rate : at which everybody arrives, 0 to 1; beside `rates`, the mean that all are shifted to
    rates : a file of rates by group, distance and wish (docs/arrivals.md)

    Raises
    ------
    InputError
        Where neither rate is given, a rate or number is out of its range, or run, plan or file cannot be used.
    """
    from matching.scenarios.arrivals.read import model_of
    from matching.scenarios.arrivals.simulate import simulate as work

    found = read_run(run) if isinstance(run, str | PathLike) else run
    model = model_of(rate, None if rates is None else Path(rates), found.instance.vocabularies)
    return work(found.inquiry(plan), model, draws=draws, seed=seed, wanted=chance, seats=seats, executor=executor,
                variant=variant, time_limit=time_limit)


def whatif(instance: Instance, policy: Policy, vary: Mapping[str, str | Sequence[object]], *, diagnose: bool = True,
           **settings: Any) -> WhatIf:
    """Return the proven best plan for every value of what is varied; see `matching.scenarios.whatif.whatif`.

    Parameters
    ----------
    vary : ``{"backbone-share.at_least": "0:0.5:0.01"}``; several make a grid
    diagnose : name the rules that clash at the first value without a plan: `clashes`
    settings : seeds, floor, executor, time_limit, workers, stop, known, on_point

    Raises
    ------
    InputError
        Where a name means nothing, or a value cannot be taken.
    """
    from matching.scenarios.whatif import whatif as run

    return run(instance, policy, vary, diagnose=diagnose, **settings)


def roll(instance: Instance, policy: Policy, *, years: int = 10, first_year: int | None = None,
         ledger: str | PathLike[str] | Ledger | None = None, seed: int = 0, time_limit: float | None = None,
         workers: int = 2, **assumed: int) -> Roll:
    """Return school years simulated one after the other, in fair turns; see `matching.scenarios.years.roll`.

    Parameters
    ----------
    first_year : what the first school year is called; by default the year of the policy's reference date
    ledger : who has served before, or a file of it (docs/years.md); by default what the workbook itself tells
    assumed : fields of `matching.scenarios.years.Assumptions`, such as ``retire_men=63``

    Raises
    ------
    InputError
        Where the call, the ledger or a rule cannot be used.
    """
    from matching.scenarios.years import Assumptions, read_ledger
    from matching.scenarios.years import roll as run

    first = policy.reference_date.year if first_year is None else first_year
    known = read_ledger(ledger, instance, first) if isinstance(ledger, str | PathLike) else ledger
    return run(instance, policy, years=years, first_year=first, ledger=known, assumed=Assumptions(**assumed), seed=seed,
               time_limit=time_limit, workers=workers)


def replan(run: str | PathLike[str] | Run | Result, *, withdraw: Iterable[str] = (),
           pin: Mapping[str, str] | Iterable[tuple[str, str]] = (), forbid: Iterable[tuple[str, str]] = (),
           close: Iterable[str] = (), add: str | PathLike[str] | None = None, plan: str | None = None,
           loss: Mapping[str, object] | None = None, seed: int = 0, time_limit: float | None = None, workers: int = 2
           ) -> Replanned:
    """Return the plan that moves as few as possible after some changes; see `matching.scenarios.replan.replan`.

    Parameters
    ----------
    run : what `solve` or `read_run` returned, or the folder of a run
    plan : which of its plans is in force; by default the one ranked first
    add : a file of further teachers and posts
    loss : what a goal may lose of its best, by its name: ``{"points": "5%"}``

    Raises
    ------
    InputError
        Where the run, the file or a change cannot be used; nothing is solved then.
    """
    from matching.report.replan_input import added
    from matching.scenarios.replan import Before, Changes, losses_of
    from matching.scenarios.replan import replan as work

    found = read_run(run) if isinstance(run, str | PathLike) else run
    ranked = found.ranking
    if ranked is None:
        raise LookupError("there is no plan to change")
    chosen = found.choice(ranked.best.plan.plan if plan is None else plan).plan
    instance = found.instance if add is None else added(found.instance, Path(add))[0]
    return work(Before(instance, found.policy, chosen), Changes.of(withdraw, pin, forbid, close),
                loss=losses_of(loss or {}), seed=seed, time_limit=time_limit, workers=workers)
