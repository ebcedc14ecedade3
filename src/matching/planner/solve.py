"""The one place where all meets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from matching import engines
from matching.audit import Auditor
from matching.domain.instance import Instance
from matching.domain.plan import Status
from matching.engines import Progress, Solution, Stop
from matching.explain.conflicts.conflict import diagnose
from matching.planner.alternatives import Alternatives, solve_alternatives
from matching.planner.beyond import beyond, listed_if_many, solve_beyond
from matching.planner.clock import Clock
from matching.planner.fronts import asked_fronts
from matching.planner.plans import Audited, audited
from matching.planner.result import Result
from matching.planner.settle import settled
from matching.planner.stable import stable_notes
from matching.planner.variants import OnProgress, Run, solve_variants
from matching.policy.model import Policy
from matching.policy.rows import Places
from matching.policy.variants import MAIN
from matching.preflight import preflight
from matching.problem import Problem, compile
from matching.scoring import Candidate, rank, score
from matching.studies.claims import Claims
from matching.studies.fairness import fairness

NETWORK, NO_NETWORK = "mcf", "highs"
"""An alternative's rows make no network: the default engine takes it where the network's own engine was asked for."""


def solve(instance: Instance, policy: Policy, *, engine: str = "highs", seed: int = 0, time_limit: float | None = None,
          workers: int = 2, stop: Stop | None = None, on_progress: OnProgress | None = None,
          places: Places | None = None) -> Result:
    """Find the best placements, with proof, the plans of the policy's variants, alternatives; audit and rank them.

    Parameters
    ----------
    engine : a name of `matching.engines.available`
    seed : same input, policy and seed give the same plans
    time_limit : seconds for all solves together; None for as long as proof takes
    stop : ends the solve when set; what was found so far is kept
    on_progress : called with the plan's id and the goal's present value, bound and gap
    places : where each record was read, for the rows of findings (`matching.tables.Reading.places`)

    Raises
    ------
    InputError
        Where a rule has no meaning for the instance, or the engine is unknown or cannot take the problem.
    AuditFailedError
        Where a solution does not pass the audit.
    """
    clock = Clock(time_limit)
    with clock.phase("arcs"):
        pairs = listed_if_many(instance, policy, engine)
        whole = None if pairs is None else beyond(instance, policy, pairs)
    if whole is not None:
        return solve_beyond(whole, seed, workers, clock, stop)
    run = partial(engines.solve, engine=engine, seed=seed, stop=stop)
    with engines.ready() as worker:
        with clock.phase("arcs"):
            problem = compile(instance, policy, pairs)
            found = preflight(problem, places)
        with clock.phase("solve"):
            main = run(problem.program, workers=workers, time_limit=clock.left, on_progress=_for(MAIN, on_progress),
                       worker=worker)
    made = partial(Result, instance, policy, main.status, seed=seed, engine=main.engine, findings=found,
                   stopped=main.stopped, message=main.message, seconds=clock.seconds)
    if main.x is None:
        with clock.phase("diagnosis"):
            clash = main.status == "infeasible"
            return made(ranking=None, diagnosis=diagnose(problem, time_limit=clock.left, stop=stop) if clash else None)
    later = sum(asked.at_most for asked in policy.fronts)
    with clock.phase("variants"):
        solutions = {MAIN: (problem, main),
                     **solve_variants(problem, main, run, clock, on_progress, policy.alternatives + later)}
    further = _alternatives(problem, solutions, partial(run, engine=NO_NETWORK) if engine == NETWORK else run, clock,
                            workers, on_progress, later)
    solutions |= {name: (problem, found) for name, found in further.solutions.items()}
    with clock.phase("audit"):
        auditor = Auditor(instance, policy)
        passed = [audited(name, p, settled(p, s), seed, auditor=auditor)
                  for name, (p, s) in solutions.items() if s.x is not None]
    with clock.phase("rank"):
        notes = (*further.notes, *stable_notes(policy, {plan.plan for plan, _ in passed}))
        ranking = rank(policy, _candidates(problem, passed), notes)
    fronts = asked_fronts(instance, policy, passed[0].plan, clock, engine=engine, seed=seed, workers=workers, stop=stop,
                          on_progress=on_progress)
    unfinished: dict[str, Status] = {n: s.status for n, (_, s) in solutions.items() if n != MAIN and s.stopped}
    return made(ranking=ranking, unfinished=unfinished, lines={plan.plan: lines for plan, lines in passed},
                fronts=fronts)


def _alternatives(problem: Problem, solutions: Mapping[str, tuple[Problem, Solution]], run: Run, clock: Clock,
                  workers: int, on_progress: OnProgress | None, later: int) -> Alternatives:
    if not problem.policy.alternatives:
        return Alternatives()
    with clock.phase("alternatives"):
        before = [s.x for _, s in solutions.values() if s.x is not None]
        return solve_alternatives(problem, solutions[MAIN][1], before, run, clock, workers, on_progress, later)


def _candidates(problem: Problem, passed: Sequence[Audited]) -> list[Candidate]:
    """Return the plans with their figures; an alternative is the answer to no variant."""
    claims, known = Claims(problem), {MAIN, *(v.id for v in problem.policy.variants)}
    return [Candidate(plan, plan.plan if plan.plan in known else None,
                      score(problem.instance, problem.policy, plan, fairness(claims, plan.placements)))
            for plan, _ in passed]


def _for(plan_id: str, on_progress: OnProgress | None) -> Callable[[Progress], None] | None:
    return None if on_progress is None else partial(on_progress, plan_id)
