"""Careers drawn at random in plain proportions."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from instances.generator.draws import month_before, pick


def career(random: np.random.Generator, level: str, reference: date) -> dict[str, Any]:
    """Return what a career decides, by column: ages, titles, service and appraisals, as of `reference`.

    `level` is the backbone level; those of city level or higher are older. The proportions stand for no statistics.
    """
    senior_bonus = 4 if level in ("city", "province", "national") else 0
    age = float(np.clip(random.normal(36 + senior_bonus, 7), 23.2, 56))
    months = int(age * 12)
    worked = int((age - 22.5) * 12 * random.uniform(0.4, 1))
    title = _title(random, age)
    rural = round(float(random.uniform(0.5, 6)), 1) if random.random() < 0.28 else 0.0
    return {
        "birth": month_before(reference, months), "title": title,
        "title_since": _title_since(random, title, age, reference),
        "joined": month_before(reference, max(2, worked)), "rural_years": rural,
        "rural_until": _rural_until(random, rural, age, reference), "appraisals": _appraisals(random, age),
        "promotion_need": rural == 0 and title in ("second", "first") and bool(random.random() < 0.35),
    }


def _title(random: np.random.Generator, age: float) -> str:
    if age < 25:
        return pick(random, {"none": 0.5, "third": 0.3, "second": 0.2})
    if age < 31:
        return pick(random, {"third": 0.1, "second": 0.8, "first": 0.1})
    if age < 42:
        return pick(random, {"second": 0.3, "first": 0.62, "senior": 0.08})
    return pick(random, {"second": 0.08, "first": 0.5, "senior": 0.415, "full_senior": 0.005})


def _title_since(random: np.random.Generator, title: str, age: float, reference: date) -> date | None:
    if title == "none":
        return None
    longest = max(1.0, min(12.0, age - 23))
    return month_before(reference, 1 + int(12 * random.uniform(0, longest)))


def _rural_until(random: np.random.Generator, rural: float, age: float, reference: date) -> date | None:
    if rural == 0:
        return None
    return month_before(reference, 2 + int(12 * random.uniform(0, max(1.0, age - 23 - rural))))


def _appraisals(random: np.random.Generator, age: float) -> tuple[str, ...]:
    years = 3 if age >= 26 else int(random.integers(1, 4))
    return tuple(pick(random, {"pass": 0.83, "excellent": 0.16, "basic": 0.01}) for _ in range(years))
