"""A method in a process of its own, with a time limit and its peak memory."""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from benchmarks.comparison.case import Answer, Settings

GRACE = 30.0
"""Seconds that a process may overrun before it is killed: solvers do not always look at the clock."""
ROOT = Path(__file__).parents[2]
LAUNCHER = Path(__file__).with_name("launcher.py")


class Ran(NamedTuple):
    """The answer, or None where the process was killed or failed, and `said` why; memory in MiB."""

    answer: Answer | None
    peak_mib: int
    said: str


def run(method: str, case_file: Path, settings: Settings) -> Ran:
    """Run a method on a pickled case; its memory is that of the largest process that it started, or its own."""
    answer_file, log = case_file.with_suffix(f".{method}"), case_file.with_suffix(f".{method}.log")
    limit = settings.seconds + GRACE
    command = [sys.executable, "-m", "benchmarks.comparison.child", method, str(case_file), str(answer_file),
               json.dumps(asdict(settings))]
    with log.open("wb") as errors:
        launched = subprocess.run([sys.executable, "-I", "-S", str(LAUNCHER), str(limit), *command], cwd=ROOT,
                                  stdout=subprocess.PIPE, stderr=errors, check=True)
    code, peak = json.loads(launched.stdout)
    if answer_file.exists():
        return Ran(pickle.loads(answer_file.read_bytes()), peak, "")
    if code == -signal.SIGKILL:
        return Ran(None, peak, f"killed after {limit:.0f} s")
    return Ran(None, peak, (log.read_text("utf-8", "replace").strip().splitlines() or [f"exit {code}"])[-1])
