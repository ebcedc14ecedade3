"""The functions that a library user calls first."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.policy.model import Policy

if TYPE_CHECKING:
    from matching.executors import Executor
    from matching.planner import Result
    from matching.report.read_run import Run
    from matching.scenarios.arrivals.result import Simulation


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
