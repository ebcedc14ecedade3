"""The files of a run's folder by their digests, when it was recorded and now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

REPORTS = ("report.xlsx", "report.html")
"""What people open, and perhaps save; nothing is solved from these."""


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file within a folder, by its path from there."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in found}


def digest(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def from_store(folder: Path, store: Path) -> str:
    """Return where a folder is as seen from the store's; on another drive its whole path."""
    try:
        return Path(os.path.relpath(folder.resolve(), store.resolve())).as_posix()
    except ValueError:
        return folder.resolve().as_posix()


def same(kept: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Tell whether no file that was kept changed or is gone; further ones are nobody's business."""
    return all(now.get(name) == value for name, value in kept.items())
