"""The gap between a relaxation's bound and the best plan, closed by searching ever more columns.

Columns of least reduced cost come first. What such a search leaves out costs more than a known figure, so that its
answer holds for all columns up to that figure: a plan that costs less is the best there is, and where none is found the
bound is that figure. So the cutoff rises until the bound meets the plan.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from matching.engines.certificate import Certificate
from matching.engines.highs_model import Options, Outcome, Search, WholeResult
from matching.engines.narrowing import MOST_KEPT, Window, beyond, windows
from matching.engines.system import System
from matching.problem.program import Int64

PLAIN: Options = {"mip_detect_symmetry": False}
FEW_CUTS = 100
"""HiGHS looks through its pool of cuts in each round: where a search is small, a pool of thousands costs more than it
saves."""
ONCE: Options = {**PLAIN, "mip_allow_restart": False, "mip_pool_soft_limit": FEW_CUTS}
"""Where little is left to search, starting again from less takes longer than what it saves."""
FEW_NODES: Options = {**PLAIN, "mip_max_nodes": 10}
ALMOST, ROUGH_GAP, GOOD_GAP = 0.99, 0.01, 0.001
WORTH_NARROWING = 0.5
"""A search of more than this share of the columns that could better the plan at hand is not worth its while."""
MOST_WINDOWS = 2
"""Where these find no plan there mostly is none, and the search of all columns is the sooner to prove it. Where a plan
is known that they do not better, a rough search for a good one comes next."""
NEAR = (1, 4, 12, 36)
"""How many units beyond the least that the bound allows plans may cost in the first searches, where it is mostly met
within few: a search of half as many columns, but a wrong guess costs half a second."""
LIKELY = (Fraction(1), Fraction(5, 2), Fraction(8))
"""The likely excess times these makes the windows, where it is known."""
ROUGH_GROWTH, GROWTH = 2.0, 1.5
"""By what the number of columns grows from search to search, where any plan will do, and where the best is wanted."""


class Task(NamedTuple):
    """A cost to be minimised over a system: to within less than `unit`, or, where that is None, by any plan.

    Attributes
    ----------
    certificate : prices that prove a bound of the cost
    fewest : how many columns the first search has at least
    likely : by how much the best plan probably exceeds the certificate's bound, where that can be told; then only plans
        that do so by no more than a few times as much are looked for
    narrow, whole : whether few columns are searched, and whether, in the end, all are
    near : whether the best plan probably exceeds the bound by few units, so that these come first
    """

    system: System
    cost: Int64
    certificate: Certificate
    unit: int | None
    fewest: int
    likely: Fraction | None = None
    narrow: bool = True
    whole: bool = True
    near: bool = False


class Searcher(NamedTuple):
    """What a task is worked with.

    Attributes
    ----------
    run : searches a system; the plans that it finds are known to `best` from then on
    best : the cost of the best plan known within the task's system, None where there is none
    tightened : a system's relaxation over the plans of at most some cost, solved once more, and what it leaves of the
        columns; None where there is no such plan
    proven : hears of bounds that hold for the whole of the task's system
    late : whether the time is up
    """

    run: Callable[[System, Search], WholeResult]
    best: Callable[[], int | None]
    tightened: Callable[[System, int], System | None]
    proven: Callable[[Fraction | float], None]
    late: Callable[[], bool]


def close(task: Task, searcher: Searcher) -> Outcome:
    """Search until the best plan is known to be, there is none, or the time is up.

    Answers ``optimal`` where the task is done, ``infeasible`` where its system has no plan.
    """
    bound: Fraction | float = task.certificate.bound
    for searched, window in enumerate(_windows(task, searcher), -len(NEAR) if task.near else 0):
        best = searcher.best()
        if searcher.late() or _is_done(task, bound, best):
            break
        if window.beyond is not None and window.beyond <= bound:
            continue
        if best is not None:
            window = _below(task, window, best)
        rough = best is not None and searched >= MOST_WINDOWS and window.beyond != best and task.likely is None
        bound = max(bound, _worked(task, window, searcher, rough=rough, known=best is not None))
        searcher.proven(bound)
        if window.beyond is None or window.beyond == best:
            break
    if bound == math.inf:
        return "infeasible"
    return "optimal" if _is_done(task, bound, searcher.best()) else "stopped"


def _windows(task: Task, searcher: Searcher) -> Iterator[Window]:
    if task.likely is not None:
        yield from _likely(task, task.likely)
        return
    if task.near:
        yield from _near(task)
    growth = ROUGH_GROWTH if task.unit is None else GROWTH
    few = windows(task.system, task.certificate, task.fewest, growth) if task.narrow else ()
    for searched, window in enumerate(few):
        if searched >= MOST_WINDOWS and searcher.best() is None:
            break
        yield window
    if task.whole:
        yield Window(task.system, None)


def _likely(task: Task, slack: Fraction) -> Iterator[Window]:
    """Yield what plans may use that exceed the bound by what is likely, then by more."""
    return _up_to(task, (math.ceil(task.certificate.bound + times * slack) for times in LIKELY))


def _near(task: Task) -> Iterator[Window]:
    """Yield what plans may use that exceed the bound by few units."""
    if task.unit is None:
        return iter(())
    least = math.ceil(task.certificate.bound / task.unit)
    return _up_to(task, ((least + units) * task.unit for units in NEAR))


def _up_to(task: Task, cutoffs: Iterable[int]) -> Iterator[Window]:
    """Yield what plans may use that cost a cutoff or less, for each, until that is too much."""
    for cutoff in cutoffs:
        window = Window(beyond(task.system, task.certificate, cutoff), Fraction(cutoff + 1))
        if window.system.n_free > MOST_KEPT * task.system.n_free:
            return
        yield window


def _is_done(task: Task, bound: Fraction | float, best: int | None) -> bool:
    return best is not None and (task.unit is None or best - bound < task.unit)


def _below(task: Task, window: Window, best: int) -> Window:
    """Return `window`, or, where it reaches beyond `best`, only what plans that cost less than that may use."""
    exact = Window(beyond(task.system, task.certificate, best - (task.unit or 1)), Fraction(best))
    if window.beyond is None or window.beyond >= best or window.system.n_free >= WORTH_NARROWING * exact.system.n_free:
        return exact
    return window


def _worked(task: Task, window: Window, searcher: Searcher, *, rough: bool, known: bool) -> Fraction | float:
    """Search a window; return the bound of the task's cost that this proves, -inf where it proves none.

    A rough search is for a good plan only: it may cost more than what is left out, so that little is left after it.
    """
    if rough:
        return _proven(window, searcher.run(window.system, Search(relative_gap=GOOD_GAP, options=PLAIN)))
    system: System | None = window.system
    if task.unit is not None and window.beyond is not None and task.likely is None:
        system = searcher.tightened(window.system, math.ceil(window.beyond) - 1)
    if system is None:
        return window.proves(None)
    return _proven(window, searcher.run(system, _search(task, window, known)))


def _proven(window: Window, result: WholeResult) -> Fraction | float:
    if result.outcome == "infeasible":
        return window.proves(None)
    return window.proves(result.bound) if result.outcome == "optimal" else -math.inf


def _options(task: Task, known: bool) -> Options:
    if task.likely is not None:
        return ONCE
    return PLAIN if known else FEW_NODES


def _search(task: Task, window: Window, known: bool) -> Search:
    options = dict(_options(task, known))
    if task.unit is None:
        return Search(relative_gap=ROUGH_GAP, options=options)
    if window.beyond is not None:
        options["objective_bound"] = float(window.beyond)
    return Search(absolute_gap=ALMOST * task.unit, options=options)
