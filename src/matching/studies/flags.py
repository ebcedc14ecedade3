"""Signs that a school sends those whom it can best do without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from matching.domain.records import Teacher
from matching.problem.derived import whole_years
from matching.studies.case import Case

Flag = Literal["new", "minor"]
FLAGS: tuple[Flag, ...] = ("new", "minor")
"""``new``: under a year at the home school; ``minor``: the main subject is none of the stage's main subjects."""

_COMMON = frozenset({"chinese", "math", "english"})
_JUNIOR = _COMMON | {"physics", "chemistry", "politics", "history"}
MAIN: Mapping[str, frozenset[str]] = {
    "primary": _COMMON | {"generalist"},
    "junior": _JUNIOR,
    "senior": _JUNIOR | {"biology", "geography"},
}
"""The subjects in which pupils of a stage are examined; a stage that is not listed raises no flag."""


def flags(case: Case, teacher: Teacher) -> tuple[Flag, ...]:
    """Return the signs that speak against sending the teacher."""
    years = whole_years(teacher.joined, case.policy.reference_date)
    main = MAIN.get(teacher.stages[0]) if teacher.stages else None
    raised = {"new": years is not None and years < 1, "minor": main is not None and teacher.subject not in main}
    return tuple(flag for flag in FLAGS if raised[flag])
