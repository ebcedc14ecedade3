"""Folders that commands write."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from matching.domain.refused import not_written


def new_name(command: str = "") -> Path:
    """Return where a command writes its results if nobody says where: a folder named by the time."""
    return Path("runs") / f"{datetime.now():%Y%m%d-%H%M%S}{command and '-'}{command}"


def try_to_write(folder: Path) -> None:
    """Try whether `folder` can be written, before work that may take long.

    Raises
    ------
    InputError
        Where it exists or cannot be written.
    """
    if folder.exists():
        raise not_written(folder, FileExistsError())
    try:
        with tempfile.TemporaryDirectory(dir=next(p for p in folder.absolute().parents if p.exists())):
            pass
    except OSError as problem:
        raise not_written(folder, problem) from problem
