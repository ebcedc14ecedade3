"""Times what surrounds a solve, each against the plain flow: ``python -m benchmarks.auditing S M MD L XL``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from benchmarks.comparison.case import case_of
from benchmarks.network import flow_over
from benchmarks.synthetic import SIZES, make

from matching.audit import Auditor, goal_values
from matching.domain.plan import GoalLine, Placement, Plan
from matching.explain.reasons import Reasons
from matching.problem import Problem, compile
from matching.problem.points import points_of_arcs

T = TypeVar("T")
PHASES = ("compile", "decode", "reasons", "audit", "further")


class Measured(NamedTuple):
    """Processor's seconds of the plain flow and of each phase, for the plan that the flow stands for."""

    arcs: int
    flow: float
    seconds: dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size: the flow's seconds, and every phase in multiples of them."""
    options = _parser().parse_args(arguments)
    print("size        arcs   flow s" + "".join(f"{phase:>10}" for phase in PHASES))
    for size in options.sizes:
        found = measured(size, options.seed)
        ratios = "".join(f"{found.seconds[phase] / found.flow:>10.2f}" for phase in PHASES)
        print(f"{size:<5} {found.arcs:>10} {found.flow:>8.3f}{ratios}", flush=True)
    return 0


def measured(size: str, seed: int) -> Measured:
    """Time every phase once, and the audit of a `further` plan.

    The plan breaks the rules that the flow knows nothing of, and states all it can.
    """
    instance, policy = make(size, seed)
    compiling, problem = timed(lambda: compile(instance, policy))
    flowing, flow = timed(lambda: flow_over(case_of(problem)))
    x = np.zeros(problem.program.n_columns, np.int64)
    x[flow.arcs] = 1
    decoding, placements = timed(lambda: problem.decode(x))
    goals = tuple(GoalLine(g.goal, g.value, g.value, g.value, 0.0) for g in goal_values(instance, policy, placements))
    reasoning, plan = timed(lambda: stated(problem, placements, goals))
    auditor = Auditor(instance, policy)
    judging, _ = timed(lambda: auditor.audit(plan))
    further, _ = timed(lambda: auditor.audit(plan))
    seconds = dict(zip(PHASES, (compiling, decoding, reasoning, judging, further), strict=True))
    return Measured(len(problem.arcs), flowing, seconds)


def stated(problem: Problem, placements: tuple[Placement, ...], goals: tuple[GoalLine, ...]) -> Plan:
    """Return a plan with its goals and with everyone whom it leaves out, as a solve hands it to the audit."""
    reasons = Reasons(problem, placements)
    points = points_of_arcs(problem.policy.points, problem.fields, problem.arcs, problem.facts)
    return Plan("main", "feasible", 0, placements, goals, reasons.unplaced(), reasons.unfilled(), (),
                reasons.reserve(points))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor's seconds that some work takes, and what it returns."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=tuple(SIZES), metavar="size", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
