"""Whether a store is what it was: its file, its chain, and the folders of its runs."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matching.domain.findings import Finding, InputError, has_errors
from matching.store import database
from matching.store import findings as say
from matching.store import run_findings as say_run
from matching.store.chain import Row, first_break

HEAD = re.compile(r"(\d{1,9}):([0-9a-f]{8,64})")


@dataclass(frozen=True)
class Verification:
    """What a check found.

    Attributes
    ----------
    rows : how many entries could be read
    intact : how many of these, from the first, are proven unchanged
    head : ``number:digest`` of the last intact entry; to be kept elsewhere and held against the store later
    findings : errors, and warnings that are no damage, such as a run that is not recorded
    """

    rows: int
    intact: tuple[Row, ...] = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is damaged."""
        return not has_errors(self.findings)

    @property
    def head(self) -> str | None:
        """The last intact entry's number and digest."""
        return f"{self.intact[-1].number}:{self.intact[-1].digest}" if self.intact else None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer for machines, but for the findings."""
        return {"ok": self.ok, "entries": self.rows, "intact": len(self.intact), "head": self.head}


def verified_chain(path: Path, head: str | None = None) -> Verification:
    """Check a store's file and chain, without looking at any folder.

    Raises
    ------
    InputError
        Where there is no file, or `head` is not of its form.
    """
    wanted = _head(head)
    if not path.exists():
        raise InputError([say.log_alone(path) if database.log_of(path).exists() else say.no_store(path)])
    rows, findings = _read(path)
    broken = first_break(rows)
    if broken is not None:
        findings.insert(0, say.chain_broken(path, broken))
    intact = rows if broken is None else rows[:max(0, broken.number - 1)]
    if wanted is not None and not _holds(intact, *wanted):
        findings.append(say_run.head_lost(str(head), len(rows)))
    return Verification(len(rows), tuple(intact), tuple(findings))


def _read(path: Path) -> tuple[list[Row], list[Finding]]:
    """Return the rows up to where the file can be read, and what is wrong with the file."""
    rows: list[Row] = []
    findings: list[Finding] = []
    try:
        with say.said(path), database.reading(path) as base:
            findings += _of_guards(path, base)
            rows.extend(database.rows(base))
            findings += _of_pages(path, base)
    except InputError as problem:
        findings += problem.findings
    return rows, findings


def _of_guards(path: Path, base: sqlite3.Connection) -> Iterator[Finding]:
    try:
        database.check_guards(base)
    except database.NoStoreError as problem:
        yield say.no_such(path, problem.code)


def _of_pages(path: Path, base: sqlite3.Connection) -> Iterator[Finding]:
    """Yield what SQLite finds wrong with the pages and the index."""
    told = [line.decode(errors="replace") for line, in base.execute("PRAGMA integrity_check(1)")]
    if told != ["ok"]:
        yield say.no_such(path, "malformed", " ".join(told))


def _head(given: str | None) -> tuple[int, str] | None:
    if given is None:
        return None
    found = HEAD.fullmatch(given.strip().lower())
    if found is None:
        raise InputError([say_run.head_format(given)])
    return int(found[1]), found[2]


def _holds(rows: Sequence[Row], number: int, digest: str) -> bool:
    return 0 < number <= len(rows) and str(rows[number - 1].digest).startswith(digest)
