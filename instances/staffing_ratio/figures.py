"""Pupils, staff and stated seats of each school: all assumptions but for the two ratios, which the policy holds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

REFERENCE = date(2026, 9, 1)
COUNTY = "兰考县"


class Strength(NamedTuple):
    """One stage of a school."""

    stage: str
    pupils: int
    staff: int
    stated: int


SCHOOLS: tuple[tuple[Strength, ...], ...] = (
    (Strength("primary", 380, 17, 3),),
    (Strength("primary", 228, 9, 2),),
    (Strength("primary", 95, 5, 1),),
    (Strength("primary", 100, 3, 2),),
    (Strength("primary", 57, 3, 1),),
    (Strength("primary", 190, 8, 2),),
    (Strength("junior", 270, 17, 3),),
    (Strength("junior", 405, 25, 3),),
    (Strength("junior", 140, 12, 1),),
    (Strength("primary", 152, 6, 1), Strength("junior", 108, 6, 2)),
    (Strength("primary", 76, 5, 0), Strength("junior", 81, 4, 1)),
)
"""The last two are nine-year schools."""
SUBJECTS = {"primary": ("chinese", "math", "english"), "junior": ("math", "chinese", "english", "physics")}
VOLUNTEERS = {"primary": {"chinese": 3, "math": 3, "english": 2},
              "junior": {"chinese": 2, "math": 2, "english": 2, "physics": 1}}
"""Of each of the two town schools of a stage."""
