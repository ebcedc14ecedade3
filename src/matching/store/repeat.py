"""A run done again from its folder alone, and held against what it wrote."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.findings import Finding, InputError
from matching.report.read_run import is_run, read_run
from matching.report.run_files import check_unchanged, json_object
from matching.report.run_findings import changed_in_folder, damaged, missing, no_run
from matching.report.run_folder import PACKAGES, plan_files
from matching.store.folders import digest, digests

if TYPE_CHECKING:
    from matching.engines import Stop
    from matching.planner import Result
    from matching.planner.variants import OnProgress
    from matching.report.read_run import Run

OWN = {"input": "input.json", "policy": "policy.toml"}
RUN_FOLDER = "{run}"
"""What stands for the run's own folder among the words of its ``command``."""


REPLAN = "replan"
"""The ``kind`` of a run that changes an earlier plan, and the name of the file that says how."""
DEFAULT, WORKERS = "highs", 2
"""How a run of an earlier version, which does not say so, was most likely asked for."""


@dataclass(frozen=True)
class Repetition:
    """How a run done again compares with what it wrote.

    Attributes
    ----------
    same, other, missing, further : names of files with the same bytes, with other bytes, not made again, made only now
    unproven : plans whose bytes are not promised, since they were not solved to the end
    versions : of what has another version (or machine) now: then, and now
    """

    run: str
    same: tuple[str, ...]
    other: tuple[str, ...]
    missing: tuple[str, ...]
    further: tuple[str, ...]
    unproven: tuple[str, ...]
    versions: Mapping[str, tuple[str, str]]

    @property
    def ok(self) -> bool:
        """Whether every file is there again, byte for byte."""
        return not (self.other or self.missing or self.further)

    @property
    def broken(self) -> tuple[str, ...]:
        """The files that should be the same and are not."""
        loose = {"plans.json", *(f"plan-{name}.json" for name in self.unproven)} if self.unproven else set()
        return tuple(name for name in (*self.other, *self.missing, *self.further) if name not in loose)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {"run": self.run, "ok": self.ok, "same": list(self.same), "other": list(self.other),
                "missing": list(self.missing), "further": list(self.further), "unproven": list(self.unproven),
                "versions": {name: list(pair) for name, pair in self.versions.items()}}


def command_of(folder: Path) -> list[str] | None:
    """Return the words that do the run of a folder again, its path in them; None where it is a plain solve.

    Raises
    ------
    InputError
        Where the folder holds no run, or its files were changed since.
    """
    if not is_run(folder):
        raise InputError([no_run(folder)])
    read = json_object(folder / "run.json")
    words = read.get("command")
    if words is None:
        check_unchanged(folder, read, originals=False)
        return None
    if not (isinstance(words, list) and words and all(isinstance(word, str) for word in words)):
        raise InputError([damaged(folder / "run.json")])
    findings = list(_changes(folder, read))
    if findings:
        raise InputError(findings)
    return [word.replace(RUN_FOLDER, os.fspath(folder)) for word in words]


def _changes(folder: Path, read: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is not as ``run.json`` states: the files by name, and its own input and policy where it has them."""
    try:
        kept = {**read.get("files", {}), **{name: read[key]["sha256"] for key, name in OWN.items()
                                            if key in read and (folder / name).is_file()}}
        now = {name: digest(folder / name) for name in kept if (folder / name).is_file()}
    except (KeyError, TypeError) as problem:
        raise InputError([damaged(folder / "run.json")]) from problem
    for name, before in kept.items():
        if name not in now:
            yield missing(folder / name)
        elif now[name] != before:
            yield changed_in_folder(folder / name, before, now[name])


def solved_again(folder: Path, *, time_limit: float | None = None, stop: Stop | None = None,
                 on_progress: OnProgress | None = None) -> tuple[Run, Result]:
    """Solve the run of a folder again, by the input, policy, engine, workers and seed that the folder holds.

    Parameters
    ----------
    time_limit : seconds; None for as long as proof takes, whatever the run was given

    Raises
    ------
    InputError
        Where the folder holds no run, its files were changed since, or its engine is not there any more.
    """
    run = read_run(folder, originals=False)
    try:
        asked: dict[str, Any] = {"engine": DEFAULT, "workers": WORKERS, **run.description.get("asked", {})}
        engine, workers, seed = str(asked["engine"]), int(asked["workers"]), int(run.description["seed"])
    except (KeyError, TypeError, ValueError) as problem:
        raise InputError([damaged(folder / "run.json")]) from problem
    if run.description.get("kind") == REPLAN:
        return run, _replanned(run, seed, time_limit, stop)
    from matching import planner

    return run, planner.solve(run.instance, run.policy, engine=engine, seed=seed, workers=workers,
                              time_limit=time_limit, stop=stop, on_progress=on_progress)


def _replanned(run: Run, seed: int, time_limit: float | None, stop: Stop | None) -> Result:
    from matching.scenarios.replan import again

    path = run.folder / f"{REPLAN}.json"
    details = dict(json_object(path))
    if not {"before", "changes", "loss"} <= details.keys():
        raise InputError([damaged(path)])
    return again(run.instance, run.policy, details, seed=seed, time_limit=time_limit, stop=stop)


def compared_with(run: Run, result: Result) -> Repetition:
    """Hold a run against the result of solving it again."""
    now = {} if result.ranking is None else {
        name: hashlib.sha256(content).hexdigest() for name, content in plan_files(result).items()}
    loose = {name for name, plan in run.plans.items() if any(line.gap for line in plan.goals)}
    loose |= {*run.description.get("unfinished", {}), *result.unfinished}
    return repetition(run.id, run.description, now, tuple(sorted(loose)))


def compared_with_folder(folder: Path, again: Path) -> Repetition:
    """Hold a run's folder against that of the same command done again."""
    read = json_object(folder / "run.json")
    kept = read.get("files", {})
    now = {name: value for name, value in digests(again).items() if name in kept}
    return repetition(str(read.get("id", folder.name)), read, now, ())


def repetition(run: str, read: Mapping[str, Any], now: Mapping[str, str], unproven: tuple[str, ...]) -> Repetition:
    """Compare the digests that ``run.json`` states with those of now."""
    kept: Mapping[str, str] = read.get("files", {})
    return Repetition(run,
                      tuple(name for name in kept if now.get(name) == kept[name]),
                      tuple(name for name in kept if now.get(name, kept[name]) != kept[name]),
                      tuple(name for name in kept if name not in now),
                      tuple(name for name in now if name not in kept), unproven, _otherwise(read))


def _otherwise(read: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return what the run was solved with that is otherwise now."""
    machine = read.get("machine", {})
    then = {**read.get("versions", {}), **{key: machine[key] for key in ("system", "processor") if key in machine}}
    now = {"python": platform.python_version(), **{name: version(name) for name in PACKAGES},
           "system": platform.system(), "processor": platform.machine()}
    return {name: (then[name], value) for name, value in now.items() if then.get(name, value) != value}
