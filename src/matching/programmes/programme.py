"""A programme: a folder with its cases, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matching.domain.findings import Finding, InputError, error
from matching.domain.text import Text
from matching.policy.faults import near
from matching.programmes.figures import check
from matching.programmes.heads import BREACH, head_checks
from matching.programmes.outcome import Check, Outcome
from matching.programmes.reading import FILE, read_expected
from matching.programmes.run import Folder, OnProgress, run_case

if TYPE_CHECKING:
    from matching.engines import Stop


@dataclass(frozen=True)
class Programme:
    """A programme that was run.

    Attributes
    ----------
    outcomes : of each case in its order; empty where the programme could not be read
    checks : everything that was expected, beside what was found
    findings : why it could not be read or solved
    seconds : from the first byte read to the last figure counted
    """

    id: str
    outcomes: tuple[Outcome, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0

    @property
    def title(self) -> Text:
        """The title of the first case's policy; the id where nothing could be read."""
        return self.outcomes[0].setting.policy.title if self.outcomes else Text(self.id, self.id)

    @property
    def unmet(self) -> tuple[Check, ...]:
        """What is not as it was expected."""
        return tuple(c for c in self.checks if not c.ok)

    @property
    def ok(self) -> bool:
        """Whether everything is as it was expected."""
        return not self.findings and not self.unmet

    @property
    def in_breach(self) -> bool:
        """Whether an audit found a breach that was not expected."""
        return any(c.id == "audit" and c.found.startswith(BREACH) for c in self.unmet)


def find_programmes(folder: Path, only: Iterable[str] = ()) -> tuple[Path, ...]:
    """Return the folders in `folder` that hold an ``expected.json``, by name; `folder` itself where it holds one.

    Raises
    ------
    InputError
        Where there is no such folder, none within it, or none of a name in `only`.
    """
    found = [folder] if (folder / FILE).is_file() else sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not found:
        raise InputError([_nothing(folder)])
    known = {path.resolve().name: path.resolve() for path in found}
    wrong = [name for name in only if name not in known]
    if wrong:
        raise InputError(_unknown(name, folder, near(name, known)) for name in wrong)
    return tuple(path for name, path in known.items() if name in set(only) or not set(only))


def run_programme(folder: Path, *, time_limit: float | None = None, stop: Stop | None = None,
                  on_progress: OnProgress | None = None) -> Programme:
    """Run every case of a programme and hold it against its figures.

    Parameters
    ----------
    time_limit : seconds for each case
    on_progress : called with the case's id and the goal's present state

    What cannot be read or solved is among the findings of the answer, so that other programmes can still be run.
    """
    began = time.monotonic()
    try:
        outcomes = _outcomes(folder, time_limit, stop, on_progress)
        by_id = {outcome.case.id: outcome for outcome in outcomes}
        checks = tuple(c for o in outcomes for c in (*head_checks(o), *(check(f, o, by_id) for f in o.case.figures)))
    except InputError as problem:
        return Programme(folder.name, findings=problem.findings, seconds=time.monotonic() - began)
    return Programme(folder.name, outcomes, checks, seconds=time.monotonic() - began)


def _outcomes(folder: Path, time_limit: float | None, stop: Stop | None, on_progress: OnProgress | None
              ) -> tuple[Outcome, ...]:
    files = Folder(folder)
    settings = [files.setting(case) for case in read_expected(folder / FILE).cases]
    found = []
    for setting in settings:
        tell = None if on_progress is None else (lambda _, p, name=setting.case.id: on_progress(name, p))
        found.append(run_case(setting, folder, time_limit=time_limit, stop=stop, on_progress=tell))
    return tuple(found)


def _nothing(folder: Path) -> Finding:
    zh = (f"{folder} 里没有项目：每个项目是一个文件夹，内有 {FILE}。安装包不带示例项目；请取得源代码，在其根目录运行 "
          "matching programmes，或写出项目所在的文件夹：matching programmes 文件夹")
    en = (f"there are no programmes in {folder}: each is a folder with a file {FILE}. The installed package holds "
          "none; get the source and run matching programmes at its root, or name the folder: matching programmes DIR")
    return error("no_programmes", zh, en, file=str(folder))


def _unknown(name: str, folder: Path, suggest: tuple[str, ...]) -> Finding:
    return error("unknown_programme", f"{folder} 里没有名为“{name}”的项目",
                 f"there is no programme {name!r} in {folder}", value=name, suggest=suggest)
