"""Ten years of the programmes that name turns: ``python -m benchmarks.years two_way miyun``.

Turns missed are counted a second time, from the ledger and the policy's eligible pairs alone, in two readings: with the
service that the workbook knows of, and of the simulated years only.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import matching
from matching.problem.problem import listed
from matching.scenarios.years import Roll, roll
from matching.scenarios.years.turns import peers

INSTANCES = Path(__file__).parent.parent / "instances"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", nargs="*", default=["two_way", "miyun"])
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args(arguments)
    print("instance  years  proven  begun  again  missed  with former  these years   CPU s  wall s")
    for name in options.instances:
        instance = matching.read(INSTANCES / name / f"{name}.xlsx")
        began, cpu = time.perf_counter(), _cpu()
        found = roll(instance, matching.policy(name), years=options.years)
        spent, wall = _cpu() - cpu, time.perf_counter() - began
        proven = "yes" if found.proven else "no"
        print(f"{name:<9} {len(found.years):>5}  {proven:<6} {found.begun:>6} {found.again:>6} "
              f"{len(found.out_of_turn):>7} {missed(found, None):>12} {missed(found, found.first_year):>12} "
              f"{spent:>7.1f} {wall:>7.1f}", flush=True)
    return 0


def missed(found: Roll, since: int | None) -> int:
    """Count who serves again though a peer who could be sent has not served once, counting services from `since` on."""
    count = 0
    for year in found.years:
        bound = {s.teacher for s in year.running}
        open_to = np.diff(listed(year.instance, year.policy).arcs.start)
        begun = {s.teacher for s in year.begun}
        before = (s for s in found.ledger.services if s.year < year.year)
        served = {s.teacher for s in before if since is None or s.year >= since}
        out = bound | begun | served
        waiting = {peers(t) for t, posts in zip(year.instance.teachers, open_to, strict=True)
                   if posts and t.teacher_id not in out}
        count += sum(peers(t) in waiting for t in year.instance.teachers if t.teacher_id in begun & served)
    return count


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    sys.exit(main())
