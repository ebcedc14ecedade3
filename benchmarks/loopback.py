"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own that may be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parent.parent
PATHS = os.pathsep.join([str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
PATIENCE = 60.0


class Cluster:
    """A scheduler and its workers; whatever of it still runs ends with the context."""

    def __init__(self, folder: Path, options: Sequence[str] = ("--host", "127.0.0.1")) -> None:
        self._folder = folder
        self._options = options
        self._running = ExitStack()
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Cluster:
        file = self._folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(file))
        with self._running:
            self.address = _address(file)
            self._running = self._running.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def add_workers(self, number: int) -> None:
        """Start workers that nobody starts again when they die."""
        for _ in range(number):
            self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny",
                                            "--local-directory", str(self._folder)))

    def kill_one_at_work(self) -> bool:
        """Kill a worker that has a job, at once and without a word; tell whether any had one."""
        with Client(self.address, set_as_default=False, timeout=PATIENCE) as client:
            busy = [worker for worker, jobs in client.processing().items() if jobs]
            pids = client.run(os.getpid, workers=busy[:1]) if busy else {}
        for pid in pids.values():
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "dask", *words, "--no-dashboard", *self._options],
                                   env={**os.environ, "PYTHONPATH": PATHS}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self._running.enter_context(process)
        self._running.callback(process.kill)
        return process


def _address(file: Path) -> str:
    """Return where a scheduler listens, as soon as it has told that in its file."""
    deadline = time.monotonic() + PATIENCE
    while not (file.exists() and file.read_text(encoding="utf-8").endswith("}")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
    return address


@contextmanager
def two_workers(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler and two workers, and wait until they are there."""
    with Cluster(folder) as cluster:
        cluster.add_workers(2)
        with Client(cluster.address, set_as_default=False, timeout=PATIENCE) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        yield cluster
