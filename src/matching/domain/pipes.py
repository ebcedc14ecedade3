"""How a worker process is asked and answers: over its standard input and output."""

from __future__ import annotations

import os
import pickle
import queue
import threading
from typing import IO, Any


def answer_stream() -> IO[bytes]:
    """Return what was standard output; from now on that is standard error, where a job may print."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def jobs_asked() -> queue.Queue[Any]:
    """Return where what is pickled on standard input arrives.

    The end of the stream ends the process, in the middle of a job too, since nobody waits for it.
    """
    jobs: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    return jobs


def _listen(stream: IO[bytes], jobs: queue.Queue[Any]) -> None:
    while True:
        try:
            jobs.put(pickle.load(stream))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)
