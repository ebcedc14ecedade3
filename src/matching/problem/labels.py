"""How groups are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def label(value: Any) -> str | None:
    """Return a group's label for a raw value; None where there is none."""
    if value is None or isinstance(value, bool):
        return None if value is None else ("yes" if value else "no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def joined(*columns: Sequence[Any]) -> list[str | None]:
    """Return the label of each row of the columns of raw values; None where one is missing."""
    rows = zip(*([label(v) for v in column] for column in columns), strict=True)
    return [None if None in row else " * ".join(map(str, row)) for row in rows]


def numbered(labels: Iterable[str]) -> tuple[str, ...]:
    """Return `labels` with `` #2``, `` #3`` ... behind those that stood before."""
    seen: dict[str, int] = {}
    out = []
    for text in labels:
        seen[text] = seen.get(text, 0) + 1
        out.append(text if seen[text] == 1 else f"{text} #{seen[text]}")
    return tuple(out)
