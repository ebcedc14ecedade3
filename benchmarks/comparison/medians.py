"""Rows of several seeds made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.comparison.measure import Row

KEY = ("size", "backbone", "budget", "method")
DIRECT = ("highs", "highs-lifted")


def medians(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return one entry for each size, setting and method, in the order of their first rows.

    Times, ratios, memory and arcs are medians over the seeds that gave a plan, `of_highs` those over the seconds of
    the faster of the two direct calls of HiGHS on the same instance, proven or not; the gap of a goal is the largest;
    `proven`, `holds` and `plans` count seeds of `seeds`.
    """
    rows = tuple(rows)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, name) for name in KEY), []).append(row)
    direct = _direct(rows)
    return [dict(zip(KEY, key, strict=True)) | _one(group, direct) for key, group in groups.items()]


def _instance(row: Row) -> tuple[object, ...]:
    return row.size, row.backbone, row.budget, row.seed


def _direct(rows: Iterable[Row]) -> dict[tuple[object, ...], float]:
    """Return the seconds of the faster direct call of HiGHS, by instance."""
    found: dict[tuple[object, ...], float] = {}
    for row in rows:
        if row.method in DIRECT and row.seconds is not None:
            found[_instance(row)] = min(row.seconds, found.get(_instance(row), row.seconds))
    return found


def _one(rows: Sequence[Row], direct: Mapping[tuple[object, ...], float]) -> dict[str, Any]:
    planned = [row for row in rows if row.holds is not None]
    return {
        "seeds": len(rows), "plans": len(planned), "proven": sum(row.status == "proven" for row in rows),
        "holds": sum(bool(row.holds) for row in rows), "arcs": _median(rows, lambda row: row.arcs),
        "seconds": _median(planned, lambda row: row.seconds), "ratio": _median(planned, lambda row: row.ratio),
        "of_highs": _median(planned, lambda row: (row.seconds or 0.0) / direct[_instance(row)]
                            if _instance(row) in direct else None),
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
