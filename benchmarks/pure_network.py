"""What a policy that is a pure network costs beside plain min-cost flow: ``python -m benchmarks.pure_network M L``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from benchmarks.comparison.case import case_of
from benchmarks.network import flow_over
from benchmarks.synthetic import SIZES, make

from matching import engines
from matching.engines.flow import Cost
from matching.engines.flow import solve as solve_network
from matching.engines.network import network_of
from matching.planner.plans import audited
from matching.policy.model import Policy
from matching.problem import Problem, compile

NO_NETWORK = {"backbone-share", "backbone-share-county", "backbone-school", "budget", "group"}
"""The synthetic policy's rules that are no plain counts; what schools send and each county's floor stay."""
BOOT = 1.0
"""Seconds that a worker is given to be ready; compiling an instance takes it no less."""


class Row(NamedTuple):
    """Seconds of one size and seed.

    Attributes
    ----------
    plain : OR-Tools' min-cost flow over the same arcs without the policy's other rows, goals ordered arc by arc only
    exact : the policy's own network, by costs that order goals exactly, handed to the solver as it is
    told : finding out that the program is a network, and which
    ready, cold : the whole solve, in a worker that was started while the problem was compiled, or is started for it
    audit : reading the plan off, the reasons of whom it leaves out, and the audit, of the plan that was found
    proven : whether every goal's gap is 0
    """

    arcs: int
    plain: float
    exact: float
    told: float
    ready: float
    cold: float
    audit: float
    proven: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size and seed."""
    options = _parser().parse_args(arguments)
    print("size  seed     arcs   plain s  exact s   told s  engine s  cold s  audit s  engine/plain  engine/exact  "
          "audited/plain  proven")
    for size in options.sizes:
        for seed in options.seeds:
            r = measured(pure(size, seed), options.times)
            seconds = f"{r.plain:>9.3f} {r.exact:>8.3f} {r.told:>8.3f} {r.ready:>9.3f} {r.cold:>7.3f} {r.audit:>8.3f}"
            ratios = f"{r.ready / r.plain:>13.2f} {r.ready / r.exact:>13.2f} {(r.ready + r.audit) / r.plain:>14.2f}"
            print(f"{size:<5} {seed:>4} {r.arcs:>8} {seconds} {ratios}  {'yes' if r.proven else 'no'}")
    return 0


def pure(size: str, seed: int) -> Problem:
    """Return the synthetic problem without the rules that are no plain counts."""
    instance, policy = make(size, seed)
    return compile(instance, _stripped(policy))


def _stripped(policy: Policy) -> Policy:
    return replace(policy, rules=tuple(rule for rule in policy.rules if rule.id not in NO_NETWORK))


def measured(problem: Problem, times: int) -> Row:
    """Measure by turns, `times` over, and return the medians."""
    case, program = case_of(problem), problem.program
    network = network_of(program)
    exact = replace(network, costs=tuple(Cost(cost.exact) for cost in network.costs))
    found: list[engines.Solution] = []

    def solved(worker: engines.Worker | None = None) -> None:
        found.append(engines.solve(program, worker=worker))

    def judged() -> None:
        audited("main", problem, found[-1], 0)

    rounds = [(flow_over(case).seconds, _seconds(lambda: solve_network(exact)), _seconds(lambda: network_of(program)),
               _when_ready(solved), _seconds(solved), _seconds(judged)) for _ in range(times)]
    plain, by_itself, told, ready, cold, audit = (median(column) for column in zip(*rounds, strict=True))
    return Row(program.n_arcs, plain, by_itself, told, ready, cold, audit, all(s.status == "optimal" for s in found))


def _when_ready(solved: Callable[[engines.Worker], None]) -> float:
    """Return the seconds of a solve by a worker that was started before, as the planner does while it compiles."""
    with engines.ready() as worker:
        time.sleep(BOOT)
        return _seconds(lambda: solved(worker))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=tuple(SIZES), metavar="size", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--times", type=int, default=3, help="how often each is measured; the medians are printed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
