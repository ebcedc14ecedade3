"""Progress on a terminal: each plan's goal with its present value, bound and gap."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from matching.cli.context import Context

if TYPE_CHECKING:
    from matching.engines import Progress

GOALS = {"fill": ("补足需求", "fill"), "shortfall": ("弹性规则缺口", "shortfall"), "points": ("积分", "points")}


class Board:
    """Shows the latest progress of each plan, one line a plan."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lines: dict[str, str] = {}

    def tell(self, plan_id: str, progress: Progress) -> None:
        """Take up the present state of a plan's goal."""
        zh, en = GOALS.get(progress.goal, (progress.goal, progress.goal))
        goal = zh if self._context.lang == "zh" else en
        value = "-" if progress.value is None else str(progress.value)
        bound = "-" if progress.bound is None else f"{progress.bound:g}"
        gap = "" if progress.gap is None else f"{progress.gap:.4%}"
        figures = f"{value:>10} | {bound:>12} | {gap:>9}  {progress.seconds:6.1f} s"
        self._lines[plan_id] = f"{plan_id:<14} {goal:<10} {figures}"

    def __rich__(self) -> str:
        zh = "方案           目标           当前值 |         界限 |      差距"
        en = "plan           goal            value |        bound |       gap"
        head = zh if self._context.lang == "zh" else en
        return "\n".join([head, *self._lines.values()])


@contextmanager
def board(context: Context) -> Iterator[Board]:
    """Show progress while the block runs, on standard error, where that is a terminal."""
    from rich.live import Live

    shown = Board(context)
    if not context.err.is_terminal:
        yield shown
        return
    with Live(shown, console=context.err, refresh_per_second=4, transient=True):
        yield shown


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C within the block into a stop that keeps what was found."""
    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
