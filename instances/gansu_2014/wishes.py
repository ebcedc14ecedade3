"""What volunteers say of themselves: languages, wishes, limits, home counties."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from instances.gansu_2014 import figures as f
from instances.gansu_2014.fits import Fits
from instances.generator.draws import pick_some

from matching.domain.records import Need, Teacher

TIBETAN_SPEAKERS, TIBETAN_TEACHERS = 16, 4


def with_tibetan(random: np.random.Generator, teachers: Sequence[Teacher], fits: Fits) -> list[Teacher]:
    """Return the teachers, of whom some who may go to `figures.TIBETAN_COUNTY` speak Tibetan, and a few teach it."""
    near = [t for t in teachers if f.TIBETAN_COUNTY in fits.ways(t) and t.stages[0] in ("primary", "junior")]
    chinese = [t for t in near if t.subject == "chinese" and t.stages[0] == "primary"]
    teaching = {t.teacher_id for t in pick_some(random, chinese, TIBETAN_TEACHERS)}
    rest = [t for t in near if t.teacher_id not in teaching]
    speaking = {t.teacher_id for t in pick_some(random, rest, TIBETAN_SPEAKERS - len(teaching))}
    return [_tibetan(t, t.teacher_id in teaching) if t.teacher_id in speaking | teaching else t for t in teachers]


def _tibetan(teacher: Teacher, teaches: bool) -> Teacher:
    speaking = teacher._replace(languages=("普通话", "藏语"))
    return speaking._replace(subject="tibetan", alt_subjects=("chinese",)) if teaches else speaking


def with_wishes(random: np.random.Generator, teachers: Sequence[Teacher], fits: Fits) -> list[Teacher]:
    """Return the teachers, a third of whom name up to three wishes, some a site to avoid or a farthest distance."""
    return [_limited(random, _wishing(random, t, fits), fits) for t in teachers]


def _wishing(random: np.random.Generator, teacher: Teacher, fits: Fits) -> Teacher:
    if random.random() >= 1 / 3:
        return teacher
    counties = pick_some(random, fits.ways(teacher), int(random.integers(1, 4)))
    wishes = [_wish(random, county, fits.needs_in(teacher, county)) for county in counties]
    first, second, third, *_ = [*wishes, None, None]
    return teacher._replace(pref_1=first, pref_2=second, pref_3=third)


def _wish(random: np.random.Generator, county: str, needs: Sequence[Need]) -> str:
    draw = random.random()
    if not needs or draw < 0.8:
        return county
    need = needs[int(random.integers(len(needs)))]
    return need.site_id if draw < 0.94 else need.need_id


def _limited(random: np.random.Generator, teacher: Teacher, fits: Fits) -> Teacher:
    sites = sorted({n.site_id for n in fits.needs(teacher)})
    avoided = tuple(pick_some(random, sites, int(random.integers(1, 3)))) if random.random() < 0.06 else ()
    farthest = _farthest(random, teacher, fits) if random.random() < 0.12 else None
    return teacher._replace(avoid_sites=avoided, max_km=farthest, home_county=_home_county(random, teacher, fits))


def _farthest(random: np.random.Generator, teacher: Teacher, fits: Fits) -> float:
    """Return a limit, in tens of km, within which some county asks for the teacher, if any does."""
    counties = [c for c in fits.ways(teacher) if fits.needs_in(teacher, c)] or list(fits.ways(teacher))
    kms = sorted(fits.road_km(teacher, county) for county in counties)
    return 10.0 * ceil((kms[int(random.integers(len(kms)))] + 40) / 10)


def _home_county(random: np.random.Generator, teacher: Teacher, fits: Fits) -> str | None:
    draw = random.random()
    if draw < 0.05:
        return None
    if draw < 0.85:
        return fits.site[teacher.home_site].county
    return pick_some(random, fits.ways(teacher), 1)[0]
