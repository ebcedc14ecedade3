"""What is missing for distances, said so that a person can mend it."""

from __future__ import annotations

from fractions import Fraction

from matching.domain.findings import Finding
from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.travel.distances import Distances


def unknown_findings(instance: Instance) -> tuple[Finding, ...]:
    """Return a warning for each site with neither coordinates nor a 距离 row.

    `row` counts the instance's sites from row 2; a caller who knows where the site was read replaces it.
    """
    unknown = frozenset(Distances(instance, Fraction(1)).unknown_sites)
    return tuple(_finding(site.site_id, row) for row, site in enumerate(instance.sites, 2)
                 if site.site_id in unknown)


def _finding(site_id: str, row: int) -> Finding:
    zh = f"学校 {site_id} 既没有经纬度，距离表里也没有它，到这所学校的距离无法计算；请补填经度、纬度或在距离表中补一行"
    en = f"site {site_id} has neither coordinates nor a distance row, so its distances are unknown; add either"
    return Finding("warning", "unknown_distance", Text(zh, en), "sites", row, "经度", site_id)
