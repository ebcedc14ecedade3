"""What a replanning costs beside the first solve: ``python -m benchmarks.replanning instances/gansu_2014 --seeds 1 2``.

Ten placed teachers, drawn at random, withdraw from the plan by the policy's own goals. Seconds are of the processor, of
this process and those that it started: `solve` of compiling and solving alone, as the first solve beside it in the
same run; `whole` with the audit, the reasons, and the price of moving nobody else.
The goals before the last are held against solving the changed problem anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from benchmarks.processor import seconds

from matching import engines
from matching.cli.case import load_case
from matching.domain.plan import GoalLine, Plan
from matching.problem import compile
from matching.scenarios.replan import Before, Changes
from matching.scenarios.replan import replan as work
from matching.scenarios.replan.edits import edited
from matching.scenarios.replan.solving import Ground, least_moves
from matching.scenarios.replan.target import target

WITHDRAWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each seed, and the median ratio."""
    options = _parser().parse_args(arguments)
    case = options.case
    policy = case / "policy.toml"
    loaded = load_case([case / f"{case.name}.xlsx"], str(policy) if policy.exists() else case.name)
    began = seconds()
    problem = compile(loaded.instance, loaded.policy)
    solution = engines.solve(problem.program)
    first = seconds() - began
    assert solution.x is not None
    goals = tuple(GoalLine(g.name, g.best, g.best, g.bound, g.gap) for g in solution.goals)
    before = Before(loaded.instance, loaded.policy,
                    Plan("main", solution.status, 0, problem.decode(solution.x), goals))
    ratios, right = [], True
    print(f"first solve {first:.2f} s\nseed  solve s  whole s  solve/first  whole/first  moves  proven  as anew")
    for seed in options.seeds:
        changes = Changes(withdraw=_drawn(before.plan, seed))
        began = seconds()
        instance, changed = edited(before, changes)
        least_moves(target(before, compile(instance, changed), changes.withdraw, None), Ground())
        solve = seconds() - began
        began = seconds()
        found = work(before, changes)
        whole = seconds() - began
        anew = engines.solve(compile(found.result.instance, loaded.policy).program) if options.check else None
        assert found.plan is not None
        assert found.least is not None
        same = anew is None or [g.best for g in anew.goals[:-1]] == [g.value for g in found.plan.goals[:-1]]
        right &= same and found.proven
        ratios.append(solve / first)
        print(f"{seed:>4}  {solve:>7.2f}  {whole:>7.2f}  {solve / first:>11.2f}  {whole / first:>11.2f}  "
              f"{found.least.best:>5}  "
              f"{'yes' if found.proven else 'NO':<6}  {'yes' if same else 'NO'}", flush=True)
    print(f"median solve/first {median(ratios):.2f}, largest {max(ratios):.2f}")
    return 0 if right else 1


def _drawn(plan: Plan, seed: int) -> tuple[str, ...]:
    placed = sorted({p.teacher for p in plan.placements})
    drawn = np.random.default_rng(seed).choice(len(placed), min(WITHDRAWN, len(placed)), replace=False)
    return tuple(placed[k] for k in drawn)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path, help="a programme's folder, such as instances/gansu_2014")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--check", action="store_true", help="solve each changed problem anew too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
