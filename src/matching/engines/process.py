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
from collections.abc import Callable
from contextlib import suppress
from typing import IO, NamedTuple

import numpy as np

from matching.engines.goals import Verdict
from matching.engines.ledger import Event, Ledger
from matching.engines.registry import engine_of
from matching.engines.settings import Settings
from matching.engines.solution import Stopped

GRACE = 0.3
"""Seconds that a worker may overrun its deadline before it is killed."""
TICK = 0.1
OUT_OF_MEMORY = 77
"""The exit code of a worker that ran out of memory."""


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


Message = Event | Verdict
Asked = Callable[[], bool]


def run_in_process(ledger: Ledger, engine: str, settings: Settings, stop: Asked) -> Ending:
    """Run the engine here."""
    return Ending(engine_of(engine).run(ledger, settings))


def run_without_columns(ledger: Ledger, engine: str, settings: Settings, stop: Asked) -> Ending:
    """Answer for a program that has nothing to choose: its rows hold, or they do not."""
    ledger.offer(np.zeros(0, np.int64))
    if ledger.x is None:
        return Ending("infeasible")
    while not ledger.done:
        ledger.close()
    return Ending("done")


def run_in_worker(ledger: Ledger, engine: str, settings: Settings, stop: Asked) -> Ending:
    """Run the engine in a process of its own; `ledger` takes up all that it finds, until it ends or is killed."""
    with subprocess.Popen([sys.executable, "-m", "matching.engines.worker"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        messages: queue.Queue[Message | None] = queue.Queue()
        errors: list[bytes] = []
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        threads = [threading.Thread(target=_listen, args=(process.stdout, messages), daemon=True),
                   threading.Thread(target=_drain, args=(process.stderr, errors), daemon=True)]
        for thread in threads:
            thread.start()
        try:
            _send(process.stdin, Job(pickle.dumps(_state(ledger)), engine, settings.seed, settings.workers,
                                     settings.left(settings.deadline)))
            ending = _follow(messages, ledger, settings.deadline, stop)
        finally:
            _kill(process)
        for thread in threads:
            thread.join()
        return ending or _death(process.wait(), errors)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the worker and the solver that it may have started in turn."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _state(ledger: Ledger) -> tuple[object, object, object]:
    return ledger.program, ledger.x, ledger.bounds


def _send(stream: IO[bytes], job: Job) -> None:
    with suppress(OSError):
        pickle.dump(job, stream)
        stream.close()


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
