"""One program, one engine, one worker process, one answer."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import numpy as np

from matching.domain.plan import Status
from matching.domain.text import Text
from matching.engines import flow
from matching.engines.choice import Choice, choose
from matching.engines.ledger import Event, Ledger
from matching.engines.mcf import settle
from matching.engines.process import Asked, Ending, Worker, run_without_columns
from matching.engines.registry import engine_of
from matching.engines.settings import Settings
from matching.engines.solution import NO_MESSAGE, Progress, Solution, Stopped, gap
from matching.problem.program import Int64, Program

Stop = threading.Event | Callable[[], bool]
OnProgress = Callable[[Progress], None]

SOLVED_HERE = 150_000
"""Edges of a network's largest part up to which no worker process is asked: it is solved in about the tenth of a second
after which a stop is looked for."""
TOLD_AT_ONCE = 50_000
"""Columns up to which it takes less time to tell whether a program is a network than to start a process."""

_MESSAGES = {
    "time": Text("时限已到", "the time limit was reached"),
    "user": Text("已按要求停止", "stopped as asked"),
    "crash": Text("求解进程意外终止", "the worker process ended unexpectedly"),
    "memory": Text("求解进程内存不足", "the worker process ran out of memory"),
}


def solve(program: Program, *, engine: str = "highs", seed: int = 0, time_limit: float | None = None, workers: int = 2,
          stop: Stop | None = None, on_progress: OnProgress | None = None, start: Int64 | None = None,
          known: Sequence[int] = (), in_process: bool = False, worker: Worker | None = None) -> Solution:
    """Optimise the goals of `program` in order, each held within its slack while the next is optimised.

    Parameters
    ----------
    engine : a name of `available`, or ``pulp:NAME``; the default one leaves a pure network to ``mcf``
    seed : same program, engine, seed and workers give the same solution, where it is proven
    time_limit : seconds for all goals; None for as long as it takes
    workers : threads
    stop : an event or a callable, asked several times a second
    on_progress : hears of every better plan and bound
    start : int64, shape (n_columns,); a plan to begin from, used where it is feasible
    known : proven bounds of the first goals, each in its goal's own sense; one that `start` attains is not proven again
    worker : one that `ready` has started, to be used up; it is ended with the solve
    in_process : solve in this process, without protection from the solver's crash, and deaf to `stop`; for tests

    Raises
    ------
    InputError
        Where there is no such engine, or it cannot take the program.
    """
    began = time.monotonic()
    with ExitStack() as at_the_end:
        if worker is None and program.n_columns > TOLD_AT_ONCE and not in_process:
            worker = Worker()  # first, since it starts while it is decided here what it is to do
        if worker is not None:
            at_the_end.enter_context(worker)
        choice = choose(program, engine)
        if worker is None and program.n_columns and not in_process and not _solved_here(choice):
            worker = at_the_end.enter_context(Worker())
        ledger = reporting(program, on_progress, began)
        _begin(ledger, start, known)
        deadline = math.inf if time_limit is None else began + time_limit
        ending = _run(ledger, choice, Settings(seed, workers, deadline), asker(stop), worker)
    if ending is None:
        assert worker is not None
        ending = worker.death()
    return solution_of(ledger, ending, choice.engine, time_limit is not None, time.monotonic() - began)


def reporting(program: Program, on_progress: OnProgress | None, began: float) -> Ledger:
    """Return a ledger that reports how the goal at work stands whenever something is found."""
    def tell(event: Event) -> None:
        if on_progress is not None and not ledger.done:
            on_progress(progress(ledger, time.monotonic() - began))

    ledger = Ledger(program, tell)
    return ledger


def _begin(ledger: Ledger, start: Int64 | None, known: Sequence[int]) -> None:
    if start is not None:
        ledger.offer(start)
    for k, (goal, bound) in enumerate(zip(ledger.program.objectives, known, strict=False)):
        ledger.raise_bound(k, goal.sense * bound)


def _run(ledger: Ledger, choice: Choice, settings: Settings, stop: Asked, worker: Worker | None) -> Ending | None:
    """Have the ledger worked, by a worker process or by this one; None where the process died."""
    if not ledger.program.n_columns:
        return run_without_columns(ledger)
    if choice.network is None:
        if worker is None:
            return Ending(engine_of(choice.engine).run(ledger, settings))
        return worker.run(ledger, choice.engine, settings, stop)
    from matching.engines.flow_parts import parts_of

    parts = parts_of(choice.network)
    if worker is None or max(len(part.network.edges.tail) for part in parts) <= SOLVED_HERE:
        return _settled_here(ledger, parts, settings, stop)
    ending = worker.flow(parts, ledger, settings, stop)
    if ending is not None and ending.verdict == "done":
        settle(ledger, ledger.x)
    return ending


def _solved_here(choice: Choice) -> bool:
    """Tell whether no part of a network is worth a process of its own."""
    return choice.network is not None and len(choice.network.edges.tail) <= SOLVED_HERE


def _settled_here(ledger: Ledger, parts: Sequence[flow.Part], settings: Settings, stop: Asked) -> Ending:
    """Solve a network part by part; between them it is looked whether to go on."""
    x = np.zeros(ledger.program.n_columns, np.int64)
    for number, part in enumerate(parts):
        if stop():
            return Ending(None, "user")
        if number and settings.left(settings.deadline) <= 0:
            return Ending(None, "time")
        try:
            found = flow.solve(part.network)
        except flow.FlowFailedError as failure:
            return Ending(None, "crash", f"min-cost flow: {failure}")
        if found is None:
            return Ending("infeasible")
        x[part.columns] = found
    return Ending(settle(ledger, x))


def asker(stop: Stop | None) -> Callable[[], bool]:
    """Return how to ask whether a solve is to stop."""
    if stop is None:
        return lambda: False
    return stop.is_set if isinstance(stop, threading.Event) else stop


def progress(ledger: Ledger, seconds: float) -> Progress:
    """Return how the goal at work stands."""
    k = ledger.goal
    goal = ledger.program.objectives[k]
    bound = goal.sense * ledger.bounds[k]
    if ledger.x is None:
        return Progress(goal.name, None, bound, None, seconds)
    value = goal.sense * ledger.values[k]
    return Progress(goal.name, value, bound, gap(value, bound), seconds)


def solution_of(ledger: Ledger, ending: Ending, engine: str, limited: bool, seconds: float) -> Solution:
    """Return what a ledger, and how its work ended, say to the caller."""
    stopped: Stopped | None = ending.stopped or ("time" if ending.verdict == "stopped" and limited else None)
    message = _MESSAGES[stopped] if stopped else NO_MESSAGE
    if ending.detail and stopped:
        message = Text(f"{message.zh}：{ending.detail}", f"{message.en}: {ending.detail}")
    if ledger.x is None:
        status: Status = "infeasible" if ending.verdict == "infeasible" else "unknown"
        return Solution(status, None, (), stopped, message, engine, seconds)
    goals = ledger.outcomes()
    proven = all(goal.gap == 0 for goal in goals)
    return Solution("optimal" if proven else "feasible", ledger.x, goals, None if proven else stopped, message, engine,
                    seconds)
