"""A sweep on two Dask workers, one of which is killed: ``python -m benchmarks.killed_worker instances/gansu_2014``.

Starts a scheduler and two workers on this machine, works the curve there, kills -9 a worker that is at work as soon as
so many chains of points are done, and compares every point, and the files of the folders, with those that this process
alone comes to.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.loopback import PATIENCE, Cluster, two_workers

from matching.cli.case import Case, load_case
from matching.executors import Executor, OnDone, Stop, Task, cluster
from matching.report.whatif import write_whatif
from matching.scenarios.whatif import WhatIf, whatif

SAME = ("whatif.json", "points.csv", "placements.csv", "report.html")


@dataclass
class Killing:
    """The executor of a cluster, one of whose workers is killed while it is at work.

    Parameters
    ----------
    after : so many jobs are done before
    """

    real: Cluster
    after: int = 1
    killed: list[int] = field(default_factory=list)

    def run(self, task: Task, jobs: Sequence[Any], *, stop: Stop | None = None, on_done: OnDone | None = None
            ) -> list[Any]:
        """Return the results in the order of the jobs; `killed` then says how many were done at the kill."""
        done = 0

        def told(number: int, result: Any) -> None:
            nonlocal done
            done += 1
            if not self.killed and self.after <= done < len(jobs) and self.real.kill_one_at_work():
                self.killed.append(done)
            if on_done is not None:
                on_done(number, result)

        return self._executor().run(task, jobs, stop=stop, on_done=told)

    def _executor(self) -> Executor:
        return cluster(self.real.address, patience=PATIENCE)


def compared(case: Case, name: str, values: str, after: int, *, floor: int | None = None) -> tuple[WhatIf, list[int],
                                                                                               list[str]]:
    """Return the curve, at how many finished chains a worker was killed, and what differs from this process' own."""
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing)
        with two_workers(folder) as real:
            killing = Killing(real, after)
            there = whatif(case.instance, case.policy, {name: values}, workers=1, floor=floor, executor=killing)
            alive = sum(worker.poll() is None for worker in real.workers)
        here = whatif(case.instance, case.policy, {name: values}, workers=1, floor=floor)
        for found, where in ((there, "there"), (here, "here")):
            write_whatif(folder / where / "curve", case.instance, case.policy_toml, found, None, "zh")
        other = [a.key for a, b in zip(there.points, here.points, strict=True) if a != b]
        other += [file for file in SAME if (folder / "there" / "curve" / file).read_bytes()
                  != (folder / "here" / "curve" / file).read_bytes()]
    assert alive == 1 or not killing.killed
    return there, killing.killed, other


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what came of it; 1 where anything differs, or nobody was killed."""
    options = _parser().parse_args(arguments)
    policy = options.policy or options.case.name
    case = load_case([options.case / f"{options.case.name}.xlsx"], policy)
    name, _, values = options.vary.partition("=")
    found, killed, other = compared(case, name, values, options.after, floor=options.floor)
    solved = sum(point.by == point.key for point in found.points)
    print(f"{len(found.points)} points ({solved} solved), complete: {found.complete}; killed after chains: {killed}; "
          f"different from this process alone: {other or 'none'}")
    return 0 if killed and not other and found.complete else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--policy")
    parser.add_argument("--vary", default="backbone-share.at_least=0:0.5:0.01")
    parser.add_argument("--floor", type=int)
    parser.add_argument("--after", type=int, default=1, help="how many chains are done before a worker is killed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
