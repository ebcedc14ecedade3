"""A store: entries that are appended, read and verified, and never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError
from matching.store import database
from matching.store import findings as say
from matching.store.chain import FIRST, Entry, digest_of, entry_of, first_break, row_of
from matching.store.recorded import Recorded, runs_of
from matching.store.verification import Verification, verified_chain
from matching.store.verify import verified


@dataclass(frozen=True)
class Store:
    """What is known of the runs of one folder; it holds no connection, so that it may be kept, sent and shared.

    Attributes
    ----------
    path : the SQLite file
    """

    path: Path

    @property
    def folder(self) -> Path:
        """The folder that holds the run folders."""
        return self.path.parent

    def entries(self, kind: str | None = None, about: str | None = None) -> list[Entry]:
        """Return entries in the order in which they were appended, of one kind, of one run or sweep, or all.

        Raises
        ------
        InputError
            Where the store cannot be read, or the chain up to them does not hold.
        """
        with self._reading() as base:
            kept = list(database.rows(base))
        broken = first_break(kept)
        if broken is not None:
            raise InputError([say.chain_broken(self.path, broken)])
        return [entry_of(row) for row in kept if kind in (None, row.kind) and about in (None, row.about)]

    def runs(self) -> list[Recorded]:
        """Return the runs in the order in which they were recorded, each with what was said of it later.

        Raises
        ------
        InputError
            Where the store cannot be read, or its chain does not hold.
        """
        return runs_of(self.entries(), self.folder)

    def append(self, kind: str, body: Mapping[str, Any], *, about: str | None = None, who: str | None = None,
               why: str | None = None) -> Entry:
        """Append an entry, which is on the disk when this returns.

        Parameters
        ----------
        kind : one of `chain.KINDS`, or a word of the caller's
        about : the id of the run or the sweep that it speaks of
        body : plain JSON; of teachers nothing but ids

        Raises
        ------
        InputError
            Where the store is damaged or cannot be written.
        ValueError, TypeError
            Where `body` is no plain JSON.
        """
        with self._appending() as base:
            number, before = _last(self.path, base)
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            row = row_of(Entry(number + 1, at, _plain(kind), about and _plain(about), who, why, body, ""), before)
            database.add(base, row)
        return entry_of(row)

    def verify(self, *, folders: bool = True, head: str | None = None) -> Verification:
        """Check the file, the chain, and whether the folders of the runs are as they were recorded.

        Parameters
        ----------
        head : ``number:digest`` as told by an earlier verification, which must still be in the chain

        Raises
        ------
        InputError
            Where there is no store, or `head` is not of this form.
        """
        return verified(self.path, folders=folders, head=head)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make appending quicker while the block runs, by whomever."""
        with say.said(self.path), database.held(self.path):
            yield

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with say.said(self.path), database.reading(self.path) as base:
            database.check_guards(base)
            yield base

    @contextmanager
    def _appending(self) -> Iterator[sqlite3.Connection]:
        with say.said(self.path), database.appending(self.path) as base:
            yield base


def open_store(path: str | Path, *, create: bool = False) -> Store:
    """Open the store of a folder of runs, or the file itself.

    Parameters
    ----------
    create : make an empty one where there is none

    Raises
    ------
    InputError
        Where there is none, it cannot be made, or what is there is no such store or is damaged.
    """
    store = Store(place_of(Path(path)))
    if not store.path.exists():
        if not create:
            raise InputError([say.no_store(store.path)])
        _make(store.path)
    with store._reading():
        return store


def place_of(path: Path) -> Path:
    """Return where the store of a folder is; a file is taken for the store itself."""
    return path if path.is_file() or path.suffix in (".sqlite", ".db") else path / database.NAME


def damage(path: Path) -> tuple[Finding, ...]:
    """Return what is damaged of the store of a folder, its whole chain looked at; nothing where there is no store.

    A file that is none of ours, or cannot be had now, is no damage.
    """
    at = place_of(path)
    if not at.exists() and not database.log_of(at).exists():
        return ()
    try:
        found = verified_chain(at).findings
    except InputError as problem:
        found = problem.findings
    return tuple(finding for finding in found if finding.severity == "error" and finding.code not in say.NOT_OURS)


def _make(path: Path) -> None:
    if database.log_of(path).exists():
        raise InputError([say.log_alone(path)])
    with say.said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        database.make(path)


def _last(path: Path, base: sqlite3.Connection) -> tuple[int, str]:
    """Return the last entry's number and digest, which must follow from the one before."""
    rows = list(database.rows(base, "number > (SELECT max(number) FROM entries) - 2"))
    if not rows:
        return 0, FIRST
    before = rows[0].digest if len(rows) > 1 else FIRST
    last = rows[-1]
    follows = isinstance(before, str) and last.digest == digest_of(before, last.text)
    if not follows or (len(rows) == 1) != (last.number == 1):
        raise InputError([say.chain_broken(path, first_break(database.rows(base)) or say.AT_THE_END)])
    return last.number, last.digest


def _plain(word: str) -> str:
    return word.encode("utf-8", "backslashreplace").decode()
