"""What files are called after people and schools, on any system."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


def file_names(wanted: Sequence[str]) -> list[str]:
    """Return names that every system takes and that differ, though capitals may not count."""
    seen: set[str] = set()
    return [_unlike(_safe(name), seen) for name in wanted]


def _safe(name: str) -> str:
    return _FORBIDDEN.sub("_", name)[:LONGEST].strip(" .") or "_"


def _unlike(name: str, seen: set[str]) -> str:
    found, number = name, 1
    while found.casefold() in seen:
        number += 1
        found = f"{name} ({number})"
    seen.add(found.casefold())
    return found
