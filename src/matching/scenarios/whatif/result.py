"""What was found for every value of what was varied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.scenarios.whatif.clashes import Clash
from matching.scenarios.whatif.edges import Edge
from matching.scenarios.whatif.knobs import Knob
from matching.scenarios.whatif.point import Point
from matching.scenarios.whatif.steps import Step, step


@dataclass(frozen=True)
class WhatIf:
    """The points of one call, in the order in which they were asked for, those of the first seed first.

    Attributes
    ----------
    policy : as it was varied, with the floor where one was asked for
    base : the policy as it is; None where the user stopped before it was solved
    edges : exact values, where one bound alone was varied
    stopped : whether the user stopped before all was done
    rankings : by a point's key the plans by their scores, where weights of the ranking were varied
    clashes : which rules clash at the loosest points without a plan, of the first seed
    """

    instance: Instance
    policy: Policy
    knobs: tuple[Knob, ...]
    points: tuple[Point, ...]
    base: Point | None
    edges: tuple[Edge, ...] = ()
    seeds: tuple[int, ...] = (0,)
    floor: int | None = None
    stopped: bool = False
    rankings: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every point is proven."""
        return not self.stopped and all(point.final for point in self.points)

    @cached_property
    def curve(self) -> tuple[Point, ...]:
        """The points of the first seed."""
        return tuple(point for point in self.points if point.seed == self.seeds[0])

    @cached_property
    def before(self) -> Mapping[str, Point]:
        """By a point's key the one just before it, of the same seed."""
        return {b.key: a for a, b in pairwise(self.points) if a.seed == b.seed}

    def edge(self, of: str) -> Edge | None:
        """Return the exact value of that kind that was found."""
        return next((edge for edge in self.edges if edge.of == of), None)

    def against_base(self, point: Point) -> Step | None:
        """Return what a point costs beside the policy as it is."""
        return step(self.base, point)

    def against_before(self, point: Point) -> Step | None:
        """Return what a point costs beside the one before it."""
        return step(self.before.get(point.key), point)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer of ``whatif --json`` (Contract 3), with more keys."""
        feasible = self.edge("feasible")
        return {
            "points": [self._told(point) for point in self.points],
            "infeasible_from": _beyond(feasible),
            "infeasible_from_holds_itself": _holds_itself(feasible),
            "fill_drops_from": _beyond(self.edge("fill")),
            "fill_drops_from_holds_itself": _holds_itself(self.edge("fill")),
            "edges": [edge.to_dict() for edge in self.edges],
            "breakpoints": list(self.breakpoints()), "clashes": [clash.to_dict() for clash in self.clashes],
            "base": None if self.base is None else self._told(self.base),
            "floor": self.floor, "seeds": list(self.seeds), "complete": self.complete, "stopped": self.stopped,
        }

    def breakpoints(self) -> Iterator[dict[str, Any]]:
        """Yield between which values the goals change, along the first seed's curve.

        ``after`` is the last value that is known to be as the points before it (exactly, by the plan's own figures),
        ``before`` the first point that is otherwise.
        """
        if len(self.knobs) != 1:
            return
        for a, b in pairwise(self.curve):
            old, new = ({line.goal: line.value for line in p.goals} for p in (a, b))
            if old != new or a.status != b.status:
                yield {"after": a.until or a.values[self.knobs[0].name], "before": b.values[self.knobs[0].name],
                       "goals": {goal: [old.get(goal), new.get(goal)] for goal in {**old, **new}
                                 if old.get(goal) != new.get(goal)}}

    def _told(self, point: Point) -> dict[str, Any]:
        told = {k: v for k, v in point.to_dict().items() if k != "placements"}
        steps = {"against_base": self.against_base(point), "against_before": self.against_before(point)}
        told |= {name: None if found is None else found.to_dict() for name, found in steps.items()}
        return told if point.key not in self.rankings else {**told, "ranking": list(self.rankings[point.key])}


def _beyond(edge: Edge | None) -> dict[str, str]:
    if edge is None or edge.unlimited or not edge.proven or edge.beyond is None:
        return {}
    return {edge.name: str(edge.beyond)}


def _holds_itself(edge: Edge | None) -> bool | None:
    return edge.first is None if _beyond(edge) and edge is not None else None
