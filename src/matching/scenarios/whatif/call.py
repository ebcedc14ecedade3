"""One call of what-if as it is worked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from matching.executors import Executor, Stop, StoppedError, Task
from matching.scenarios.whatif.chain import Chain, Shared, Values, carried, open_chains, root_of
from matching.scenarios.whatif.clashes import Clash, Diagnosing, Kept, OnKept, clashes
from matching.scenarios.whatif.edge_work import edges
from matching.scenarios.whatif.edges import Edge, Of
from matching.scenarios.whatif.knobs import turned
from matching.scenarios.whatif.order import cut, loosest_first
from matching.scenarios.whatif.point import Point, bare, key_of, point_from_dict
from matching.scenarios.whatif.solving import Clock, Tell


@dataclass
class Call:
    """The points of a call and what was found of them.

    Parameters
    ----------
    ordered : all points, the first of which is the loosest asked for
    executor : None for this process, which can stop in the middle of a chain
    diagnose : whether to name the rules that clash at points without a plan
    floored : whether a floor was asked for: then where the rules fail is sought first, else only if they do
    known, on_point : as for `whatif`
    """

    shared: Shared
    ordered: Sequence[Values]
    seeds: tuple[int, ...]
    executor: Executor | None
    stop: Stop | None
    on_progress: Tell | None
    known: Kept
    on_point: OnKept | None
    floored: bool
    diagnose: bool = False

    def __post_init__(self) -> None:
        self.found: dict[str, Point] = {}
        self.edges: tuple[Edge, ...] = ()
        self.clashes: tuple[Clash, ...] = ()

    def work(self) -> bool:
        """Find every point; return whether the user stopped before."""
        try:
            for seed in self.seeds:
                self._begin(seed)
            self._look_for("fill")
            if self.floored:
                self._look_for("feasible")
            self._run([chain for seed in self.seeds for chain in self._chains(seed)])
            if any(point.status == "infeasible" for point in self.found.values()):
                self._look_for("feasible")
                self._find_clashes()
        except StoppedError:
            return True
        return False

    def _find_clashes(self) -> None:
        if not self.diagnose:
            return
        ordered = loosest_first(self.shared.knobs, self.ordered)
        search = Diagnosing(Clock(self.shared.deadline), self.stop, self.known, self.on_point)
        for clash in clashes(self.shared, ordered, self.seeds[0], self.found, search):
            self.clashes += (clash,)

    def _look_for(self, wanted: Of) -> None:
        """Find an exact value, unless it was found before."""
        if all(edge.of != wanted for edge in self.edges):
            root = self.shared.roots[self.seeds[0]]
            self.edges += edges(self.shared, root, self.stop, self.known, self._note_edge, (wanted,))

    def _begin(self, seed: int) -> None:
        """Solve the loosest point asked for of a seed."""
        known = self._kept(self.ordered[0], seed)
        root = root_of(self.shared, self.ordered[0], seed, known, self.stop, self.on_progress)
        self.shared.roots[seed] = root
        self._note(root.point, new=known is None)

    def _chains(self, seed: int) -> list[Chain]:
        """Return, in chains, the points that neither the loosest plan nor the exact values settle."""
        left = [values for values in self.ordered[1:] if not self._settled(values, seed)]
        chains = [Chain(seed, part, tuple(self._kept(values, seed) for values in part)) for part in cut(left)]
        return [chain for chain in chains if not all(chain.known)]

    def _settled(self, values: Values, seed: int) -> bool:
        root, known = self.shared.roots[seed], self._kept(values, seed)
        if known is not None:
            self._note(known, new=False)
            return known.by in (root.point.by, *(edge.key for edge in self.edges))
        policy = turned(self.shared.policy, self.shared.knobs, values)
        point = self._beyond(values, seed) or carried(self.shared, policy, values, seed, [(root.values, root.point)])
        if point is not None:
            self._note(point)
        return point is not None

    def _beyond(self, values: Values, seed: int) -> Point | None:
        """Return the point without a plan where the exact value says that there is none."""
        edge = next((e for e in self.edges if e.of == "feasible" and e.proven and not e.unlimited), None)
        if edge is None or edge.last is None or not isinstance(values[0], Fraction):
            return None
        if self.shared.knobs[0].tight * (values[0] - edge.last) <= 0:
            return None
        return replace(bare(self.shared.knobs, values, seed, "infeasible"), by=edge.key)

    def _run(self, chains: Sequence[Chain]) -> None:
        if not chains:
            return
        if self.executor is None:
            with open_chains(self.shared, self.stop, self._note) as work:
                for chain in chains:
                    work(chain)
        else:
            self.executor.run(Task(open_chains, self.shared), chains, stop=self.stop,
                              on_done=partial(self._note_chain, chains))

    def _note_chain(self, chains: Sequence[Chain], number: int, points: Sequence[Point]) -> None:
        for point, known in zip(points, chains[number].known, strict=True):
            if known is None:
                self._note(point)

    def _kept(self, values: Values, seed: int) -> Point | None:
        told = self.known.get(key_of(self.shared.knobs, values, seed))
        return None if told is None else point_from_dict(told)

    def _note(self, point: Point, new: bool = True) -> None:
        self.found[point.key] = point
        if new and point.final and self.on_point is not None:
            self.on_point(point.key, point.to_dict())

    def _note_edge(self, edge: Edge) -> None:
        if edge.proven and self.on_point is not None:
            self.on_point(edge.key, edge.to_dict())
