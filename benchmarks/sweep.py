"""The curve of a rule against one solve: ``python -m benchmarks.sweep instances/gansu_2014 --check 10``.

Measures, in CPU seconds of this process and of those that it starts, one solve of the policy as it is, and the whole
curve with its exact values; says how many times one solve the curve takes. With ``--check N`` that many points, drawn
at random, are compiled and solved from nothing and must have the same goals.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from matching import engines
from matching.cli.case import Case, load_case
from matching.executors import executor_of
from matching.policy.model import Policy
from matching.problem import compile
from matching.scenarios.whatif import WhatIf, whatif
from matching.scenarios.whatif.knobs import turned
from matching.scenarios.whatif.values import values_of

T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a point is not what solving from nothing finds."""
    options = _parser().parse_args(arguments)
    case = _case(options.case)
    plain = replace(case.policy, variants=(), alternatives=0, fronts=())
    one, _, one_wall = _measured(lambda: engines.solve(compile(case.instance, plain).program, workers=options.workers))
    print(f"one solve: {one:.1f} CPU s, {one_wall:.1f} s", flush=True)
    name, _, values = options.vary.partition("=")
    spent, found, wall = _measured(lambda: whatif(case.instance, case.policy, {name: values}, floor=options.floor,
                                                  executor=executor_of(options.executor), workers=options.workers))
    solved = sum(point.by == point.key for point in found.points)
    print(f"{len(found.points)} points ({solved} solved), with exact values: {spent:.1f} CPU s, {wall:.1f} s: "
          f"{spent / one:.1f} and {wall / one_wall:.1f} times one solve; complete: {found.complete}")
    for edge in found.edges:
        print(f"{edge.of}: last {edge.last}, first {edge.first}, proven {edge.proven}, {edge.solves} solves")
    return 0 if _agree(case, found, options.check, options.seed) else 1


def _agree(case: Case, found: WhatIf, many: int, seed: int) -> bool:
    """Tell whether points drawn at random are what solving from nothing finds."""
    points = random.Random(seed).sample(found.points, min(many, len(found.points)))
    good = 0
    for point in points:
        policy: Policy = found.policy
        for knob in found.knobs:
            exact = point.values[knob.name]
            policy = policy if exact is None else turned(policy, (knob,), values_of(knob.name, [exact]))
        truth = engines.solve(compile(case.instance, policy).program)
        best = [goal.best for goal in truth.goals]
        same = truth.status == point.status and best == [goal.best for goal in point.goals]
        good += same
        print(f"{'agrees' if same else 'WRONG'}  {point.key}  {truth.status} {best}", flush=True)
    if points:
        print(f"{good} of {len(points)} points agree with solving from nothing")
    return good == len(points)


def _measured(work: Callable[[], T]) -> tuple[float, T, float]:
    began, before = time.monotonic(), _cpu()
    done = work()
    return _cpu() - before, done, time.monotonic() - began


def _cpu() -> float:
    """Return the CPU seconds of this process and of those it started that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _case(case: Path) -> Case:
    policy = case / "policy.toml"
    return load_case([case / f"{case.name}.xlsx"], str(policy) if policy.exists() else case.name)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--vary", default="backbone-share.at_least=0:0.5:0.01")
    parser.add_argument("--floor", type=int)
    parser.add_argument("--executor", default="in-process", help="where the points are solved, such as processes:2")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--check", type=int, default=0, help="how many points are solved again from nothing")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    sys.exit(main())
