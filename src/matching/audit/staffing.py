"""The staffing rules recounted: the posts that pupils call for beside the staff there (reading 47)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from matching.audit.factbook import Facts
from matching.audit.ledger import of_stage
from matching.audit.standing import Standing
from matching.domain.instance import Instance
from matching.domain.records import Site, Staffing
from matching.policy.model import Staffing as StaffingRule


def staffing_standings(facts: Facts, rule: StaffingRule) -> Iterator[Standing]:
    """Yield the staff and the posts called for of each site with pupils of the stage; unknown staff is no figure."""
    for site, pupils, staff in strengths(facts.instance, rule.stage):
        if pupils:
            posts = math.ceil(Fraction(pupils) / rule.pupils_per_post)
            short = 0 if staff is None else max(0, posts - staff)
            yield Standing(rule, site.site_id, "" if staff is None else staff, posts, short)


def strengths(instance: Instance, stage: str) -> Iterator[tuple[Site, int | None, int | None]]:
    """Yield every site with its pupils and its staff of a stage; None where not given."""
    at_site: dict[str, list[Staffing]] = {}
    for row in instance.staffing:
        if row.stage == stage:
            at_site.setdefault(row.site_id, []).append(row)
    for site in instance.sites:
        yield (site, *_of_site(site, stage, at_site.get(site.site_id, ())))


def _of_site(site: Site, stage: str, rows: Sequence[Staffing]) -> tuple[int | None, int | None]:
    """Return a site's pupils and staff of a stage, of which `rows` are its rows of 师资; None where not given."""
    pupils = of_stage([row for row in rows if row.subject is None], lambda row: row.pupils)
    staff = of_stage(rows, lambda row: row.staff)
    alone = site.stages == (stage,)
    return (site.pupils if pupils is None and alone else pupils, site.staff if staff is None and alone else staff)
