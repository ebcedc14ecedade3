"""The connection to a Dask cluster, which is refused where the cluster cannot be used or would not be safe."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from matching.domain.findings import InputError
from matching.executors.address import refuse_open
from matching.executors.faults import lost, no_workers, not_installed, other_versions, unreachable
from matching.executors.versions import installed

if TYPE_CHECKING:
    from distributed import Client, Security

LOOK = 2.0
"""Seconds between two looks for whether there is any worker left."""
LOGGERS = ("distributed", "distributed.client")


@contextmanager
def connected(address: str, certificates: Security, patience: float) -> Iterator[Client]:
    """Connect to a cluster.

    Parameters
    ----------
    patience : seconds that the scheduler may take to answer, and the cluster to have a worker

    Raises
    ------
    InputError
        Where nobody answers, anything listens unencrypted beyond this machine, there is no worker, or other versions
        are installed there.
    """
    from distributed import Client

    with _quiet():
        try:
            client = Client(address, timeout=patience, security=certificates, set_as_default=False)
        except (OSError, RuntimeError) as problem:
            raise InputError([unreachable(address, patience, str(problem))]) from problem
        try:
            _check(client, address, patience)
            yield client
        finally:
            _close(client)


def watch(client: Client, address: str, patience: float) -> Callable[[], None]:
    """Return what raises InputError where the cluster has had no worker for too long, or does not answer any more."""
    seen = looked = time.monotonic()

    def look() -> None:
        nonlocal seen, looked
        now = time.monotonic()
        if now < looked + LOOK:
            return
        looked = now
        try:
            workers = client.nthreads()
        except OSError as problem:
            raise InputError([lost(address)]) from problem
        if workers:
            seen = now
        elif now > seen + patience:
            raise InputError([no_workers(address, patience)])

    return look


def _close(client: Client) -> None:
    """Close a client. One that lost its scheduler may raise here what its own attempt to connect again ended with: that
    is not to take the place of what was found or done, nor to be raised once more at its end, where nobody listens."""
    try:
        client.close()
    except Exception:
        client.status = "closed"


def _check(client: Client, address: str, patience: float) -> None:
    refuse_open(client.scheduler_info()["address"])
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as problem:
        raise InputError([no_workers(address, patience)]) from problem
    _check_versions("scheduler", _on_scheduler(client))
    for worker, versions in client.run(installed, on_error="return").items():
        refuse_open(worker)
        if not isinstance(versions, OSError):  # it is gone by now
            _check_versions(worker, versions)


def _on_scheduler(client: Client) -> Any:
    try:
        return client.run_on_scheduler(installed)
    except Exception as problem:
        return problem


def _check_versions(place: str, versions: Any) -> None:
    if isinstance(versions, Exception):
        raise InputError([not_installed(place, f"{type(versions).__name__}: {versions}")]) from versions
    if versions != installed():
        raise InputError([other_versions(place, installed(), versions)])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's own messages, which are no findings, off the screen."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
