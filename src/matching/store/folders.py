"""The files of a run's folder by their digests, when it was recorded and now."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from matching.domain.findings import InputError

REPORTS = ("report.xlsx", "report.html")
"""What people open, and perhaps save; nothing is solved from these."""


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file within a folder, by its path from there; raises as `digest` does."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in found}


def digest(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal.

    Raises
    ------
    InputError
        Where the system does not let it be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        from matching.report.run_findings import unreadable

        raise InputError([unreadable(path, problem)]) from problem


def from_store(folder: Path, store: Path) -> str:
    """Return where a folder is as seen from the store's; on another drive its whole path."""
    try:
        return Path(os.path.relpath(folder.resolve(), store.resolve())).as_posix()
    except ValueError:
        return folder.resolve().as_posix()
