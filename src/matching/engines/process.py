"""Running an engine: in a worker process that may crash or be killed, or in this one."""

from __future__ import annotations

import math
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from matching.engines.change import Change
from matching.engines.flow import Part
from matching.engines.goals import Verdict
from matching.engines.ledger import Event, Ledger
from matching.engines.registry import engine_of
from matching.engines.settings import Settings
from matching.engines.solution import Stopped
from matching.problem.program import Int64, Program

GRACE = 0.3
"""Seconds that a worker may overrun its deadline before it is killed."""
TICK = 0.1
OUT_OF_MEMORY = 77
"""The exit code of a worker that ran out of memory."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Spares a worker the threads that numpy would start, which no engine has a use for."""


class Job(NamedTuple):
    """What a worker is sent. `left` is seconds until the deadline, since clocks differ between processes."""

    ledger: bytes
    engine: str
    seed: int
    workers: int
    left: float


class Ending(NamedTuple):
    """How a run ended: the engine's verdict, or what cut it short."""

    verdict: Verdict | None
    stopped: Stopped | None = None
    detail: str = ""


class FlowJob(NamedTuple):
    """A network, in parts, for the worker to solve: it needs to know nothing of the program."""

    parts: Sequence[Part]


class Kept(NamedTuple):
    """The program that the worker of a `Resolver` is to keep, a plan of it and proven bounds, as far as known.

    `place` is the file that keeps where the search stands.
    """

    program: Program
    x: Int64 | None
    bounds: tuple[int, ...]
    place: Path | None = None


class KeptJob(NamedTuple):
    """What the worker of a `Resolver` is to solve: a change of the program that it keeps, and what is known.

    `left` is seconds until the deadline, since clocks differ between processes.
    """

    change: Change
    x: Int64 | None
    bounds: tuple[int, ...]
    seed: int
    workers: int
    left: float


Message = Event | Verdict
Asked = Callable[[], bool]


def run_in_process(ledger: Ledger, engine: str, settings: Settings, stop: Asked) -> Ending:
    """Run the engine here."""
    return Ending(engine_of(engine).run(ledger, settings))


def run_without_columns(ledger: Ledger) -> Ending:
    """Answer for a program that has nothing to choose: its rows hold, or they do not."""
    ledger.offer(np.zeros(0, np.int64))
    if ledger.x is None:
        return Ending("infeasible")
    while not ledger.done:
        ledger.close()
    return Ending("done")


class Worker:
    """A worker process, and what this one hears of it.

    Parameters
    ----------
    module : what the process runs
    nested : whether it stays in the process group of this one, so that who ends that group ends it too; else it has a
        group of its own, and the solver that it may start in turn ends with it
    ahead : whether it loads the solvers of the default engine before it has a job
    """

    def __init__(self, module: str = "matching.engines.worker", *, nested: bool = False, ahead: bool = False) -> None:
        self._nested = nested
        self._process = subprocess.Popen([sys.executable, "-m", module, *(["ahead"] if ahead else [])],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                         start_new_session=not nested, env={**os.environ, **ONE_THREAD})
        self._messages: queue.Queue[Message | None] = queue.Queue()
        self._errors: list[bytes] = []
        self._threads = [
            threading.Thread(target=_listen, args=(self._process.stdout, self._messages), daemon=True),
            threading.Thread(target=_drain, args=(self._process.stderr, self._errors), daemon=True)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def run(self, ledger: Ledger, engine: str, settings: Settings, stop: Asked) -> Ending | None:
        """Have one job done; return how it ended, None where the process died."""
        assert self._process.stdin is not None
        _send(self._process.stdin, Job(pickle.dumps(_state(ledger)), engine, settings.seed, settings.workers,
                                       settings.left(settings.deadline)))
        return _follow(self._messages, ledger, settings.deadline, stop)

    def flow(self, parts: Sequence[Part], ledger: Ledger, settings: Settings, stop: Asked) -> Ending | None:
        """Have a network solved: its optimum is offered to `ledger`; return as `run` does."""
        assert self._process.stdin is not None
        _send(self._process.stdin, FlowJob(parts))
        return _follow(self._messages, ledger, settings.deadline, stop)

    def keep(self, kept: Kept) -> None:
        """Give the worker of a `Resolver` its program."""
        assert self._process.stdin is not None
        _send(self._process.stdin, kept)

    def again(self, job: KeptJob, ledger: Ledger, settings: Settings, stop: Asked) -> Ending | None:
        """Have the kept program solved under a change; return as `run` does."""
        assert self._process.stdin is not None
        _send(self._process.stdin, job)
        return _follow(self._messages, ledger, settings.deadline, stop)

    def end(self) -> None:
        """End the process, whatever it does."""
        if not self._nested and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        for thread in self._threads:
            thread.join()
        with suppress(OSError), self._process:
            pass

    def death(self) -> Ending:
        """Return how the process, which has ended, came to its end."""
        return _death(self._process.wait(), self._errors)


def ready() -> Worker:
    """Start a worker process that loads the solvers while there is no job for it yet, for `solve` to use.

    It ends when the context that it is ends, whether it was used or not.
    """
    return Worker(ahead=True)


def _state(ledger: Ledger) -> tuple[object, object, object]:
    return ledger.program, ledger.x, ledger.bounds


def _send(stream: IO[bytes], job: Job | FlowJob | KeptJob | Kept) -> None:
    with suppress(OSError):
        pickle.dump(job, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def _listen(stream: IO[bytes], messages: queue.Queue[Message | None]) -> None:
    try:
        while True:
            messages.put(pickle.load(stream))
    except (EOFError, pickle.UnpicklingError, ValueError, OSError):
        messages.put(None)


def _drain(stream: IO[bytes], errors: list[bytes]) -> None:
    errors.append(stream.read())


def _follow(messages: queue.Queue[Message | None], ledger: Ledger, deadline: float, stop: Asked) -> Ending | None:
    """Take up what the worker says; return how it ended, None where it died."""
    while True:
        if stop():
            return Ending(None, "user")
        if not math.isinf(deadline) and time.monotonic() > deadline + GRACE:
            return Ending(None, "time")
        try:
            message = messages.get(timeout=TICK)
        except queue.Empty:
            continue
        if message is None:
            return None
        if isinstance(message, str):
            return Ending(message)
        ledger.replay(message)


def _death(code: int, errors: list[bytes]) -> Ending:
    if code == OUT_OF_MEMORY:
        return Ending(None, "memory")
    last = b"".join(errors).decode("utf-8", "replace").strip().splitlines()[-1:]
    return Ending(None, "crash", "; ".join([f"exit code {code}", *last]))
