"""Ways in which a store comes to harm."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from matching.store import Store, open_store
from matching.store.database import GUARDS, SCHEMA


def filled(folder: Path, entries: int = 5) -> Store:
    """A store with notes."""
    store = open_store(folder, create=True)
    with store.held():
        for number in range(1, entries + 1):
            store.append("note", {"n": number, "words": "支教" * 40}, about=f"run-{number % 2}", who="li", why="试")
    return store


def tamper(path: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    """Change a store as somebody would who takes its guards away and puts them back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for name in GUARDS:
            base.execute(f"DROP TRIGGER {name}")
        base.execute(statement, values)
        for name in GUARDS:
            base.execute(SCHEMA[name])


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
