"""1,400 volunteers; every one is synthetic and named by a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from instances.gansu_2014 import figures as f
from instances.generator.draws import largest_remainder, month_before, pick, pick_some, repeated, shuffled
from instances.generator.records import record
from instances.generator.subjects import RELATED, TAUGHT

from matching.domain.records import Site, Teacher

WOMEN = {"preschool": 0.96, "primary": 0.66, "junior": 0.5, "senior": 0.42, "vocational": 0.45}
NEXT_STAGES = {"primary": ("junior",), "junior": ("primary", "senior"), "senior": ("junior",)}
BACKBONE_LEVELS = {"county": 0.6, "city": 0.31, "province": 0.085, "national": 0.005}
HONOUR_LEVELS = {"县级学科带头人": "county", "市级骨干教师": "city", "省级骨干教师": "province"}


def teachers_of(random: np.random.Generator, sites: Sequence[Site]) -> list[Teacher]:
    """Return the volunteers in the order of their schools, without wishes and special cases."""
    drawn = [(home, stage, subject)
             for stage, total in largest_remainder(f.ARRIVED_BY_STAGE, f.CHOSEN).items()
             for home, subject in _volunteers(random, sites, stage, total)]
    drawn.sort()
    backbone = _backbone(random, len(drawn))
    return [_teacher(random, f"T{number:04d}", number, *who, level)
            for number, (who, level) in enumerate(zip(drawn, backbone, strict=True), 1)]


def _volunteers(random: np.random.Generator, sites: Sequence[Site], stage: str, total: int) -> list[tuple[str, str]]:
    schools = [s.site_id for s in sites if stage in s.stages]
    sizes = random.dirichlet(np.full(len(schools), 4.0))
    homes = [schools[i] for i in random.choice(len(schools), total, p=sizes)]
    subjects = shuffled(random, repeated(largest_remainder(TAUGHT[stage], total)))
    return list(zip(homes, subjects, strict=True))


def _backbone(random: np.random.Generator, total: int) -> list[str]:
    levels = repeated(largest_remainder(BACKBONE_LEVELS, f.BACKBONE))
    plain = repeated(largest_remainder({"none": 0.66, "school": 0.34}, total - f.BACKBONE))
    return shuffled(random, levels + plain)


def _teacher(random: np.random.Generator, teacher_id: str, number: int, home: str, stage: str, subject: str,
             level: str) -> Teacher:
    stages, alt = _also(random, stage, subject)
    return record(
        Teacher, teacher_id=teacher_id, name=f"教师{number:04d}", home_site=home, stages=stages, subject=subject,
        gender="female" if random.random() < WOMEN[stage] else "male", alt_subjects=alt,
        score=round(float(np.clip(random.normal(82, 7), 55, 99)), 1) if random.random() < 0.85 else None,
        modes=("resident", "online") if random.random() < 0.04 else ("resident",),
        **_career(random, level), **_honoured(random, level),
    )


def _also(random: np.random.Generator, stage: str, subject: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    further = NEXT_STAGES.get(stage, ())
    stages = (stage, *(pick_some(random, further, 1) if random.random() < 0.2 else ()))
    related = RELATED.get(subject, ())
    return stages, tuple(pick_some(random, related, 1)) if random.random() < 0.3 else ()


def _honoured(random: np.random.Generator, level: str) -> dict[str, Any]:
    """Return the level, for one backbone teacher in twelve shown by a 称号 of the 字典 sheet alone."""
    honour = next((name for name, of in HONOUR_LEVELS.items() if of == level), None)
    if honour is None or random.random() >= 1 / 12:
        return {"backbone": level}
    return {"backbone": "none", "honours": (honour,)}


def _career(random: np.random.Generator, level: str) -> dict[str, Any]:
    senior_bonus = 4 if level in ("city", "province", "national") else 0
    age = float(np.clip(random.normal(36 + senior_bonus, 7), 23.2, 56))
    months = int(age * 12)
    worked = int((age - 22.5) * 12 * random.uniform(0.4, 1))
    title = _title(random, age)
    rural = round(float(random.uniform(0.5, 6)), 1) if random.random() < 0.28 else 0.0
    return {"birth": month_before(f.REFERENCE, months), "title": title, "title_since": _title_since(random, title, age),
            "joined": month_before(f.REFERENCE, max(2, worked)), "rural_years": rural,
            "rural_until": _rural_until(random, rural, age), "appraisals": _appraisals(random, age),
            "promotion_need": rural == 0 and title in ("second", "first") and bool(random.random() < 0.35)}


def _title(random: np.random.Generator, age: float) -> str:
    if age < 25:
        return pick(random, {"none": 0.5, "third": 0.3, "second": 0.2})
    if age < 31:
        return pick(random, {"third": 0.1, "second": 0.8, "first": 0.1})
    if age < 42:
        return pick(random, {"second": 0.3, "first": 0.62, "senior": 0.08})
    return pick(random, {"second": 0.08, "first": 0.5, "senior": 0.415, "full_senior": 0.005})


def _title_since(random: np.random.Generator, title: str, age: float) -> date | None:
    if title == "none":
        return None
    longest = max(1.0, min(12.0, age - 23))
    return month_before(f.REFERENCE, 1 + int(12 * random.uniform(0, longest)))


def _rural_until(random: np.random.Generator, rural: float, age: float) -> date | None:
    if rural == 0:
        return None
    return month_before(f.REFERENCE, 2 + int(12 * random.uniform(0, max(1.0, age - 23 - rural))))


def _appraisals(random: np.random.Generator, age: float) -> tuple[str, ...]:
    years = 3 if age >= 26 else int(random.integers(1, 4))
    return tuple(pick(random, {"pass": 0.83, "excellent": 0.16, "basic": 0.01}) for _ in range(years))
