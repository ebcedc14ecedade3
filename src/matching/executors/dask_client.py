"""Jobs done on several machines, by the workers of a Dask cluster."""

from __future__ import annotations

import pickle
import uuid
from collections.abc import Sequence
from concurrent.futures import CancelledError
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.findings import InputError
from matching.executors import dask_worker
from matching.executors.address import checked, security
from matching.executors.child import Answer
from matching.executors.collect import collect
from matching.executors.connection import connected, watch
from matching.executors.crew import DEATHS
from matching.executors.executor import Executor, OnDone, Stop, Task
from matching.executors.faults import lost, missing_extra, not_installed, worker_died
from matching.executors.versions import installed

if TYPE_CHECKING:
    from distributed import Client, Security
    from distributed import Future as DaskFuture

PATIENCE = 15.0
LARGE = "1 GiB"
"""From which size of a task Dask is to warn; ours are large, and sent once."""


class _Cluster:
    def __init__(self, address: str, certificates: Security, patience: float) -> None:
        self._place = address, certificates, patience

    def run(self, task: Task, jobs: Sequence[Any], *, stop: Stop | None = None,
            on_done: OnDone | None = None) -> list[Any]:
        if not jobs:
            return []
        address, _, patience = self._place
        with connected(*self._place) as client:
            promises = _submit(client, task, jobs)
            try:
                return collect(promises, self._answer, stop=stop, on_done=on_done,
                               check=watch(client, address, patience))
            finally:
                client.cancel(promises)

    def _answer(self, future: DaskFuture) -> Answer:
        from distributed import KilledWorker

        try:
            answer: Answer = future.result()
        except KilledWorker as problem:
            raise InputError([worker_died(DEATHS, "Dask: KilledWorker")]) from problem
        except (CancelledError, OSError) as problem:
            raise InputError([lost(self._place[0])]) from problem
        except ImportError as problem:  # of a worker that came later
            raise InputError([not_installed("worker", str(problem))]) from problem
        return answer


def _submit(client: Client, task: Task, jobs: Sequence[Any]) -> list[DaskFuture]:
    """Hand over all jobs. The task goes along as a result of its own, which Dask moves to each worker once, makes anew
    where its last holder dies, and drops everywhere when this client is done or gone."""
    import dask

    run = uuid.uuid4().hex
    package = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE}):
        crew = client.submit(dask_worker.RemoteCrew, package, key=f"matching-task-{run}")
        client.replicate(crew)
        return list(client.map(dask_worker.do, [pickle.dumps(job, pickle.HIGHEST_PROTOCOL) for job in jobs], crew=crew,
                               versions=installed(), key=[(f"matching-jobs-{run}", n) for n in range(len(jobs))]))


def cluster(address: str, *, ca: str | Path | None = None, cert: str | Path | None = None,
            key: str | Path | None = None, patience: float = PATIENCE) -> Executor:
    """Return the executor that works on a Dask cluster, which is tried at once.

    A worker owns processes of its own, which open the task once and end with the work, with a stop, with their worker
    and with the caller. The jobs of a worker that dies are done elsewhere, up to three times.

    Parameters
    ----------
    address : ``tcp://127.0.0.1:8786``, where all of the cluster is on this machine, or ``tls://host:8786``
    ca, cert, key : PEM files for TLS; by default those of Dask's configuration (``distributed.comm.tls``)
    patience : seconds that the scheduler may take to answer, and the cluster to have a worker

    Raises
    ------
    InputError
        Where the ``cluster`` extra is missing, the address is of another kind, anything listens unencrypted beyond
        this machine, nobody answers, there is no worker, or other versions are installed there.
    """
    place = checked(address)
    if find_spec("distributed") is None:
        raise InputError([missing_extra()])
    certificates = security(place, ca, cert, key)
    with connected(place, certificates, patience):
        return _Cluster(place, certificates, patience)
