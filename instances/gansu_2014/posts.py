"""1,500 seats by stage, subject and school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from instances.gansu_2014 import figures as f
from instances.generator.draws import largest_remainder, pick_some, repeated, shuffled
from instances.generator.records import record
from instances.generator.subjects import RELATED, SCARCE, asked

from matching.domain.records import Need, Site

MOST_SEATS = 5
TIBETAN_SEATS = 3
NOTES = ("需承担班主任工作", "食宿由学校安排", "需带毕业班")


def needs_of(random: np.random.Generator, sites: Sequence[Site]) -> list[Need]:
    """Return the needs in the order of sites, stages and subjects."""
    seats: Counter[tuple[str, str, str]] = Counter()
    for stage, total in largest_remainder(f.ARRIVED_BY_STAGE, f.SEATS).items():
        _spread(random, seats, [s.site_id for s in sites if stage in s.stages], stage, total)
    _ask_for_tibetan(seats, next(s.site_id for s in sites if s.language))
    site_of = {s.site_id: s for s in sites}
    urgency = {s.site_id: int(random.integers(2, 5)) - (s.hardship >= 2) for s in sites}
    return [_need(random, f"N{number:04d}", site_of[site_id], stage, subject, count, urgency[site_id])
            for number, ((site_id, stage, subject), count) in enumerate(sorted(seats.items()), 1)]


def _spread(random: np.random.Generator, seats: Counter[tuple[str, str, str]], schools: Sequence[str], stage: str,
            total: int) -> None:
    """Add `total` seats of a stage: subjects by what is asked for, schools by a random size of their own."""
    sizes = random.dirichlet(np.full(len(schools), 3.0))
    for subject in shuffled(random, repeated(largest_remainder(asked(stage), total))):
        open_sizes = np.array([seats[s, stage, subject] < MOST_SEATS for s in schools]) * sizes
        school = schools[int(random.choice(len(schools), p=open_sizes / open_sizes.sum()))]
        seats[school, stage, subject] += 1


def _ask_for_tibetan(seats: Counter[tuple[str, str, str]], school: str) -> None:
    """Turn seats of the Tibetan-language school, its most numerous first, into seats for Tibetan."""
    for _ in range(TIBETAN_SEATS):
        (most, _), *_ = sorted(((key, n) for key, n in seats.items() if key[0] == school and key[2] != "tibetan"),
                               key=lambda item: (-item[1], item[0]))
        seats[most] -= 1
        seats[school, "primary", "tibetan"] += 1
    for key in [key for key, count in seats.items() if count == 0]:
        del seats[key]


def _need(random: np.random.Generator, need_id: str, site: Site, stage: str, subject: str, count: int,
          urgency: int) -> Need:
    demanding = stage == "senior" and random.random() < 0.15
    return record(
        Need, need_id=need_id, site_id=site.site_id, subject=subject, stage=stage, count=count,
        alt_subjects=RELATED.get(subject, ())[:1] if random.random() < 0.3 else (),
        weekly_hours=int(random.integers(12, 21)), **_form(random),
        min_title="first" if demanding else None, backbone_required="yes" if random.random() < 0.015 else "no",
        priority=min(5, max(1, urgency - (SCARCE.get(subject, 1.0) > 1.3))),
    )


def _form(random: np.random.Generator) -> dict[str, object]:
    modes = ("resident", "online") if random.random() < 0.02 else ("resident",)
    return {"modes": modes, "note": pick_some(random, NOTES, 1)[0] if random.random() < 0.03 else None}
