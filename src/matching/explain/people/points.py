"""The points of a placement, term by term, so that their sum is its part of the goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.policy.model import Policy
from matching.policy.words import POINTS
from matching.problem.arcs import Arcs
from matching.problem.facts import ArcFacts, arc_facts
from matching.problem.fields import Fields
from matching.problem.goals import ordered_goals
from matching.problem.points import Table, points_of_arcs
from matching.problem.program import Int64

_EN: Mapping[str, str] = {
    "km": "distance", "preference": "wish", "alt_subject": "not the main subject", "other_stage": "not the main stage",
    "other_mode": "not the post's first mode", "other_county": "another county", "not_paired": "sites not paired",
    "promotion_need": "needs the service for promotion", "home_county_match": "home county",
    "backbone": "backbone teacher", "hardship": "hardship of the place", "language_missing": "language missing",
    "score": "lesson score", "yuan": "subsidy", "moved": "moved since last year",
}


class PointsLine(NamedTuple):
    """What one term of a points table adds to a placement; negative where it is a gain."""

    term: str
    title: Text
    points: int


def points_tables(policy: Policy) -> tuple[Table, ...]:
    """Return the tables of the policy's points goals, in order."""
    return tuple(policy.points if goal.points is None else goal.points
                 for goal in ordered_goals(policy) if goal.kind == "points")


def arcs_of_teacher(fields: Fields, teacher: int, needs: Sequence[int]) -> tuple[Arcs, ArcFacts]:
    """Return some posts of one teacher, by position, with what each is like."""
    need = np.array(needs, np.int32)
    arcs = Arcs(np.full(len(need), teacher, np.int32), need, len(fields.instance.teachers), len(fields.instance.needs))
    return arcs, arc_facts(fields, arcs)


def totals(policy: Policy, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Int64:
    """Return the points of each arc by each points goal, int64 of shape (goals, arcs)."""
    tables = points_tables(policy)
    found = [points_of_arcs(table, fields, arcs, facts) for table in tables]
    return np.array(found, np.int64).reshape(len(tables), len(arcs))


def points_lines(table: Table, fields: Fields, teacher: int, need: int) -> tuple[PointsLine, ...]:
    """Return what each term of a points table adds to one placement; terms that add nothing are left out."""
    arcs, facts = arcs_of_teacher(fields, teacher, [need])
    found = ((name, int(points_of_arcs({name: value}, fields, arcs, facts)[0])) for name, value in table.items())
    return tuple(PointsLine(name, Text(POINTS.zh(name), _EN.get(name, name)), worth) for name, worth in found if worth)
