"""Many solves behind one face: in this process, in processes of this machine, or on several machines."""

from __future__ import annotations

from matching.executors.executor import Executor, OnDone, Stop, StoppedError, Task
from matching.executors.in_process import in_process
from matching.executors.processes import processes

__all__ = ["Executor", "OnDone", "Stop", "StoppedError", "Task", "in_process", "processes"]
