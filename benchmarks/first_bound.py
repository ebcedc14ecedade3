"""What the first linear bound costs beside plain min-cost flow: ``python -m benchmarks.first_bound L``."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.comparison.case import case_of
from benchmarks.network import flow_over
from benchmarks.synthetic import SIZES, make

from matching.engines.highs_goal import GoalSearch
from matching.engines.settings import Settings
from matching.engines.simplex import DUAL_SIMPLEX
from matching.problem import Problem, compile
from matching.problem.program import Program


class Row(NamedTuple):
    """Medians of one size and seed.

    Attributes
    ----------
    plain : seconds of OR-Tools' min-cost flow over the same arcs, no other rule
    seconds : from the arrays to a bound, proven in whole numbers, of all goals as one cost that keeps their order
    ratio : the second over the first, measured by turns
    bound : what that cost is at least
    """

    arcs: int
    plain: float
    seconds: float
    ratio: float
    bound: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size and seed, and the median of each size's ratios."""
    options = _parser().parse_args(arguments)
    _warm_up()
    print("size  seed     arcs  plain s  bound s  bound/plain  bound")
    for size in options.sizes:
        rows = []
        for seed in options.seeds:
            row = measured(compile(*make(size, seed)), options.times)
            rows.append(row)
            print(f"{size:<5} {seed:>4} {row.arcs:>8} {row.plain:>8.2f} {row.seconds:>8.2f} {row.ratio:>12.1f}  "
                  f"{row.bound:.3f}", flush=True)
        print(f"{size}: median {median(row.ratio for row in rows):.1f}")
    return 0


def measured(problem: Problem, times: int, workers: int = 2) -> Row:
    """Measure by turns, `times` over."""
    case, rounds = case_of(problem), []
    for _ in range(times):
        plain = flow_over(case).seconds
        began = time.perf_counter()
        bound = first_bound(problem.program, workers)
        rounds.append((plain, time.perf_counter() - began))
    plain, seconds = (median(column) for column in zip(*rounds, strict=True))
    return Row(problem.program.n_arcs, plain, seconds, median(own / flow for flow, own in rounds), bound)


def first_bound(program: Program, workers: int) -> float:
    """Return the bound of all goals as one cost, by the first relaxation alone, without cuts."""
    search = GoalSearch(program, Settings(0, workers, math.inf))
    search.start_by_parts()
    certificate = search.relaxation.bound(search.goals.blend(0), (), math.inf, DUAL_SIMPLEX)
    if certificate is None:
        raise SystemExit("the relaxation has no optimum")
    return float(certificate.bound)


def _warm_up() -> None:
    """Import what the engine imports when it is first called."""
    first_bound(compile(*make("S", 1)).program, 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=tuple(SIZES), metavar="size", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--times", type=int, default=3, help="how often each is measured; the medians are printed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
