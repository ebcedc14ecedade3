"""Many solves behind one face: in this process, in processes of this machine, or on several machines."""

from __future__ import annotations

from matching.executors.dask_client import cluster
from matching.executors.executor import Executor, OnDone, Stop, StoppedError, Task
from matching.executors.in_process import in_process
from matching.executors.processes import processes
from matching.executors.spec import executor_of, side_by_side

__all__ = ["Executor", "OnDone", "Stop", "StoppedError", "Task", "cluster", "executor_of", "in_process", "processes",
           "side_by_side"]
