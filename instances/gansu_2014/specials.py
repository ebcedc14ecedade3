"""The few who need care: locked, mandatory, travelling together, deferred, not yet approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from instances.gansu_2014.fits import Fits
from instances.generator.draws import pick_some

from matching.domain.records import Need, Teacher

LOCKED, MANDATORY, COUPLES, DEFERRED, PENDING, REJECTED = 6, 24, 7, 12, 8, 4
REASONS = ("本人申请暂缓", "学校工作需要", "家庭原因", "健康原因")


def with_specials(random: np.random.Generator, teachers: Sequence[Teacher], fits: Fits) -> list[Teacher]:
    """Return the teachers with their special cases; nobody has two, and none of a school's share one rule's cap."""
    drawn = _Draw(random, teachers, fits)
    changed = [*_locked(drawn), *_mandatory(drawn), *_couples(drawn)]
    changed += [t._replace(deferred=True, deferred_reason=REASONS[at % len(REASONS)])
                for at, t in enumerate(drawn.take(DEFERRED))]
    changed += [t._replace(status="pending") for t in drawn.take(PENDING)]
    changed += [t._replace(status="rejected") for t in drawn.take(REJECTED)]
    by_id = {t.teacher_id: t for t in changed}
    return [by_id.get(t.teacher_id, t) for t in teachers]


class _Draw:
    """Takes teachers in random order, each once; `free` are those left without limits of their own."""

    def __init__(self, random: np.random.Generator, teachers: Sequence[Teacher], fits: Fits) -> None:
        self.random, self.fits = random, fits
        order = [teachers[i] for i in random.permutation(len(teachers))]
        self.free = [t for t in order if t.max_km is None and not t.avoid_sites and not t.languages]
        self._homes: set[str] = set()

    def take(self, count: int) -> list[Teacher]:
        return [self.remove(t) for t in self.free[:count]]

    def remove(self, teacher: Teacher) -> Teacher:
        self.free.remove(teacher)
        return teacher

    def from_new_homes(self, count: int, least_needs: int) -> list[Teacher]:
        """Take teachers of different schools that none before came from, each with enough needs to go to."""
        taken: list[Teacher] = []
        for teacher in list(self.free):
            if len(taken) == count:
                break
            if teacher.home_site not in self._homes and len(self.fits.needs(teacher)) >= least_needs:
                self._homes.add(teacher.home_site)
                taken.append(self.remove(teacher))
        return taken


def _locked(drawn: _Draw) -> Iterable[Teacher]:
    """Lock teachers to different schools, every second one to the school and not to a need."""
    used: set[str] = set()
    for at, teacher in enumerate(drawn.from_new_homes(LOCKED, 12)):
        need = next(n for n in _shuffled(drawn, teacher) if n.site_id not in used)
        used.add(need.site_id)
        yield teacher._replace(lock_need=need.site_id if at % 2 else need.need_id)


def _shuffled(drawn: _Draw, teacher: Teacher) -> list[Need]:
    needs = drawn.fits.needs(teacher)
    return pick_some(drawn.random, needs, len(needs))


def _mandatory(drawn: _Draw) -> Iterable[Teacher]:
    return [t._replace(mandatory=True) for t in drawn.from_new_homes(MANDATORY, 12)]


def _couples(drawn: _Draw) -> Iterable[Teacher]:
    """Pair teachers of one county, of different schools or subjects, whom a common county needs."""
    for number in range(1, COUPLES + 1):
        a, b = next((a, b) for a in drawn.free for b in drawn.free if _suit(drawn.fits, a, b))
        yield from (drawn.remove(t)._replace(group=f"同行{number:02d}") for t in (a, b))


def _suit(fits: Fits, a: Teacher, b: Teacher) -> bool:
    if a.gender == b.gender or fits.site[a.home_site].county != fits.site[b.home_site].county:
        return False
    if (a.home_site, a.subject) == (b.home_site, b.subject):
        return False
    return sum(bool(fits.needs_in(a, c)) and bool(fits.needs_in(b, c)) for c in fits.ways(a)) >= 3
