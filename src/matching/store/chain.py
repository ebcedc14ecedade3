"""Entries, and the chain of digests that ties each to all before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

FIRST = "0" * 64
"""What the first entry's digest is built upon."""
KINDS = ("run", "sweep", "point", "note", "accepted", "rebuilt")


class Entry(NamedTuple):
    """What was done once, by whom and why.

    Attributes
    ----------
    number : 1, 2, 3 and so on, without a gap
    at : when it was appended, UTC, ISO 8601 to the second
    kind : one of `KINDS`, or a word of the caller's
    about : the id of the run or the sweep that it speaks of
    body : what was done; never more of a teacher than the id
    digest : SHA-256 in hexadecimal over the digest before and the text of this entry
    """

    number: int
    at: str
    kind: str
    about: str | None
    who: str | None
    why: str | None
    body: Mapping[str, Any]
    digest: str


class Row(NamedTuple):
    """An entry as the database holds it: `text` is what is hashed, `kind` and `about` repeat it for look-ups."""

    number: Any
    kind: Any
    about: Any
    text: bytes
    digest: Any


class Break(NamedTuple):
    """Where the chain breaks first: `code` is the end of the finding's, `number` the entry's."""

    code: str
    number: int
    last: int = 0


def canonical(value: Any) -> str:
    """Return a value's one text in JSON, whatever the order of its keys: these sorted, no blanks.

    Raises
    ------
    ValueError, TypeError
        Where JSON has no word for it; not-a-number and infinity have none.
    """
    return _compact(value, sort_keys=True)


def _compact(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"), allow_nan=False)


def text_of(entry: Entry) -> bytes:
    """Return what is hashed: all of an entry but its digest; a body keeps the order of its keys."""
    whole = {name: value for name, value in entry._asdict().items() if name != "digest"}
    return _compact(whole).encode("utf-8", "backslashreplace")  # half a character in a path is escaped


def digest_of(before: str, text: bytes) -> str:
    """Return an entry's digest, given that of the entry before."""
    return hashlib.sha256(before.encode("ascii", "replace") + b"\n" + text).hexdigest()


def row_of(entry: Entry, before: str) -> Row:
    """Return what the database is to hold of an entry that follows the digest `before`."""
    text = text_of(entry)
    return Row(entry.number, entry.kind, entry.about, text, digest_of(before, text))


def entry_of(row: Row) -> Entry:
    """Read a row.

    Raises
    ------
    ValueError
        Where its text is no entry.
    """
    try:
        entry = Entry(**json.loads(row.text), digest=row.digest)
    except (TypeError, RecursionError) as problem:
        raise ValueError(f"entry {row.number}") from problem
    if not isinstance(entry.body, dict):
        raise ValueError(f"entry {row.number}")
    return entry


def first_break(rows: Iterable[Row]) -> Break | None:
    """Return where rows in the order of their numbers first depart from the chain, and how; None where all hold."""
    kept = list(rows)
    before = FIRST
    for at, row in enumerate(kept):
        if row.number != at + 1:
            return _gap(row.number, at + 1)
        if row.digest != digest_of(before, row.text):
            return _which(before, row, kept[at + 1:at + 2])
        if not _agrees(row):
            return Break("columns", at + 1)
        before = row.digest
    return None


def _gap(found: Any, expected: int) -> Break:
    if isinstance(found, int) and found > expected:
        return Break("missing", expected, found - 1)
    return Break("number", expected)


def _which(before: str, row: Row, following: list[Row]) -> Break:
    """Tell a changed text from a changed digest by what the next entry was built upon."""
    built_on = digest_of(before, row.text)
    if not following:
        return Break("last", row.number)
    if following[0].digest == digest_of(built_on, following[0].text):
        return Break("digest", row.number)
    if isinstance(row.digest, str) and following[0].digest == digest_of(row.digest, following[0].text):
        return Break("changed", row.number)
    return Break("rewritten", row.number)


def _agrees(row: Row) -> bool:
    try:
        entry = entry_of(row)
    except ValueError:
        return False
    return (entry.number, entry.kind, entry.about) == (row.number, row.kind, row.about)
