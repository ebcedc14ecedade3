"""The plans of the policy's variants, two at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import ceil
from typing import Protocol

import numpy as np

from matching.engines import Progress, Solution
from matching.engines.solution import NO_MESSAGE
from matching.planner.clock import Clock
from matching.planner.stable import stable
from matching.policy.variants import weighed
from matching.problem import Problem, Program
from matching.problem.program import Int64

AT_ONCE = 2
ENGINE = "highs"
"""Takes the programs of a stable variant, whichever engine takes the others: their rows make no network."""
LEAST_SECONDS = 1.0
"""With less time left than this, a variant is not begun."""


class Run(Protocol):
    """A solve with the engine, seed and stop of the main one."""

    def __call__(self, program: Program, *, engine: str = ..., workers: int, time_limit: float | None,
                 start: Int64 | None, known: Sequence[int], on_progress: Callable[[Progress], None] | None
                 ) -> Solution: ...


class OnProgress(Protocol):
    """Is told a plan's id and the present state of its goal."""

    def __call__(self, plan_id: str, progress: Progress, /) -> None: ...


def solve_variants(problem: Problem, main: Solution, run: Run, clock: Clock, on_progress: OnProgress | None,
                   later: int = 0) -> Mapping[str, tuple[Problem, Solution]]:
    """Return each variant's problem and solution by its id; every one starts from the main plan.

    What is left of the time is shared out evenly beforehand, so that no variant's result hangs on another's luck.

    Parameters
    ----------
    later : how many solves are to come after the variants, one at a time
    """
    variants = {v.id: problem.weighed(weighed(problem.policy, v.id)) for v in problem.policy.variants}
    each = None if clock.left is None else clock.left / max(1, ceil(len(variants) / AT_ONCE) + later)
    if each is not None and each < LEAST_SECONDS:
        return {name: (p, not_begun(main)) for name, p in variants.items()}
    methods = {v.id: v.method for v in problem.policy.variants}

    def known(name: str) -> tuple[int, ...]:
        return _known(problem.program, main, variants[name].program)

    def one(name: str) -> Solution:
        if methods[name] == "stable":
            return stable(variants[name], partial(run, engine=ENGINE, workers=1, start=None, known=(),
                                                  on_progress=None), each, known(name)[:1])
        tell = None if on_progress is None else (lambda progress: on_progress(name, progress))
        program = variants[name].program
        return run(program, workers=1, time_limit=each, start=main.x, known=known(name), on_progress=tell)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        solutions = dict(zip(variants, pool.map(one, variants), strict=True))
    return {name: (variants[name], solutions[name]) for name in variants}


def _known(program: Program, main: Solution, variant: Program) -> tuple[int, ...]:
    """Return the bounds proven for the main plan that hold for the variant: those of the goals that both begin with.

    A goal's bound depends on what the goals before it hold, so the first that differs ends the list.
    """
    bounds = []
    for ours, theirs, outcome in zip(program.objectives, variant.objectives, main.goals, strict=False):
        if not np.array_equal(ours.cost, theirs.cost) or outcome.gap or ours.slack_amount or theirs.slack_amount:
            break
        bounds.append(outcome.bound)
    return tuple(bounds)


def not_begun(main: Solution) -> Solution:
    """Return the outcome of a solve for which no time was left."""
    return Solution("unknown", None, (), "time", NO_MESSAGE, main.engine, 0.0)
