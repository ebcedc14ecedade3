"""Records as plain numbers and lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching.scenarios.arrivals.records import Chance


def plain(value: Any) -> Any:
    """Return records as mappings, tuples and counts as lists, a chance with its share."""
    if isinstance(value, Chance):
        return {"share": value.share, "low": value.low, "high": value.high, "hits": value.hits, "draws": value.draws}
    if hasattr(value, "_asdict"):
        return {key: plain(member) for key, member in value._asdict().items()}
    if isinstance(value, Mapping):
        return [list(pair) for pair in value.items()]
    return [plain(member) for member in value] if isinstance(value, tuple) else value
