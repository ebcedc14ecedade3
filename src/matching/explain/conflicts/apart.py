"""The search for conflicts in a process of its own: it may take long, and a solver may end its process."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from matching.domain.instance import Instance
from matching.domain.pipes import answer_stream, jobs_asked
from matching.engines.worker import tell_caller
from matching.explain.conflicts.search import Conflicts, further
from matching.explain.patience import Patience
from matching.policy.model import Policy

GRACE = 0.5
"""Seconds beyond the deadline after which the process is ended."""
TICK = 0.1
HERE = "matching.explain.conflicts.apart"
Told = queue.Queue[Conflicts | None]


def conflicts_apart(instance: Instance, policy: Policy, patience: Patience, module: str = HERE) -> Conflicts:
    """Return what `conflicts` finds, or had found when its process did not live to tell more, or was ended.

    Parameters
    ----------
    module : what the process runs
    """
    process = subprocess.Popen([sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    told: Told = queue.Queue()
    threads = [threading.Thread(target=_ask, args=(process.stdin, (instance, policy, patience.left())), daemon=True),
               threading.Thread(target=_listen, args=(process.stdout, told), daemon=True)]
    for thread in threads:
        thread.start()
    try:
        return _last(told, patience)
    finally:
        _end(process)
        for thread in threads:
            thread.join()
        with suppress(OSError), process:
            pass


def _last(told: Told, patience: Patience) -> Conflicts:
    """Return the last that is told before the end, a stop, or some time after the deadline."""
    found, late = Conflicts(), Patience(patience.deadline + GRACE, patience.asked)
    while not late.over:
        with suppress(queue.Empty):
            more = told.get(timeout=TICK)
            if more is None:
                break
            found = more
    return found


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _ask(stream: IO[bytes], question: tuple[Instance, Policy, float]) -> None:
    with suppress(OSError):
        pickle.dump(question, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def _listen(stream: IO[bytes], told: Told) -> None:
    """Pass on what the process tells; None after its last word."""
    with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
        while True:
            told.put(pickle.load(stream))
    told.put(None)


def main() -> None:
    """Answer one question on standard input, again whenever more is known; whoever closes that ends the process."""
    answers = answer_stream()
    instance, policy, seconds = jobs_asked().get()
    for found in further(instance, policy, Patience.of(seconds)):
        tell_caller(answers, found)


if __name__ == "__main__":
    main()
