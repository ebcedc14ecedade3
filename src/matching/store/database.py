"""The SQLite file: made whole, opened to read or to append, and never repaired in silence."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from matching.store.chain import Row
from matching.store.drives import is_remote

NAME = "matching-store.sqlite"
APPLICATION, VERSION = 0x4D415443, 1
"""What marks a SQLite file as such a store, and the layout of its table."""
PATIENCE = 60.0
"""Seconds to wait while another process appends."""
GUARDS = {
    "no_change": "BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
    "no_removal": "BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END",
    "only_next": "BEFORE INSERT ON entries WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entries) "
                 "BEGIN SELECT RAISE(ABORT, 'an entry follows the last'); END",
}
"""The last forbids INSERT OR REPLACE as well, for which no guard against removal is asked."""
TABLE = ("CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT, entry TEXT NOT NULL, "
         "digest TEXT NOT NULL)")
SCHEMA = {"entries": TABLE, "entries_about": "CREATE INDEX entries_about ON entries (about)",
          **{name: f"CREATE TRIGGER {name} {body}" for name, body in GUARDS.items()}}
BEGINNING = b"SQLite format 3\0"
COLUMNS = "number, kind, about, entry, digest"


class NoStoreError(Exception):
    """The file is no such store: `code` says which of ``foreign``, ``newer``, ``guards``, ``cut``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def log_of(path: Path) -> Path:
    """Return where SQLite keeps what was appended last."""
    return path.with_name(f"{path.name}-wal")


def make(path: Path) -> None:
    """Make an empty store beside and give it its name when whole; one that came up meanwhile is left as it is.

    Raises
    ------
    OSError, sqlite3.Error
        Where it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    try:
        _fill(name, remote=is_remote(path.parent))
        os.chmod(name, 0o644)
        _give_name(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(name)


def _fill(name: str, *, remote: bool) -> None:
    with closing(sqlite3.connect(name, isolation_level=None)) as base:
        base.execute("BEGIN")
        for statement in SCHEMA.values():
            base.execute(statement)
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.execute("COMMIT")
        if not remote:  # stays as it was where the file system cannot
            base.execute("PRAGMA journal_mode = WAL")


def _give_name(name: str, path: Path) -> None:
    with suppress(FileExistsError):
        try:
            os.link(name, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if path.exists():
                raise FileExistsError(path) from None
            os.rename(name, path)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that sees all that was appended and changes nothing; `check_guards` is left to the caller.

    Raises
    ------
    OSError, sqlite3.Error, NoStoreError
    """
    with closing(_to_read(path)) as base:
        base.text_factory = bytes
        _check_mark(base)
        yield base


def _to_read(path: Path) -> sqlite3.Connection:
    """Open a store so that no file changes and none is left behind, whether or not somebody appends meanwhile."""
    _check_length(path)
    if _size(log_of(path)):  # a reader that may write would move the log's content into the store
        return _connected(path, "mode=ro")
    try:
        return _looked_into(_connected(path, "mode=rw"))
    except sqlite3.OperationalError:
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            raise
        return _connected(path, "immutable=1")


def _looked_into(base: sqlite3.Connection) -> sqlite3.Connection:
    """Keep a connection from writing, and see whether it can read; it leaves no log behind where it cannot."""
    try:
        base.execute("PRAGMA query_only = ON")
        base.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        base.close()
        raise
    return base


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep the log while the block runs: whoever appends meanwhile need not empty it each time."""
    with closing(_connected(path, "mode=rw")) as base:
        base.execute("SELECT count(*) FROM entries").fetchone()
        yield


@contextmanager
def appending(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection within a transaction of its own, which is on the disk when the block ends well.

    Raises
    ------
    OSError, sqlite3.Error, NoStoreError
    """
    _check_length(path)
    with closing(_connected(path, "mode=rw")) as base:
        base.text_factory = bytes
        _check_mark(base)
        check_guards(base)
        base.execute(f"PRAGMA journal_mode = {'DELETE' if is_remote(path.parent) else 'WAL'}")  # it may have been moved
        base.execute("PRAGMA synchronous = EXTRA")  # of a log the same as FULL
        base.execute("PRAGMA fullfsync = ON")
        base.execute("PRAGMA wal_autocheckpoint = 0")  # the last to close empties the log, alone: docs/runs.md
        base.execute("BEGIN IMMEDIATE")
        yield base
        base.execute("COMMIT")


def _connected(path: Path, how: str) -> sqlite3.Connection:
    place = path.absolute().as_posix()  # that of a share begins with two slashes, to which SQLite wants two more
    address = f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place), safe='/:')}?{how}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def _check_length(path: Path) -> None:
    """Compare a file with the length that its first page states (sqlite.org/fileformat.html).

    SQLite leaves its log behind where it opens a file cut short. While another process empties the log, the length may
    be behind for a moment.
    """
    for pause in (0.0, 0.05, 0.2):
        time.sleep(pause)
        if _size(log_of(path)):
            return
        with path.open("rb") as file:
            start = file.read(32)
        if not start.startswith(BEGINNING) or len(start) < 32:
            return
        page = int.from_bytes(start[16:18], "big")
        if _size(path) >= (65536 if page == 1 else page) * int.from_bytes(start[28:32], "big"):
            return
    raise NoStoreError("cut")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _check_mark(base: sqlite3.Connection) -> None:
    application, = base.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION:
        raise NoStoreError("foreign")
    version, = base.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        raise NoStoreError("newer")


def check_guards(base: sqlite3.Connection) -> None:
    """Compare the table and what guards it with what they were made as.

    Raises
    ------
    NoStoreError
        Where they differ.
    """
    found = {name.decode("utf-8", "replace"): sql.decode("utf-8", "replace")
             for name, sql in base.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if found != SCHEMA:
        raise NoStoreError("guards")


def rows(base: sqlite3.Connection, where: str = "1") -> Iterator[Row]:
    """Yield rows in the order of their numbers."""
    for number, kind, about, text, digest in base.execute(
            f"SELECT {COLUMNS} FROM entries WHERE {where} ORDER BY number"):
        whole = text if isinstance(text, bytes) else str(text).encode()
        yield Row(number, _text(kind), _text(about), whole, _text(digest))


def _text(value: object) -> object:
    """Return a text as one; what is none stays what it is."""
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value


def add(base: sqlite3.Connection, row: Row) -> None:
    """Append a row within the transaction."""
    base.execute(f"INSERT INTO entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?)",
                 (row.number, row.kind, row.about, row.text.decode(), row.digest))
