"""What workers do in these tests, and what they leave for the test to see."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from matching.domain.findings import InputError, error

FOREVER = 600.0
LONG_ENOUGH = 60.0
"""Seconds after which a test gives up to wait; a loaded machine needs some."""


class NeedsTwoError(Exception):
    """An error that pickle cannot restore."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


class Unkind(NamedTuple):
    """A job that fails, or ends its worker."""

    how: str


class Held(NamedTuple):
    """A job that tells in `folder` who does it, then waits for the file ``go`` there."""

    number: int
    folder: str


@contextmanager
def times(factor: int) -> Iterator[Callable[[int], int]]:
    yield lambda job: factor * job


@contextmanager
def unable(shared: object) -> Iterator[Callable[[object], object]]:
    raise refused()
    yield lambda job: job


@contextmanager
def unkind(shared: object) -> Iterator[Callable[[Unkind], object]]:
    def do(job: Unkind) -> object:
        if job.how == "refuse":
            raise refused()
        if job.how == "unsendable":
            raise NeedsTwoError(1, 2)
        if job.how == "die":
            os._exit(9)
        raise ValueError(job.how)

    yield do


@contextmanager
def noting(folder: str) -> Iterator[Callable[[int], int]]:
    """Notes who opens and who closes."""
    (Path(folder) / f"open-{os.getpid()}").touch(exist_ok=False)
    yield lambda job: os.getpid()
    (Path(folder) / f"closed-{os.getpid()}").touch(exist_ok=False)


@contextmanager
def held(shared: object) -> Iterator[Callable[[Held], int]]:
    yield hold


@contextmanager
def with_a_solver(folder: str) -> Iterator[Callable[[Held], int]]:
    from matching.engines.process import Worker

    with Worker() as worker:
        tell(folder, "solver", worker._process.pid)
        yield hold


def hold(job: Held) -> int:
    tell(job.folder, f"began-{job.number}-{os.getppid()}", os.getpid())
    until(lambda: (Path(job.folder) / "go").exists(), FOREVER)
    (Path(job.folder) / f"ended-{job.number}").touch()
    return job.number


def tell(folder: str, name: str, pid: int) -> None:
    """Leave a file that is whole as soon as it is there."""
    written = Path(folder) / f".{name}-{pid}"
    written.write_text(str(pid), encoding="ascii")
    written.replace(Path(folder) / f"{name}-{pid}")


def refused() -> InputError:
    return InputError([error("test", "不行", "no", row=3)])


def until(true: Callable[[], object], seconds: float = LONG_ENOUGH) -> bool:
    """Wait until something is true; tell whether it came to be."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def runs(pid: int) -> bool:
    """Whether there is such a process, and it is not only waiting to be noted as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def pids(folder: Path, kind: str) -> list[int]:
    """The processes that told of themselves as `kind`."""
    return [int(path.name.rpartition("-")[2]) for path in sorted(folder.glob(f"{kind}-*"))]


def gone(processes: list[int]) -> bool:
    """Whether processes, of which there are some, have all ended, waiting for it."""
    assert processes
    return until(lambda: not any(map(runs, processes)))
