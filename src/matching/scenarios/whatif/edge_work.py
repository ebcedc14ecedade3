"""The exact values of a curve: where fill first drops, and where the rules can no longer all hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
          note: Callable[[Edge], None], wanted: Sequence[Of] = ("fill", "feasible")) -> tuple[Edge, ...]:
    """Return the exact values of the one bound that is varied; none where several things are, or none can be found.

    Parameters
    ----------
    wanted : which of them are looked for
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
        return tuple(work.found(of, known, note) for of in work.asked() if of in wanted)


class _Work:
    def __init__(self, shared: Shared, root: Root, stop: Stop | None, stack: ExitStack) -> None:
        self._shared, self._root, self._stop, self._stack = shared, root, stop, stack
        (self._knob,) = shared.knobs
        self._problem: Problem | None = None
        self._solver: PointSolver | None = None
        self._start = None if root.point.until is None else Fraction(root.point.until)

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
        self._start = self._start if edge.last is None else edge.last
        return edge

    def _search(self, of: Of) -> EdgeSearch:
        if self._problem is None:
            policy = turned(self._shared.policy, self._shared.knobs, self._root.values)
            self._problem = compile(self._shared.instance, policy)
            if self._root.solution is not None:
                self._solver = self._stack.enter_context(PointSolver(
                    self._problem, self._root.solution, seed=0, workers=self._shared.workers, stop=self._stop))
        if of == FILL:
            return EdgeSearch(self._shared, of, self._problem, self._solver, self._held(), self._stop)
        loosest = Tighter(self._problem, self._knob).loosest
        loose = compile(self._shared.instance, self._knob.put(self._shared.policy, loosest))
        return EdgeSearch(self._shared, of, loose, self._solver, (), self._stop)

    def _held(self) -> tuple[int, ...]:
        """Return what the goals up to the fill have at best, as the root's plan is proven to have them."""
        lines = self._root.point.goals
        return tuple(line.best for line in lines[:[line.goal for line in lines].index(FILL) + 1])

