"""Seconds and size of the reports of a large run: ``python -m benchmarks.report [TEACHERS]`` from the root."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.report.samples import sample

from matching.report import Report, write_report_html, write_report_xlsx


def timed(write: Callable[[Path, Report], None], path: Path, report: Report) -> str:
    """Write one file and return its seconds and size."""
    began = time.perf_counter()
    write(path, report)
    return f"{path.name:12} {time.perf_counter() - began:6.2f} s {path.stat().st_size / 1e6:8.1f} MB"


def main(teachers: int = 10_000) -> None:
    """Print the seconds that each report takes."""
    report = sample(teachers)
    print(f"{teachers} teachers, {len(report.plan.placements)} placements, {len(report.ranking.plans)} plans")
    with tempfile.TemporaryDirectory() as folder:
        print(timed(write_report_xlsx, Path(folder) / "report.xlsx", report))
        print(timed(write_report_html, Path(folder) / "report.html", report))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
