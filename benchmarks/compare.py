"""This engine beside what a user would pick instead: ``python -m benchmarks.compare S M --seeds 1 2`` from the root."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.comparison.case import Settings
from benchmarks.comparison.measure import Row, Setting, measure
from benchmarks.comparison.medians import medians
from benchmarks.comparison.methods import METHODS, TITLES
from benchmarks.comparison.page import write_page
from benchmarks.synthetic import SIZES

PACKAGES = ("highspy", "ortools", "pulp", "numpy", "scipy", "pyscipopt", "matching")
SUPPLIES = ("loose", "tight")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; print each row as it comes, then write JSON and the page."""
    options = _parser().parse_args(arguments)
    if options.extra:
        sys.path.append(str(options.extra))
    facts = machine(options) | {"command": _command(arguments)}
    rows = list(_measured(options))
    if options.json:
        found = {"machine": facts, "rows": [asdict(row) for row in rows], "medians": medians(rows)}
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.page:
        page = options.page / f"{date.today().isoformat()}.md" if options.page.suffix != ".md" else options.page
        write_page(page, rows, facts)
    return 0


def _measured(options: argparse.Namespace) -> Iterator[Row]:
    settings = Settings(options.time_limit, options.engine, options.threads, str(options.extra or ""))
    for size, backbone, budget, seed in product(options.sizes, options.backbone, options.budget, options.seeds):
        setting = Setting(size, seed, backbone, budget)
        print(f"{setting.name}, seed {seed}", flush=True)
        for row in measure(setting, options.methods, settings):
            print(line(row), flush=True)
            yield row


def line(row: Row) -> str:
    """Return a row for a terminal."""
    title = f"  {TITLES[row.method]:42}"
    if row.holds is None:
        return f"{title} no plan, {row.peak_mib} MiB: {row.said}"
    goals = ", ".join(f"{goal['goal']} {goal['value']}" + ("" if goal["gap"] is None else f" (gap {goal['gap']:.6f})")
                      for goal in row.goals)
    rules = "rules hold" if row.holds else f"breaks {row.broken}"
    return (f"{title} {row.seconds:8.2f} s + audit {row.audit_seconds:.2f} s, ratio {row.ratio or 0:.1f}, "
            f"{row.peak_mib} MiB, {row.status}, {row.placed} placed, {goals}, {rules}")


def machine(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the figures depend on."""
    return {"date": date.today().isoformat(), "processor": f"{platform.machine()}, {os.cpu_count()} cores",
            "Python": platform.python_version(), "packages": ", ".join(_versions()),
            "time limit": f"{options.time_limit:g} s a method, all goals together",
            "threads": f"{options.threads} (SCIP and CBC one)", "load before the run": _load()}


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _versions() -> Iterator[str]:
    for package in PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} not installed"


def _command(arguments: Sequence[str] | None) -> str:
    """Return the command without the machine's own paths."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for option in ("--extra", "--json", "--page"):
        if option in given:
            at = given.index(option)
            del given[at:at + 2]
    return " ".join(["python -m benchmarks.compare", *given])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=list(SIZES), help="sizes of the synthetic instances")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--backbone", nargs="+", choices=SUPPLIES, default=["loose"])
    parser.add_argument("--budget", nargs="+", choices=SUPPLIES, default=["loose"])
    parser.add_argument("--methods", nargs="+", choices=list(METHODS), default=list(METHODS))
    parser.add_argument("--engine", default="highs", help="which of this project's engines (default: highs)")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds a method (default: 60)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--extra", type=Path, help="folder with pyscipopt and PyPI's matching (pip install --target)")
    parser.add_argument("--json", type=Path, help="write rows and medians to this file")
    parser.add_argument("--page", type=Path, help="write a page and drawing: a .md file, or a folder for dated ones")
    return parser


if __name__ == "__main__":
    sys.exit(main())
