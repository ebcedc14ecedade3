"""1,400 volunteers; every one is synthetic and named by a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from instances.gansu_2014 import figures as f
from instances.generator.careers import career
from instances.generator.draws import largest_remainder, pick_some, repeated, shuffled
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
        **career(random, level, f.REFERENCE), **_honoured(random, level),
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
