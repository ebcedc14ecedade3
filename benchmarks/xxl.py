"""Times the hundred-thousand case, each method in a process of its own: ``python -m benchmarks.xxl [SIZE]``.

``network`` is plain min-cost flow over all pairs, ``bound`` the first goal's bound over all pairs from few of them,
``plan`` a whole audited plan with all goals' bounds. ``pairs`` are the seconds until the pairs, what they cost in each
goal and the rules by kinds are there; the method's own come after.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from benchmarks.comparison.case import Case
from benchmarks.network import flow_over
from benchmarks.synthetic import SIZES, make

from matching.problem.program import Objective, Program
from matching.problem.wide import Wide, wide

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each method: seconds, as many times the network's, peak memory, and what came out."""
    options = _parser().parse_args(arguments)
    if options.here:
        print(json.dumps(measured(options.here, options.size, options.seed, options.time_limit)))
        return 0
    network = math.nan
    print("method    pairs s        s    ratio  peak MiB  found")
    for method in options.methods:
        command = [sys.executable, "-m", "benchmarks.xxl", options.size, "--here", method, "--seed", str(options.seed),
                   "--time-limit", str(options.time_limit)]
        done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        network = done["seconds"] if method == "network" else network
        print("{method:<8} {pairs:>8.1f} {seconds:>8.1f}".format(**done), f"{done['seconds'] / network:>8.2f}",
              f"{done['peak_mib']:>9}  {done['found']}", flush=True)
    return 0


def measured(method: str, size: str, seed: int, limit: float) -> dict[str, Any]:
    """Return what one method took and found, in this process."""
    instance, policy = make(size, seed)
    began = time.perf_counter()
    whole = wide(instance, policy)
    if whole is None:
        raise SystemExit("a goal is no sum over pairs")
    pairs = time.perf_counter() - began
    found, seconds = METHODS[method](whole, limit)
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"method": method, "pairs": pairs, "seconds": seconds, "found": found,
            "peak_mib": memory * MAXRSS_UNIT // 2**20}


def network(whole: Wide, limit: float) -> tuple[str, float]:
    """Solve the plain network over all pairs."""
    fill, points = (np.asarray(cost, np.int64) for cost in whole.costs)
    n = len(whole.arcs)
    nothing = np.zeros(0, np.int64)
    goals = (Objective("fill", fill, -1), Objective("points", points))
    program = Program(n, None, nothing, nothing, nothing, nothing, (), goals)
    seats = np.array([need.count for need in whole.fields.instance.needs], np.int64)
    case = Case(program, whole.arcs.teacher, whole.arcs.need, nothing.astype(np.int32), seats, whole.arcs.n_teachers)
    found = flow_over(case)
    said = f"placed {len(found.arcs):,}, fill {-int(fill[found.arcs].sum()):,}, points {points[found.arcs].sum():,}"
    return said, found.seconds


def bound(whole: Wide, limit: float) -> tuple[str, float]:
    """Bound the first goal over all pairs."""
    from matching.engines.settings import Settings
    from matching.engines.wide_solve import WideSolve

    began = time.perf_counter()
    settings = Settings(0, 1, time.monotonic() + limit)
    found = WideSolve(whole, whole.clusters(), whole.companies(), settings).first_bound()
    said = "none" if found is None else f"fill at most {-math.ceil(found.scan.bound):,}, {found.rounds} flows"
    return said, time.perf_counter() - began


def plan(whole: Wide, limit: float) -> tuple[str, float]:
    """Find a plan with all rules and audit it."""
    from matching.planner.beyond import solve_beyond
    from matching.planner.clock import Clock

    began = time.perf_counter()
    result = solve_beyond(whole, 0, 2, Clock(limit))
    seconds = time.perf_counter() - began
    if result.main is None:
        return result.status, seconds
    goals = [f"{g.goal} {g.value:,} of {g.bound:,} (gap {g.gap:.3%})" for g in result.main.plan.goals]
    phases = ", ".join(f"{name} {spent:.0f} s" for name, spent in result.seconds.items())
    return f"placed {len(result.main.plan.placements):,}; {'; '.join(goals)}; {phases}", seconds


METHODS: Mapping[str, Callable[[Wide, float], tuple[str, float]]] = {"network": network, "bound": bound, "plan": plan}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", default="XXL", choices=tuple(SIZES))
    parser.add_argument("--methods", nargs="+", choices=tuple(METHODS), default=list(METHODS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=560.0, help="seconds for the plan's solve")
    parser.add_argument("--here", choices=tuple(METHODS), help="measure one method in this process and print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
