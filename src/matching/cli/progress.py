"""Progress on a terminal: each plan's goal with its present value, bound and gap."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from matching.cli.context import Context
from matching.domain.text import Lang, Text
from matching.report.words import goal_word

if TYPE_CHECKING:
    from rich.table import Table

    from matching.engines import Progress

HEADINGS = (Text("方案", "plan"), Text("目标", "goal"), Text("当前值", "value"), Text("界限", "bound"),
            Text("差距", "gap"), Text("秒", "seconds"))


class Board:
    """Shows the latest progress of each plan, one line a plan."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._rows: dict[str, tuple[str, ...]] = {}

    def tell(self, plan_id: str, progress: Progress) -> None:
        """Take up the present state of a plan's goal; called from several threads."""
        value = "-" if progress.value is None else f"{progress.value:,}"
        gap = "" if progress.gap is None else f"{progress.gap:.4%}"
        goal = goal_word(progress.goal, self._lang)
        self._rows[plan_id] = (plan_id, goal, value, f"{progress.bound:,}", gap, f"{progress.seconds:.1f}")

    def __rich__(self) -> Table:
        from rich.table import Table

        table = Table(box=None)
        for at, heading in enumerate(HEADINGS):
            table.add_column(heading.get(self._lang), justify="left" if at < 2 else "right")
        for row in list(self._rows.values()):  # a copy: another thread may add one
            table.add_row(*row)
        return table


@contextmanager
def board(context: Context) -> Iterator[Board]:
    """Show progress while the block runs, on standard error, where that is a terminal."""
    from rich.live import Live

    shown = Board(context.lang)
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
