"""Executors as a command line names them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from matching.domain.findings import InputError
from matching.executors.dask_client import cluster
from matching.executors.executor import Executor
from matching.executors.faults import unknown
from matching.executors.in_process import in_process
from matching.executors.processes import processes

MOST_CORES = 4


def side_by_side() -> Executor:
    """Return the executor for many long jobs on this machine: a process for each of its cores, up to four."""
    cores = min(MOST_CORES, os.cpu_count() or 1)
    return in_process() if cores == 1 else processes(cores)


def executor_of(spec: str, *, ca: str | Path | None = None, cert: str | Path | None = None,
                key: str | Path | None = None) -> Executor:
    """Return the executor that `spec` names.

    Parameters
    ----------
    spec : ``in-process``, ``processes:2``, ``tcp://127.0.0.1:8786`` or ``tls://host:8786``
    ca, cert, key : see `cluster`

    Raises
    ------
    InputError
        Where nothing is named so, or it cannot be used.
    """
    name = spec.strip()
    if name == "in-process":
        return in_process()
    if number := re.fullmatch(r"processes:([0-9]{1,4})", name, re.ASCII):
        return processes(int(number[1]))
    if "://" in name:
        return cluster(name, ca=ca, cert=cert, key=key)
    raise InputError([unknown(spec)])
