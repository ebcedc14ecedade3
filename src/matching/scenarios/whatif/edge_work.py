"""The exact values of a curve: where fill first drops, and where the rules can no longer all hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from fractions import Fraction
from typing import Any

from matching.executors import Stop
from matching.problem import Problem, compile
from matching.scenarios.whatif.chain import Root, Shared
from matching.scenarios.whatif.edges import Edge, EdgeSearch, Of, edge_from_dict
from matching.scenarios.whatif.knobs import turned
from matching.scenarios.whatif.solving import PointSolver
from matching.scenarios.whatif.tighter import Tighter, searchable

FILL: Of = "fill"


def edges(shared: Shared, root: Root, stop: Stop | None, known: Mapping[str, Mapping[str, Any]],
          note: Callable[[Edge], None]) -> tuple[Edge, ...]:
    """Return the exact values of the one bound that is varied; none where several things are, or none can be found.

    Parameters
    ----------
    known : those found before, by key
    note : told each one that was not known
    """
    if len(shared.knobs) != 1 or not shared.knobs[0].rule or not isinstance(root.values[0], Fraction):
        return ()
    policy = turned(shared.policy, shared.knobs, root.values)
    if not searchable(shared.knobs[0], policy.rule(shared.knobs[0].rule)):
        return ()
    with ExitStack() as stack:
        work = _Work(shared, root, stop, stack)
        return tuple(work.found(of, known, note) for of in work.asked())


class _Work:
    def __init__(self, shared: Shared, root: Root, stop: Stop | None, stack: ExitStack) -> None:
        self._shared, self._root, self._stop, self._stack = shared, root, stop, stack
        (self._knob,) = shared.knobs
        self._problem: Problem | None = None
        self._solver: PointSolver | None = None

    def asked(self) -> tuple[Of, ...]:
        """Return what is to be looked for: how fill stands is known only of a plan that is proven."""
        names = [line.goal for line in self._root.point.goals]
        return (FILL, "feasible") if self._root.point.status == "optimal" and FILL in names else ("feasible",)

    def found(self, of: Of, known: Mapping[str, Mapping[str, Any]], note: Callable[[Edge], None]) -> Edge:
        """Return one exact value."""
        told = known.get(Edge.key_of(of, self._knob.name))
        if told is not None:
            return edge_from_dict(told)
        edge = self._search(of).find(self._start)
        note(edge)
        return edge

    @property
    def _start(self) -> Fraction | None:
        until = self._root.point.until
        return None if until is None else Fraction(until)

    def _search(self, of: Of) -> EdgeSearch:
        if self._problem is None:
            policy = turned(self._shared.policy, self._shared.knobs, self._root.values)
            problem = compile(self._shared.instance, policy)
            loosest = Tighter(problem, self._knob).loosest
            self._problem = compile(self._shared.instance, self._knob.put(self._shared.policy, loosest))
            if self._root.solution is not None:
                self._solver = self._stack.enter_context(
                    PointSolver(problem, self._root.solution, seed=0, workers=self._shared.workers, stop=self._stop))
        held = self._held() if of == FILL else ()
        return EdgeSearch(self._shared, of, self._problem, self._solver, held, self._stop)

    def _held(self) -> tuple[int, ...]:
        """Return what the goals up to the fill may cost, as the root's plan is proven to have them."""
        assert self._problem is not None
        lines = self._root.point.goals
        upto = [line.goal for line in lines].index(FILL) + 1
        return tuple(goal.sense * line.best - goal.constant
                     for goal, line in zip(self._problem.program.objectives[:upto], lines[:upto], strict=True))

