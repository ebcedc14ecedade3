"""A store held against the folders that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matching.domain.findings import Finding
from matching.store import run_findings as say
from matching.store.chain import entry_of
from matching.store.folders import digest, digests
from matching.store.recorded import Recorded, runs_of, unrecorded
from matching.store.verification import Verification, verified_chain

RUN = "run.json"


def verified(path: Path, *, folders: bool = True, head: str | None = None) -> Verification:
    """Check a store and, as far as its chain is intact, the folders of its runs.

    Raises
    ------
    InputError
        Where there is no file, or `head` is not of its form.
    """
    found = verified_chain(path, head)
    if not folders:
        return found
    runs = runs_of(map(entry_of, found.intact), path.parent)
    beside = unrecorded(runs, path.parent)
    told = [finding for run in runs if (finding := of_run(run, beside)) is not None]
    moved = {suggested for finding in told for suggested in finding.suggest}
    return replace(found, findings=(*found.findings, *told, *_strangers(beside, moved)))


def of_run(run: Recorded, beside: list[Path] | None = None) -> Finding | None:
    """Return in what a run's folder departs from its record; None where in nothing, or where nothing is asked of it.

    Parameters
    ----------
    beside : folders that the store does not know, one of which may be this one under another name
    """
    if run.replaced or run.files is None:
        return None
    number, kept = run.entry.number, run.files
    if not run.folder.is_dir():
        return say.gone(run.id, number, run.folder, _under_another_name(run, beside or []))
    now = digests(run.folder)
    missing = [name for name in kept if name not in now]
    other = [name for name, value in kept.items() if now.get(name, value) != value]
    return say.changed(run.id, number, run.folder, missing, other) if missing or other else None


def _under_another_name(run: Recorded, beside: list[Path]) -> Path | None:
    wanted = run.files.get(RUN) if run.files else None
    return next((path for path in beside if wanted and digest(path / RUN) == wanted), None)


def _strangers(beside: list[Path], moved: set[str]) -> Iterator[Finding]:
    return (say.not_recorded(path) for path in beside if str(path) not in moved)
