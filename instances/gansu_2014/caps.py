"""How many each sending school can spare, in all and of each subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from instances.generator.records import record
from instances.generator.subjects import TAUGHT

from matching.domain.records import Site, Staffing, Teacher

RELEASED = 0.4  # of a subject's teachers at one school


def staffing_of(random: np.random.Generator, sites: Sequence[Site], teachers: Sequence[Teacher]) -> list[Staffing]:
    """Return a row for each sending school, stage and subject that somebody volunteers from.

    A subject's only teacher is not released; else at least one, and as many as are bound to go.
    """
    site_of = {s.site_id: s for s in sites}
    volunteers = Counter((t.home_site, t.stages[0], t.subject) for t in teachers)
    bound = Counter((t.home_site, t.stages[0], t.subject) for t in teachers if t.mandatory or t.lock_need)
    rows = []
    for (home, stage, subject), count in sorted(volunteers.items()):
        site = site_of[home]
        usual = (site.staff or 0) / len(site.stages) * TAUGHT[stage].get(subject, 0.02) * random.uniform(0.7, 1.3)
        staff = max(count, round(usual), 2 * bound[home, stage, subject])
        cap = 0 if staff == 1 else max(1, round(RELEASED * staff), bound[home, stage, subject])
        rows.append(record(Staffing, site_id=home, stage=stage, subject=subject, staff=staff, send_max=cap))
    return rows


def with_send_max(random: np.random.Generator, sites: Sequence[Site], teachers: Sequence[Teacher]) -> list[Site]:
    """Return the sites with what each sending school can spare: a little less or more than its volunteers."""
    volunteers = Counter(t.home_site for t in teachers)
    bound = Counter(t.home_site for t in teachers if t.mandatory or t.lock_need)
    return [_capped(random, s, volunteers[s.site_id], bound[s.site_id]) if s.role == "sender" else s for s in sites]


def _capped(random: np.random.Generator, site: Site, volunteers: int, bound: int) -> Site:
    return site._replace(send_max=max(1, bound, round(volunteers * float(random.uniform(0.9, 1.4)))))
