"""Rows of several seeds made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any

from benchmarks.comparison.measure import Row

KEY = ("size", "backbone", "budget", "method")


def medians(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return one entry for each size, setting and method, in the order of their first rows.

    Times, ratios, memory and arcs are medians over the seeds that gave a plan; `gaps` are the largest of each goal;
    `proven`, `holds` and `plans` count seeds of `seeds`.
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, name) for name in KEY), []).append(row)
    return [dict(zip(KEY, key, strict=True)) | _one(group) for key, group in groups.items()]


def _one(rows: Sequence[Row]) -> dict[str, Any]:
    planned = [row for row in rows if row.holds is not None]
    return {
        "seeds": len(rows), "plans": len(planned), "proven": sum(row.status == "proven" for row in rows),
        "holds": sum(bool(row.holds) for row in rows), "arcs": _median(rows, lambda row: row.arcs),
        "seconds": _median(planned, lambda row: row.seconds), "ratio": _median(planned, lambda row: row.ratio),
        "audit_seconds": _median(planned, lambda row: row.audit_seconds),
        "peak_mib": _median(rows, lambda row: row.peak_mib), "placed": _median(planned, lambda row: row.placed),
        "goals": [_goal(planned, k) for k in range(len(planned[0].goals))] if planned else [],
        "broken": sorted({rule for row in planned for rule in row.broken}),
        "said": "; ".join(dict.fromkeys(row.said for row in rows if row.said)),
    }


def _goal(rows: Sequence[Row], k: int) -> dict[str, Any]:
    gaps = [row.goals[k]["gap"] for row in rows]
    return {"goal": rows[0].goals[k]["goal"], "value": median(row.goals[k]["value"] for row in rows),
            "gap": None if None in gaps else max(gaps)}


def _median(rows: Sequence[Row], figure: Callable[[Row], float | None]) -> float | None:
    known = [value for value in map(figure, rows) if value is not None]
    return median(known) if known else None
