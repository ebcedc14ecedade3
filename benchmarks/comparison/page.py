"""The dated result page: tables and the drawing of cost against arcs.

``python -m benchmarks.comparison.page PAGE.md RUN.json...`` writes one page of several runs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.comparison.growth import growth
from benchmarks.comparison.measure import Row
from benchmarks.comparison.medians import medians
from benchmarks.comparison.methods import TITLES
from benchmarks.comparison.plot import Point, plot

HEADINGS = ("method", "seconds", "audit", "ratio", "of HiGHS", "MiB", "placed", "goals (largest gap)", "proven",
            "rules hold", "rules broken")
LEAST_SECONDS = 1e-3
READING = """\
Every method was given the same compiled arrays, in a process of its own, one after another, all goals in order within
the time limit. **seconds** run from the arrays to the answer, the solver's import (and this engine's worker process)
included; those of the plain min-cost flow are of building and solving it alone. **audit** is the independent audit of
the plan; **ratio** is both over the seconds of the plain min-cost flow in the same run; **of HiGHS** is the seconds
over those of the faster direct call of HiGHS on the same instance, proven or not. **MiB** is the largest process, the
arrays included. **goals** are as the audit counts them, with the largest gap of any seed behind each: 0 is proven, 100%
that only what the bounds of the columns imply is known, ? that the method gives no bound. **proven** and **rules hold**
count seeds; a plan that breaks a hard rule is no plan, whatever it fills. All figures are medians over the seeds that
gave a plan. In the drawing, a hollow point is one that the time limit stopped before all was proven.
"""


def main(page: str, *runs: str) -> None:
    """Write a page of what `benchmarks.compare` wrote as JSON; the facts are those of the first run."""
    found = [json.loads(Path(run).read_text("utf-8")) for run in runs]
    rows = [Row(**row) for run in found for row in run["rows"]]
    write_page(Path(page), rows, found[0]["machine"])


def write_page(page: Path, rows: Sequence[Row], machine: Mapping[str, Any]) -> None:
    """Write the page, and the drawing beside it under the same name."""
    drawing = page.with_suffix(".svg")
    page.parent.mkdir(parents=True, exist_ok=True)
    drawing.write_text(drawn(rows), encoding="utf-8")
    sections = [_section(setting, list(group)) for setting, group in groupby(medians(rows), key=_setting)]
    sections += _growth(rows)
    facts = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    page.write_text(f"# Methods side by side, {page.stem}\n\n{facts}\n\n{READING}\n"
                    f"![Seconds against arcs]({drawing.name})\n\n" + "\n\n".join(sections) + "\n", encoding="utf-8")


def _growth(rows: Sequence[Row]) -> list[str]:
    """Return a section on how this engine's time grows, where several sizes were measured."""
    found = growth(rows)
    if found is None:
        return []
    return [f"## Growth\n\nFrom {found.first} to {found.last}, loose, this engine's median seconds with the audit grow "
            f"as arcs to the power {found.between:.2f}; by least squares over the logarithms of all these sizes, "
            f"{found.fitted:.2f}."]


def drawn(rows: Iterable[Row]) -> str:
    """Return the drawing: of each method and size the medians over all seeds and settings that gave a plan.

    A point is hollow where any of them was stopped before it was proven.
    """
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        if row.seconds is not None and row.holds is not None:
            found.setdefault(TITLES[row.method], {}).setdefault(row.size, []).append(row)
    series = {title: [_point(of) for of in sizes.values()] for title, sizes in found.items()}
    return plot(series, "arcs", "seconds")


def _point(rows: Sequence[Row]) -> Point:
    seconds = median(row.seconds or 0.0 for row in rows)
    return Point(median(row.arcs for row in rows), max(LEAST_SECONDS, seconds),
                 all(row.status != "stopped" for row in rows))


def _setting(entry: Mapping[str, Any]) -> str:
    return f"{entry['size']}: backbone supply {entry['backbone']}, budget {entry['budget']}"


def _section(setting: str, entries: Sequence[Mapping[str, Any]]) -> str:
    lines = [f"## {setting}", "", f"Arcs: {int(entries[0]['arcs']):,}. Seeds: {entries[0]['seeds']}.", "",
             "| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
    lines += ["| " + " | ".join(_cells(entry)) + " |" for entry in entries]
    return "\n".join(lines)


def _cells(entry: Mapping[str, Any]) -> list[str]:
    title = TITLES[entry["method"]]
    if not entry["plans"]:
        return [title, *[""] * 4, _figure(entry["peak_mib"], 0), "", entry["said"], "", "", ""]
    goals = ", ".join(f"{goal['goal']} {goal['value']:.0f} ({_gap(goal['gap'])})" for goal in entry["goals"])
    return [title, _figure(entry["seconds"], 2), _figure(entry["audit_seconds"], 2), _figure(entry["ratio"], 1),
            _figure(entry["of_highs"], 2), _figure(entry["peak_mib"], 0), _figure(entry["placed"], 0), goals,
            f"{entry['proven']} of {entry['seeds']}", f"{entry['holds']} of {entry['seeds']}",
            ", ".join(entry["broken"])]


def _figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _gap(gap: float | None) -> str:
    return "?" if gap is None else f"{gap:.4%}" if gap else "0"


if __name__ == "__main__":
    main(*sys.argv[1:])
