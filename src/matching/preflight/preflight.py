"""All that can be told of an instance under a policy without solving."""

from __future__ import annotations

from matching.domain.findings import Finding
from matching.policy.rows import Places
from matching.preflight.floors import unreachable_floors
from matching.preflight.ledger import uncredited_activities
from matching.preflight.names import unknown_names
from matching.preflight.people import groups_that_never_meet, people_without_a_post
from matching.preflight.spot import Spot
from matching.preflight.ways import required_ways_that_are_closed
from matching.problem import Problem


def preflight(problem: Problem, places: Places | None = None) -> tuple[Finding, ...]:
    """Return warnings of what cannot be, each with the row that says so.

    A hard rule named here makes every plan impossible or leaves people at home; the solve tells which. Nothing is
    searched: every answer is read off the compiled arrays.

    Parameters
    ----------
    places
        Where each record was read; by default a record's row is its position + 2.
    """
    spot = Spot(places or {})
    return (
        *unknown_names(problem, spot), *required_ways_that_are_closed(problem, spot),
        *people_without_a_post(problem, spot), *groups_that_never_meet(problem, spot),
        *unreachable_floors(problem, spot), *uncredited_activities(problem, spot),
    )
