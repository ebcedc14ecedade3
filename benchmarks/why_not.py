"""What "why not" costs and whether it is right: ``python -m benchmarks.why_not instances/gansu_2014 --questions 200``.

Random eligible pairs that the main plan has not are forced into it, one after another. With ``--check`` each answer is
held against a solve of the forced problem from nothing; all goals must agree.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

import matching
from matching import engines, planner
from matching.engines import Change, Solution
from matching.engines.change import changed
from matching.explain.solved import SolvedPlan
from matching.problem import Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each question, and the median and the longest of all."""
    options = _parser().parse_args(arguments)
    workbook = next(options.folder.glob("*.xlsx"))
    instance = matching.read(workbook)
    policy = matching.policy(str(options.folder / "policy.toml"), instance=instance)
    best = planner.solve(instance, replace(policy, variants=())).main
    assert best is not None
    problem = best.inquiry.problem
    seconds, wrong = [], 0
    print("teacher   post       seconds  verdict     change of each goal, against solving anew")
    with SolvedPlan(problem, best.plan) as solved:
        began = time.perf_counter()
        own = solved.solve(Change())
        solved.solve(_forced(int(np.flatnonzero(_others(problem, own))[0])))
        print(f"the plan itself and the first answer: {time.perf_counter() - began:.2f} s")
        for arc in _asked(problem, own, options.questions, options.seed):
            change = _forced(arc)
            began = time.perf_counter()
            found = solved.solve(change)
            seconds.append(time.perf_counter() - began)
            agrees = _checked(problem, change, found) if options.check else None
            wrong += agrees is False
            print(_line(problem, arc, seconds[-1], own, found, agrees), flush=True)
    over = sum(s > 1 for s in seconds)
    print(f"{len(seconds)} questions: median {median(seconds):.2f} s, longest {max(seconds):.2f} s, {over} over 1 s"
          + (f"; {wrong} differ from solving anew" if options.check else ""))
    return int(wrong > 0)


def _forced(arc: int) -> Change:
    return Change(np.array([arc]), np.ones(1, np.int64), np.ones(1, np.int64))


def _others(problem: Problem, own: Solution) -> npt.NDArray[np.bool_]:
    """Return, for each pair, whether the plan has it not."""
    assert own.x is not None
    return own.x[:problem.program.n_arcs] == 0


def _asked(problem: Problem, own: Solution, count: int, seed: int) -> Iterator[int]:
    others = np.flatnonzero(_others(problem, own))
    random = np.random.default_rng(seed)
    yield from random.choice(others, min(count, len(others)), replace=False).tolist()


def _checked(problem: Problem, change: Change, found: Solution) -> bool:
    anew = engines.solve(changed(problem.program, change))
    return (anew.status, anew.goals) == (found.status, found.goals)


def _line(problem: Problem, arc: int, seconds: float, own: Solution, found: Solution, agrees: bool | None) -> str:
    teacher = problem.instance.teachers[int(problem.arcs.teacher[arc])].teacher_id
    need = problem.instance.needs[int(problem.arcs.need[arc])].need_id
    change = [f"{goal.name} {goal.best - was.best:+d}" for goal, was in zip(found.goals, own.goals, strict=False)]
    verdict = {None: "", True: "  equal", False: "  DIFFERS"}[agrees]
    return f"{teacher:<9} {need:<9} {seconds:>8.2f}  {found.status:<10}  {', '.join(change)}{verdict}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="an instance's folder, with its workbook and policy.toml")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", action="store_true", help="solve each forced problem anew too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
