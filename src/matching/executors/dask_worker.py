"""What a worker of a Dask cluster does: it owns processes that can be killed, since a running Dask task cannot be."""

from __future__ import annotations

import pickle
import threading
import weakref
from collections.abc import Mapping
from typing import Any

from matching.domain.findings import InputError
from matching.executors.child import AbandonedError, Answer, Child
from matching.executors.crew import Crew, end
from matching.executors.faults import other_versions
from matching.executors.versions import installed


class RemoteCrew(Crew):
    """Worker processes that end when Dask forgets the crew: the caller is done with it, has stopped or has died."""

    def __init__(self, package: bytes) -> None:
        super().__init__(package)
        weakref.finalize(self, _end_aside, self._idle).atexit = False


def _end_aside(idle: list[Child]) -> None:
    """End processes, and have nobody wait for them."""
    threading.Thread(target=end, args=(list(idle),), kwargs={"at_once": False}, daemon=True).start()


def do(job: bytes, crew: RemoteCrew, versions: Mapping[str, str]) -> Answer:
    """Have a job done on this worker of the cluster.

    Parameters
    ----------
    versions : what the caller has installed

    Raises
    ------
    distributed.Reschedule
        Where the job is not wanted here any more: by nobody, or by this worker, which is closing.
    """
    from distributed import Reschedule, get_worker

    worker = get_worker()
    here = installed()
    if here != versions:
        return Answer(False, pickle.dumps(InputError([other_versions(worker.address, versions, here)])))
    try:
        return crew.do(job, _Wanted(worker, worker.get_current_task()))
    except AbandonedError:
        raise Reschedule from None


class _Wanted:
    """Tells whether a running task is still wanted: Dask marks it where it was cancelled or its client is gone."""

    CLOSING = frozenset({"closing", "closed", "failed"})

    def __init__(self, worker: Any, key: Any) -> None:
        self._worker = worker
        self._key = key

    def __call__(self) -> bool:
        task = self._worker.state.tasks.get(self._key)
        return task is not None and task.state != "cancelled" and self._worker.status.name not in self.CLOSING
