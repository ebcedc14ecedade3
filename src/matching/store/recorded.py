"""The runs that a store knows, each with what was said of it later."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from matching.domain.findings import InputError
from matching.store import run_findings as say
from matching.store.chain import Entry
from matching.store.folders import from_store


@dataclass(frozen=True)
class Recorded:
    """A run as the store knows it.

    Attributes
    ----------
    entry : what was appended when its folder was written
    folder : where that was, or what was accepted in its stead
    files : the digests that its files should have; None where it was accepted that the folder is gone
    later : what was appended about it since
    replaced : a later run was written into a folder of the same name
    """

    entry: Entry
    folder: Path
    files: Mapping[str, str] | None
    later: tuple[Entry, ...] = ()
    replaced: bool = False

    @property
    def id(self) -> str:
        """The run's id."""
        return str(self.entry.about)

    @property
    def body(self) -> Mapping[str, Any]:
        """What was recorded of it."""
        return self.entry.body


def runs_of(entries: Iterable[Entry], folder: Path) -> list[Recorded]:
    """Return the runs among entries, in their order; `folder` is the store's."""
    runs: dict[int, Recorded] = {}
    for entry in entries:
        if entry.kind == "run":
            runs = {number: _before(run, entry, folder) for number, run in runs.items()}
            runs[entry.number] = Recorded(entry, folder / entry.body["folder"], entry.body["files"])
        elif entry.kind in ("note", "accepted") and entry.body.get("run") in runs:
            runs[entry.body["run"]] = _told(runs[entry.body["run"]], entry, folder)
    return list(runs.values())


def _before(run: Recorded, entry: Entry, folder: Path) -> Recorded:
    gone = run.folder == folder / entry.body["folder"]
    return replace(run, replaced=True) if gone else run


def _told(run: Recorded, entry: Entry, folder: Path) -> Recorded:
    told = replace(run, later=(*run.later, entry))
    if entry.kind == "note":
        return told
    return replace(told, folder=folder / entry.body["folder"], files=entry.body["files"])


def run_named(runs: Sequence[Recorded], asked: str, folder: Path) -> Recorded:
    """Return the run of an id, of an entry's number, or of a folder; the latest where several bear the id.

    Raises
    ------
    InputError
        Where there is none; the nearest ids are suggested.
    """
    by_number = [run for run in runs if asked.lstrip("#") == str(run.entry.number)]
    by_id = [run for run in runs if run.id == asked]
    place = from_store(Path(asked), folder)
    by_place = [run for run in runs if from_store(run.folder, folder) == place and not run.replaced]
    found = by_id or by_place or by_number
    if found:
        return found[-1]
    ids = list(dict.fromkeys(run.id for run in reversed(runs)))
    near = difflib.get_close_matches(asked, ids, n=3, cutoff=0.3) or ids[:3]
    raise InputError([say.unknown_run(asked, folder, tuple(near))])


def unrecorded(runs: Iterable[Recorded], folder: Path) -> list[Path]:
    """Return the run folders beside the store that it does not know."""
    known = {run.folder.resolve() for run in runs}
    found = sorted(path.parent for path in folder.glob("*/run.json") if not path.parent.name.startswith("."))
    return [path for path in found if path.resolve() not in known]
