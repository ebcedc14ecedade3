"""Figures of the recommended plan by school."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from matching.domain.plan import Placement
from matching.domain.records import Site
from matching.domain.terms import BACKBONE
from matching.domain.text import Lang
from matching.report.content import Report
from matching.report.words import word


class Host(NamedTuple):
    """What a receiving site asked for and got; `missing` lists the subjects of its empty seats."""

    site: Site
    seats: int
    filled: int
    backbone: int
    km: float | None
    missing: str

    @property
    def share(self) -> float:
        """The seats filled, 0 to 1."""
        return self.filled / self.seats


class Home(NamedTuple):
    """What a sending site gave; `waiting` counts approved, undeferred teachers without a post."""

    site: Site
    approved: int
    placed: int
    resident: int
    waiting: int

    @property
    def share(self) -> float | None:
        """The placed among the approved, 0 to 1."""
        return self.placed / self.approved if self.approved else None


def hosts(report: Report, lang: Lang) -> list[Host]:
    """Return the sites with a need, in the order of the sites."""
    instance = report.instance
    seats: Counter[str] = Counter()
    for need in instance.needs:
        seats[need.site_id] += need.count
    at: dict[str, list[Placement]] = {site: [] for site in seats}
    for placement in report.plan.placements:
        at[instance.need[placement.need].site_id].append(placement)
    missing = _missing(report, lang)
    return [_host(report, s, seats[s.site_id], at[s.site_id], missing) for s in instance.sites if s.site_id in seats]


def _host(report: Report, site: Site, seats: int, placed: list[Placement], missing: dict[str, Counter[str]]) -> Host:
    instance, least = report.instance, BACKBONE.rank(report.policy.backbone)
    backbone = sum(BACKBONE.rank(instance.backbone_level(instance.teacher[p.teacher])) >= least for p in placed)
    known = [p.km for p in placed if p.km is not None]
    lacking = " ".join(f"{subject}×{n}" for subject, n in missing.get(site.site_id, Counter()).items())
    return Host(site, seats, len(placed), backbone, sum(known) / len(known) if known else None, lacking)


def _missing(report: Report, lang: Lang) -> dict[str, Counter[str]]:
    instance = report.instance
    words = instance.vocabularies["subject"]
    found: dict[str, Counter[str]] = {}
    for line in report.plan.unfilled:
        need = instance.need[line.need]
        found.setdefault(need.site_id, Counter())[word(words, need.subject, lang)] += line.gap
    return found


def homes(report: Report) -> list[Home]:
    """Return the sites with an approved teacher, in the order of the sites."""
    instance = report.instance
    waiting = Counter(instance.teacher[line.teacher].home_site for line in report.plan.unplaced)
    return [Home(instance.site[load.site], load.approved, load.placed, load.resident, waiting[load.site])
            for load in report.metrics.senders]
