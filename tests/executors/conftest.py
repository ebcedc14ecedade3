"""Real clusters: a scheduler and two workers on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client

from tests.executors.tasks import LONG_ENOUGH, until

ROOT = Path(__file__).parents[2]
PATHS = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])


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
            assert until(lambda: file.exists() and file.read_text(encoding="utf-8").endswith("}"))
            self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
            self._running = self._running.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def add_workers(self, number: int) -> None:
        for _ in range(number):
            self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny",
                                            "--local-directory", str(self._folder)))

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "dask", *words, "--no-dashboard", *self._options],
                                   env={**os.environ, "PYTHONPATH": PATHS}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self._running.enter_context(process)
        self._running.callback(process.kill)
        return process


@contextmanager
def two_workers(folder: Path) -> Iterator[Cluster]:
    with Cluster(folder) as cluster:
        cluster.add_workers(2)
        with Client(cluster.address, set_as_default=False, timeout=LONG_ENOUGH) as client:
            client.wait_for_workers(2, timeout=LONG_ENOUGH)
        yield cluster


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for tests that leave it as it is."""
    with two_workers(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster
