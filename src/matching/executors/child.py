"""A worker process of this machine as its caller sees it: asked one job after another, it may die or be killed."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, NamedTuple

TICK = 0.1
GRACE = 2.0
"""Seconds that a worker has to leave what it has open."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Spares a worker the threads that numpy would start, where several workers share the cores."""


class Answer(NamedTuple):
    """What became of a job: its pickled result or, where it is not `done`, the pickled exception."""

    done: bool
    content: bytes

    def value(self) -> Any:
        """Return the result, or raise what the job raised."""
        content = pickle.loads(self.content)
        if self.done:
            return content
        raise content


class AbandonedError(Exception):
    """Nobody wants the job's result any more."""


class Child:
    """A worker process for one task.

    Parameters
    ----------
    package : the pickled task
    """

    def __init__(self, package: bytes) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "matching.executors.worker"], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                                         env={**os.environ, **ONE_THREAD})
        self._answers: queue.Queue[Answer | None] = queue.Queue()
        self._errors: list[bytes] = []
        self._drained = threading.Thread(target=_drain, args=(self._process.stderr, self._errors), daemon=True)
        self._drained.start()
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        self._send(sys.path)
        self._send(package)

    def ask(self, job: bytes, wanted: Callable[[], bool]) -> Answer | None:
        """Have one job done.

        Parameters
        ----------
        job : pickled
        wanted : asked several times a second; where it says no, the process is killed

        Returns
        -------
        what became of the job; None where the process died

        Raises
        ------
        AbandonedError
            Where the job is not wanted any more.
        """
        self._send(job)
        while wanted():
            with suppress(queue.Empty):
                return self._answers.get(timeout=TICK)
        self.kill()
        raise AbandonedError

    def death(self) -> str:
        """Return how the process, which answers no more, came to its end."""
        self.leave()
        self._drained.join(TICK)
        code = self._process.returncode
        last = [line.decode("utf-8", "replace").strip() for line in self._errors if code > 0]
        return "; ".join([f"exit code {code}", *last])

    def kill(self) -> None:
        """End the process, whatever it does; those that it started end when their standard input does."""
        if self._process.poll() is None and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._ended()

    def dismiss(self) -> None:
        """Have the process, which has no job, end by itself."""
        self._send(None)

    def leave(self, grace: float = GRACE) -> None:
        """Wait for a process that ends by itself; kill it where it takes too long."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self.kill()

    def _ended(self) -> None:
        self._process.wait()
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            pickle.dump(message, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()


def _listen(stream: IO[bytes], answers: queue.Queue[Answer | None]) -> None:
    with stream:
        try:
            while True:
                answers.put(pickle.load(stream))
        except (EOFError, pickle.UnpicklingError, ValueError, OSError):
            answers.put(None)


def _drain(stream: IO[bytes], errors: list[bytes]) -> None:
    """Keep the last line that says anything."""
    with stream:
        for line in stream:
            if line.strip():
                errors[:] = [line]
