"""Several programs solved at once, each in a worker process: one that dies is a status, not the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

from matching.engines.ledger import Ledger
from matching.engines.process import Asked, Ending, Worker, run_in_process
from matching.engines.settings import Settings

WITH_A_PLAN = 4
"""How many shares of the time each may have where all have a plan: some brought to their end are worth more than all
begun."""
WHILE_OTHERS_WAIT = 0.9
"""What share of the time left one may have at the most while others wait, so that the small ones have any."""
Heard = Callable[[int, Ending], None]


def nobody_asks() -> bool:
    """Let a run go on."""
    return False


def _nobody_hears(k: int, ending: Ending) -> None:
    """Hear nothing."""


class Runner(Protocol):
    """Works several ledgers."""

    def __call__(self, ledgers: Sequence[Ledger], engine: str, settings: Settings, stop: Asked = nobody_asks,
                 heard: Heard = _nobody_hears) -> list[Ending]:
        """Run `engine` on each ledger's program; the ledgers take up what it finds.

        Parameters
        ----------
        settings : `workers` is how many run at once, with one thread each; of a deadline each has its share by arcs,
            so that all have their turn, and what one leaves over goes to those after it; where all have a plan to begin
            with, several shares
        stop : asked several times a second
        heard : told the position and the ending of each that has ended, one at a time, in the order of ending

        Returns
        -------
        one Ending a ledger, in their order
        """


def one_by_one(ledgers: Sequence[Ledger], engine: str, settings: Settings, stop: Asked = nobody_asks,
               heard: Heard = _nobody_hears) -> list[Ending]:
    """Run in this process, without protection from a crash; a stop is heeded between two of them. See `Runner`."""
    turns = _Turns(ledgers, replace(settings, workers=1), stop, heard)
    while (turn := turns.next()) is not None:
        k, own = turn
        turns.end(k, run_in_process(ledgers[k], engine, own, stop))
    return turns.endings


def side_by_side(ledgers: Sequence[Ledger], engine: str, settings: Settings, stop: Asked = nobody_asks,
                 heard: Heard = _nobody_hears) -> list[Ending]:
    """Run in worker processes, each doing one job after another. See `Runner`.

    They are of this process's group and end when it does, so that none outlives a worker that starts others.
    """
    turns = _Turns(ledgers, settings, stop, heard)
    workers = max(1, min(settings.workers, len(ledgers)))
    with ThreadPoolExecutor(workers) as pool:
        try:
            for done in [pool.submit(_work, ledgers, engine, turns) for _ in range(workers)]:
                done.result()
        finally:
            turns.abandon()
    return turns.endings


def _work(ledgers: Sequence[Ledger], engine: str, turns: _Turns) -> None:
    """Drive one worker process, and another where it dies or must be killed."""
    worker: Worker | None = None
    try:
        while (turn := turns.next()) is not None:
            k, own = turn
            worker = worker or Worker("matching.engines.kept_worker", nested=True)
            ending = worker.run(ledgers[k], engine, own, turns.stop)
            if ending is None or ending.stopped:
                worker.end()
                ending, worker = ending or worker.death(), None
            turns.end(k, ending)
    finally:
        if worker is not None:
            worker.end()


class _Turns:
    """Who is next, and until when; the largest first, so that none is begun late that takes long."""

    def __init__(self, ledgers: Sequence[Ledger], settings: Settings, stop: Asked, heard: Heard) -> None:
        self._weights = [ledger.program.n_arcs + 1 for ledger in ledgers]
        self._waiting = sorted(range(len(ledgers)), key=lambda k: (self._weights[k], -k))
        self._settings = settings
        self._shares = WITH_A_PLAN if all(ledger.x is not None for ledger in ledgers) else 1
        self._asked = stop
        self._heard = heard
        self._abandoned = False
        self._lock = threading.Lock()
        self.endings = [Ending(None, "user") for _ in ledgers]

    def stop(self) -> bool:
        """Tell whether those at work are to end."""
        return self._abandoned or self._asked()

    def abandon(self) -> None:
        """Have nobody begin, and those at work end."""
        self._abandoned = True

    def next(self) -> tuple[int, Settings] | None:
        """Return whose turn it is, with its own settings; None where nobody waits."""
        with self._lock:
            if self.stop() or not self._waiting:
                return None
            deadline = self._share()
            return self._waiting.pop(), replace(self._settings, workers=1, deadline=deadline)

    def _share(self) -> float:
        """Return the deadline of the next: of the workers' time left, its share by weight among those that wait."""
        part = self._weights[self._waiting[-1]] / sum(self._weights[k] for k in self._waiting)
        most = WHILE_OTHERS_WAIT if len(self._waiting) > 1 else 1.0
        return self._settings.after(min(most, part * self._settings.workers * self._shares))

    def end(self, k: int, ending: Ending) -> None:
        """Note an ending and tell it."""
        with self._lock:
            self.endings[k] = ending
            self._heard(k, ending)
