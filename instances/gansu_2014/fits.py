"""Which needs a volunteer could roughly take: enough to place special cases where they can be met."""

from __future__ import annotations

from collections.abc import Sequence

from instances.gansu_2014.pairs import Paired
from instances.generator.counties import County, km_between

from matching.domain.records import Need, Site, Teacher

DETOUR = 1.3


class Fits:
    """Plain needs (no title, level or language asked for) by receiving county, stage and subject."""

    def __init__(self, sites: Sequence[Site], needs: Sequence[Need], paired: Paired,
                 counties: Sequence[County]) -> None:
        self.site = {s.site_id: s for s in sites}
        self._ways = paired.ways
        self._at = {county.name: at for at, county in enumerate(counties)}
        self._km = km_between(counties, counties) * DETOUR
        closed = {row.destination for row in paired.rows if row.rule == "forbid"}
        self._needs: dict[tuple[str, str, str], list[Need]] = {}
        for need in needs:
            host = self.site[need.site_id]
            if not (need.min_title or need.backbone_required == "yes" or host.language or host.site_id in closed):
                self._needs.setdefault((host.county, need.stage, need.subject), []).append(need)

    def ways(self, teacher: Teacher) -> tuple[str, ...]:
        """Return the counties that the teacher's county supports."""
        return self._ways[self.site[teacher.home_site].county]

    def road_km(self, teacher: Teacher, county: str) -> float:
        """Return a rough road distance between the seats of the teacher's county and `county`."""
        return float(self._km[self._at[self.site[teacher.home_site].county], self._at[county]])

    def needs(self, teacher: Teacher) -> list[Need]:
        """Return the plain needs of the teacher's main stage and subject there."""
        return [n for county in self.ways(teacher) for n in self.needs_in(teacher, county)]

    def needs_in(self, teacher: Teacher, county: str) -> list[Need]:
        """Return those of one county."""
        return self._needs.get((county, teacher.stages[0], teacher.subject), [])
