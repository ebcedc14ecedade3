"""Which rules clash where no plan keeps to them all, for a planner who reads the curve or the comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matching.domain.instance import Instance
from matching.executors import Stop, StoppedError
from matching.executors.executor import asks
from matching.explain.conflicts.conflict import Diagnosis, diagnose, diagnosis_from_dict
from matching.policy.model import Policy
from matching.problem import compile
from matching.scenarios.whatif.chain import Shared, Values
from matching.scenarios.whatif.knobs import Knob, turned
from matching.scenarios.whatif.point import Point, key_of
from matching.scenarios.whatif.solving import Clock

MOST_CLASHES = 3
"""So many points of a grid are looked into, none of which follows from another."""
Kept = Mapping[str, Mapping[str, Any]]
OnKept = Callable[[str, dict[str, Any]], None]


class Clash(NamedTuple):
    """A point without a plan, the policy that it asks for, and which of that policy's rules clash."""

    point: Point
    policy: Policy
    diagnosis: Diagnosis

    def to_dict(self) -> dict[str, Any]:
        """Return what is asked for at the point, and the diagnosis as ``solve --json`` has it."""
        return {"point": self.point.key, "set": dict(self.point.numbers), "exact": dict(self.point.values),
                **self.diagnosis.to_dict()}


@dataclass(frozen=True)
class Diagnosing:
    """Finds what clashes, or knows it from before.

    Parameters
    ----------
    known, on_point : as for `whatif`; a search that its time limit cut off is not kept
    """

    clock: Clock
    stop: Stop | None = None
    known: Kept | None = None
    on_point: OnKept | None = None

    def of(self, point: str, instance: Instance, policy: Policy) -> Diagnosis:
        """Return which rules clash; `point` names the point or scenario.

        Raises
        ------
        StoppedError
            Where the user stops.
        """
        key = f"clash {point}"
        if self.known and key in self.known:
            return diagnosis_from_dict(self.known[key])
        found = diagnose(compile(instance, policy), time_limit=self.clock.left, stop=self.stop)
        if asks(self.stop):
            raise StoppedError({})
        if self.on_point is not None and not self.clock.over:
            self.on_point(key, found.to_dict())
        return found


def clashes(shared: Shared, ordered: Sequence[Values], seed: int, found: Mapping[str, Point], search: Diagnosing
            ) -> Iterator[Clash]:
    """Yield what clashes at the loosest points without a plan, the first of those that are varied alone.

    Parameters
    ----------
    ordered : all points, looser ones first
    found : points by key
    """
    seen: list[Values] = []
    for values in ordered:
        point = found.get(key_of(shared.knobs, values, seed))
        if point is None or point.status != "infeasible" or len(seen) == MOST_CLASHES:
            continue
        policy = turned(shared.policy, shared.knobs, values)
        if any(_covers(shared.knobs, before, values) for before in seen):
            continue
        seen.append(values)
        yield Clash(point, policy, search.of(point.key, shared.instance, policy))


def _covers(knobs: Sequence[Knob], before: Values, values: Values) -> bool:
    """Tell whether no plan keeps to `values` where none keeps to `before`."""
    return all(_only_weighs(knob) or knob.covers(a, b) for knob, a, b in zip(knobs, before, values, strict=True))


def _only_weighs(knob: Knob) -> bool:
    """Tell whether it says which plan is better, and not which there are."""
    return knob.family in ("goal", "ranking") or knob.name.startswith("points.")
