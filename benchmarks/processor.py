"""The processor's seconds of this process and of those that it started, whether they have ended or not."""

from __future__ import annotations

import os
from pathlib import Path


def seconds() -> float:
    """Return the processor's seconds so far, of this process, its worker processes and those that have ended."""
    own = os.times()
    ticks = os.sysconf("SC_CLK_TCK")
    return own.user + own.system + own.children_user + own.children_system + sum(map(_ticks, _living())) / ticks


def _living() -> list[str]:
    """Return the processes that this one started and that have not ended, where the system tells."""
    lists = Path("/proc/self/task").glob("*/children")
    return [pid for one in lists for pid in one.read_text().split()]


def _ticks(pid: str) -> int:
    try:
        after_name = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, after_name[11:15]))
