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
    from matching.planner import Result
    from matching.report.read_run import Run


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
