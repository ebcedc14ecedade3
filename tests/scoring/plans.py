"""Plans and metrics made by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from matching.domain.plan import Placement, Plan
from matching.scoring import Blocking, Candidate, Envy, Fairness, Kilometres, Metrics, Share, Wishes


def placement(teacher: str, need: str, **facts: Any) -> Placement:
    """A resident placement, 10 km away, without a wish or money."""
    given = {"mode": "resident", "km": 10.0, "yuan": 0, "preference": None, "subject_fit": "main",
             "stage_fit": "main", "locked": False}
    return Placement(teacher, need, **(given | facts))


def plan(name: str, *placements: Placement) -> Plan:
    """A proven plan."""
    return Plan(name, "optimal", 0, placements)


def metrics(fill: int = 0, backbone: int = 0, km: int | None = 0, wish: int = 0, fair: int = 0,
            yuan: int = 0, envy: int | None = 0) -> Metrics:
    """Figures whose criteria are the given numbers of ten (`wish` of thirty), kilometres, yuan and teachers."""
    distance = None if km is None else Fraction(km)
    fairness = None if envy is None else Fairness(Envy(envy, envy, envy), Blocking(0, 0))
    return Metrics(Share(fill, 10), Share(fill, 10), {"X": Share(fair, 10)}, {}, {}, Share(backbone, 10),
                   Kilometres(distance, distance, distance, 0), Wishes(0, 0, wish, 10 - wish, 0), yuan, (), fairness)


def candidate(name: str, variant: str | None = "main", **figures: Any) -> Candidate:
    """A plan of its own placement with the given figures."""
    return Candidate(plan(name, placement(name, "N1")), variant, metrics(**figures))
