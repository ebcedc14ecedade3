"""One case: read, solved or judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from matching.domain.findings import InputError
from matching.programmes.expected import Case
from matching.programmes.names import check_names
from matching.programmes.outcome import Outcome, Setting

if TYPE_CHECKING:
    from matching.engines import Progress, Stop
    from matching.tables.reading import Reading

OnProgress = Callable[[str, "Progress"], None]
"""Is told a plan's id and the present state of its goal."""


@dataclass(frozen=True)
class Folder:
    """A programme's folder, each of its workbooks read once."""

    path: Path

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {}

    def reading(self, workbook: str | None) -> Reading:
        """Return what a workbook holds; without a name, that of the folder's own name."""
        from matching.tables import read

        name = workbook or f"{self.path.name}.xlsx"
        if name not in self._readings:
            self._readings[name] = read(self.path / name)
        return self._readings[name]

    def policy(self, name: str | None) -> str | Path:
        """Return the policy that a case names: a file of the folder, else a preset's id."""
        beside = self.path / (name or self.path.name)
        return beside if beside.is_file() else name or self.path.name

    def setting(self, case: Case) -> Setting:
        """Read what a case needs.

        Raises
        ------
        InputError
            With every finding of the workbook or the policy, or of what the case names and there is not.
        """
        from matching.policy import load_with_rows

        reading = self.reading(case.workbook)
        if reading.instance is None:
            raise InputError(reading.findings)
        policy, _ = load_with_rows(self.policy(case.policy), reading.instance, reading.places)
        setting = Setting(case, reading.instance, policy)
        findings = check_names(setting, self.path)
        if findings:
            raise InputError(findings)
        return setting


def run_case(setting: Setting, folder: Path, *, time_limit: float | None = None, stop: Stop | None = None,
             on_progress: OnProgress | None = None) -> Outcome:
    """Solve a case for the main plan alone and audit it, or judge the plan file that it names.

    Parameters
    ----------
    time_limit : seconds; None for as long as proof takes

    Raises
    ------
    InputError
        Where the plan file cannot be read, or a rule has no meaning for the instance.
    """
    began = time.monotonic()
    if setting.case.plan is not None:
        found = _judged(setting, folder / setting.case.plan)
    else:
        found = _solved(setting, {"time_limit": time_limit, "stop": stop, "on_progress": on_progress})
    return replace(found, seconds=time.monotonic() - began)


def _judged(setting: Setting, path: Path) -> Outcome:
    from matching.audit import audit
    from matching.policy.variants import weighed
    from matching.tables import read_plan

    plan = read_plan(path, setting.instance)
    policy = weighed(setting.policy, plan.plan)
    return Outcome(replace(setting, policy=policy), plan.status, plan, audit(setting.instance, policy, plan))


def _solved(setting: Setting, settings: Mapping[str, object]) -> Outcome:
    from matching import planner
    from matching.audit import audit

    policy = replace(setting.policy, variants=())
    try:
        result = planner.solve(setting.instance, policy, **settings)  # type: ignore[arg-type]
    except planner.AuditFailedError as failure:
        return Outcome(setting, "unknown", audit=failure.audit)
    if result.main is None:
        return Outcome(setting, result.status, diagnosis=result.diagnosis, stopped=result.stopped)
    plan = result.main.plan
    return Outcome(setting, plan.status, plan, audit(setting.instance, policy, plan), stopped=result.stopped)
