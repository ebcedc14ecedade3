"""Further plans by the main plan's goals, each really different from all those before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matching.domain.text import Text
from matching.engines import Progress, Solution
from matching.planner.apart import apart, difference, limits, within
from matching.planner.clock import Clock
from matching.planner.settle import settled
from matching.planner.variants import LEAST_SECONDS, OnProgress, Run, not_begun
from matching.policy.variants import alternative_id
from matching.problem import Problem, Program
from matching.problem.program import Int64


@dataclass(frozen=True)
class Alternatives:
    """The alternatives' solutions by id, in order, and what is to be said where there are fewer than were asked for."""

    solutions: Mapping[str, Solution] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


def solve_alternatives(problem: Problem, main: Solution, before: Sequence[Int64], run: Run, clock: Clock,
                       workers: int, on_progress: OnProgress | None, later: int = 0) -> Alternatives:
    """Find the plans that ``alternatives`` asks for, one after the other, each by the policy's goals in order.

    Parameters
    ----------
    before : the plans that the first one is to differ from, the main plan among them
    later : how many solves are to come after these
    """
    policy = problem.policy
    solutions: dict[str, Solution] = {}
    earlier: list[Int64] = []
    main = settled(problem, main)
    for number in range(1, policy.alternatives + 1):
        name = alternative_id(number)
        solve = _Solve(main, run, clock, policy.alternatives - number + 1 + later, workers, name, on_progress)
        solutions[name] = found = _next(problem, main, before, earlier, solve)
        if found.status == "infeasible":
            return Alternatives(solutions, (*_what_they_are(problem, earlier), _none_left(problem, number)))
        if found.x is not None:
            earlier.append(found.x)
    return Alternatives(solutions, _what_they_are(problem, earlier))


@dataclass(frozen=True)
class _Solve:
    """One solve of those that share what is left of the time."""

    main: Solution
    run: Run
    clock: Clock
    to_come: int
    workers: int
    name: str
    on_progress: OnProgress | None

    def __call__(self, program: Program, known: Sequence[int]) -> Solution:
        left = None if self.clock.left is None else self.clock.left / self.to_come
        if left is not None and left < LEAST_SECONDS:
            return not_begun(self.main)
        return self.run(program, workers=self.workers, time_limit=left, start=None, known=known,
                        on_progress=self._told)

    def _told(self, progress: Progress) -> None:
        if self.on_progress is not None:
            self.on_progress(self.name, progress)


def _next(problem: Problem, main: Solution, before: Sequence[Int64], earlier: Sequence[Int64], solve: _Solve
          ) -> Solution:
    """Return the best plan that differs from those `before` and from `earlier` alternatives, and loses no more than is
    allowed.

    Variants are hardly ever near: they have their rows only once they are met.
    """
    assert main.x is not None
    least = problem.policy.differ
    most = limits(problem.program, main.x, problem.policy.loss)
    near = [main.x, *earlier]
    while True:
        found = _best(problem, main, apart(problem.program, near, least), most, solve)
        if found.x is None:
            return found
        close = [x for x in before if difference(problem.program, x, found.x) < least]
        if not close:
            return found
        near += close


def _best(problem: Problem, main: Solution, program: Program, most: Sequence[int | None], solve: _Solve) -> Solution:
    """Return the program's best plan; where it loses too much of some goal, the best that does not.

    The first goal's bound holds for every plan; those of later goals only for plans that lose nothing before.
    """
    found = solve(program, [g.bound for g in main.goals[:1]])
    if found.x is None or _keeps(problem, found, most):
        return found
    return solve(within(program, most), [g.bound for g in found.goals[:1]])


def _keeps(problem: Problem, found: Solution, most: Sequence[int | None]) -> bool:
    x = settled(problem, found).x
    assert x is not None
    return all(limit is None or int(goal.cost @ x) <= limit
               for goal, limit in zip(problem.program.objectives, most, strict=True))


def _what_they_are(problem: Problem, found: Sequence[Int64]) -> tuple[Text, ...]:
    differ = problem.policy.differ
    said = Text(
        f"相异方案按主方案的目标依次求解，与前面每一个方案都至少相差 {differ} 人次的安置；"
        "所说的最优，是指在这样的方案中最优。",
        f"Alternatives are made by the main plan's goals and differ from every plan before them in at least {differ} "
        "placements; that one is optimal means among such plans.")
    return (said,) if found else ()


def _none_left(problem: Problem, number: int) -> Text:
    """Return that no further plan exists, and of what kind."""
    policy = problem.policy
    allowed = Text("，且各目标的损失不超过政策允许的范围", " and loses no more of any goal than the policy allows")
    added = Text("", "") if policy.loss is None else allowed
    asked, found = policy.alternatives, number - 1
    return Text(
        f"政策要求 {asked} 个相异方案，求得 {found} 个：已证明，再没有别的方案与前面每一个方案都至少相差 "
        f"{policy.differ} 人次的安置{added.zh}。",
        f"Alternatives asked for: {asked}; found: {found}. It is proven that no further plan differs from every one "
        f"before it in at least {policy.differ} placements{added.en}.")
