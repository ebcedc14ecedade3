"""A new store out of what is intact of a damaged one and of the run folders; the damaged file is kept."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from matching.domain.findings import InputError
from matching.store import database
from matching.store import findings as say
from matching.store.chain import Row
from matching.store.folders import digest
from matching.store.record import record_found
from matching.store.recorded import unrecorded
from matching.store.store import Store, place_of
from matching.store.verification import Verification, verified_chain

BESIDE = ("", "-wal", "-shm", "-journal")
"""The files of a SQLite database, by the ends of their names."""


@dataclass(frozen=True)
class Rebuilt:
    """What a new store was made of.

    Attributes
    ----------
    kept_as : the damaged file under its new name; None where there was none
    intact : how many of its entries were taken over, all of them from the first
    found : the run folders that were added
    """

    store: Store
    kept_as: Path | None
    intact: int
    found: tuple[Path, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {"store": str(self.store.path), "kept_as": self.kept_as and str(self.kept_as), "intact": self.intact,
                "found": [path.name for path in self.found]}


def rebuild(folder: Path, *, who: str | None = None, why: str | None = None) -> Rebuilt:
    """Make a folder's store anew; call it when nobody else uses the store.

    Raises
    ------
    InputError
        Where the store is intact, or is none of ours or not to be had now, where there is neither a store nor a run
        folder, or where the new one cannot be written.
    """
    path = place_of(folder)
    before = verified_chain(path) if path.exists() else None
    if before is not None and before.ok:
        raise InputError([say.nothing_wrong(path, before.rows)])
    if before is not None and any(finding.code in say.NOT_OURS for finding in before.findings):
        raise InputError(before.findings)
    if before is None and not unrecorded((), path.parent):
        raise InputError([say.nothing_to_rebuild(path)])
    with say.said(path):
        new = _filled(path, before, who, why)
        try:
            kept_as = _put_aside(path)
            os.rename(new.path, path)
        finally:
            with suppress(FileNotFoundError):
                os.remove(new.path)
    found = [new.folder / run.body["folder"] for run in Store(path).runs() if run.body.get("found")]
    return Rebuilt(Store(path), kept_as, len(before.intact) if before else 0, tuple(found))


def _filled(path: Path, before: Verification | None, who: str | None, why: str | None) -> Store:
    """Make the new store under a passing name."""
    with tempfile.NamedTemporaryFile(prefix=f".{path.name}-", dir=path.parent) as passing:
        place = Path(passing.name)
    database.make(place)
    store = Store(place)
    rows: Sequence[Row] = before.intact if before else ()
    with database.appending(place) as base:
        for row in rows:
            database.add(base, row)
    was = {"file": digest(path), "rows": before.rows, "wrong": [f.code for f in before.findings]} if before else None
    store.append("rebuilt", {"intact": len(rows), "was": was}, who=who, why=why)
    for folder in sorted(unrecorded(store.runs(), path.parent), key=lambda at: (at / "run.json").stat().st_mtime):
        record_found(store, folder, who=who, why=why)
    return store


def _put_aside(path: Path) -> Path | None:
    """Rename a damaged store, its log with it; None where nothing was there."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")
    moved = False
    for end in BESIDE:
        with suppress(FileNotFoundError):
            os.rename(f"{path}{end}", f"{aside}{end}")
            moved = True
    return aside if moved else None
