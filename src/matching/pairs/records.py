"""Records whose unnamed columns hold the contract's defaults."""

from __future__ import annotations

from typing import Any, TypeVar

from matching.domain.records import Need, Pairing, Teacher
from matching.domain.sheets import NEEDS, PAIRINGS, TEACHERS

_SHEETS = {Need: NEEDS, Teacher: TEACHERS, Pairing: PAIRINGS}
R = TypeVar("R", Need, Teacher, Pairing)


def record(kind: type[R], **values: Any) -> R:
    """Return a record of `kind`."""
    defaults: dict[str, Any] = {
        name: column.default for name, column in zip(kind._fields, _SHEETS[kind].columns, strict=True)}
    return kind(**(defaults | values))
