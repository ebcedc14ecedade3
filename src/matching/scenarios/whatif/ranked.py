"""The order of the plans as weights of the ranking vary; the plans themselves stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matching.domain.instance import Instance
from matching.executors import Stop
from matching.planner import solve
from matching.policy.model import Policy
from matching.scenarios.whatif.chain import Values
from matching.scenarios.whatif.knobs import Knob, turned
from matching.scenarios.whatif.point import key_of
from matching.scoring import Candidate, rank


def rankings(instance: Instance, policy: Policy, knobs: Sequence[Knob], points: Sequence[Values], seed: int, *,
             time_limit: float | None, workers: int, stop: Stop | None) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return by a point's key the plans of the policy and its variants, best first, each with its score."""
    found = solve(instance, policy, seed=seed, time_limit=time_limit, workers=workers, stop=stop)
    if found.ranking is None:
        return {}
    plans = [Candidate(one.plan, one.variant, one.metrics) for one in found.ranking.plans]
    ranked = {}
    for values in points:
        order = rank(turned(policy, knobs, values), plans, ())
        ranked[key_of(knobs, values, seed)] = [{"plan": one.plan.plan, "score": round(float(one.score), 9)}
                                               for one in order.plans]
    return ranked
