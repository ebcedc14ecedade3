"""Envy and blocking pairs of a plan, counted."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.plan import Placement
from matching.scoring import Fairness
from matching.studies.blocking import blocking_pairs
from matching.studies.claims import Claims
from matching.studies.envy import envies
from matching.studies.seating import Seating

MOST = 2_000_000
"""With more eligible pairs they are not counted."""


def fairness(claims: Claims, placements: Sequence[Placement]) -> Fairness | None:
    """Return how a plan stands, from the eligible pairs of its problem; None where these are too many."""
    if len(claims.problem.arcs) > MOST:
        return None
    seating = Seating.of(claims, placements)
    return Fairness(envies(seating).counted, blocking_pairs(seating).counted)
