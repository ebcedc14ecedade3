"""A design as the machine-readable answer of a command."""

from __future__ import annotations

from typing import Any

from matching.domain.sheets import PAIRINGS
from matching.pairs.design import Design
from matching.pairs.lines import MentorPair, SchoolPair, alone, mentor_pairs, pairing_rows, school_pairs


def answer(design: Design, two_way: bool = False) -> dict[str, Any]:
    """Return what ``matching pair --json`` prints: the pairs, who stays alone, and the goals with their bounds.

    Without a plan, what ``solve --json`` says of why.
    """
    about: dict[str, Any] = {"of": design.of, "policy": design.policy.id}
    if design.result.main is None:
        return about | design.result.to_dict()
    pairs = _schools(design, two_way) if design.of == "schools" else [_mentor(p) for p in mentor_pairs(design)]
    return about | {"status": design.plan.status, "audit": True, "pairs": pairs,
                    "unpaired": [{"id": line.who[0], "reason": line.reason, **line.text._asdict()}
                                 for line in alone(design)],
                    "goals": [line._asdict() for line in design.plan.goals]}


def _schools(design: Design, two_way: bool) -> list[dict[str, Any]]:
    keys = [column.key for column in PAIRINGS.columns]
    rows = zip(pairing_rows(design, two_way), school_pairs(design), strict=True)
    return [dict(zip(keys, row, strict=True)) | _why(pair) for row, pair in rows]


def _why(pair: SchoolPair) -> dict[str, Any]:
    return {"km": pair.km, "stages": list(pair.stages), "strengths": list(pair.strengths)}


def _mentor(pair: MentorPair) -> dict[str, Any]:
    return {"mentor": pair.mentor.teacher_id, "mentee": pair.mentee.teacher_id, "subject": pair.mentee.subject,
            "stage": pair.mentee.stages[0], "km": pair.km}
