"""School pairs as an instance: a supporter is a sender with one record, a weak school a post with one seat."""

from __future__ import annotations

from matching.domain.findings import Finding, InputError, error
from matching.domain.instance import Instance
from matching.domain.records import Need, Site, Teacher
from matching.pairs.records import record

ANY_SUBJECT = "management"
"""What the records that stand for schools have as subject; no rule on schools looks at it."""


def school_instance(instance: Instance) -> Instance:
    """Return the instance whose placements are pairs of supporter (teacher_id) and weak school (need_id).

    Both are site ids. Pairings that the input has are kept, without their numbers, which count teachers.

    Raises
    ------
    InputError
        Where no school is weak, or every school is.
    """
    weak = tuple(site for site in instance.sites if site.weak)
    supporters = tuple(site for site in instance.sites if not site.weak)
    if findings := _lacking(weak, supporters):
        raise InputError(findings)
    pairings = tuple(row._replace(minimum=None, maximum=None) for row in instance.pairings)
    return Instance(instance.sites, tuple(map(_post, weak)), tuple(map(_sender, supporters)), pairings,
                    instance.distances, dictionary=instance.dictionary)


def _lacking(weak: tuple[Site, ...], supporters: tuple[Site, ...]) -> list[Finding]:
    findings = []
    if not weak:
        findings.append(error("no_weak_site", "没有薄弱学校，无从结对：请在“薄弱学校”一列填“是”",
                              "no school is weak, so there is nothing to pair: say yes in the column weak",
                              sheet="sites", column="薄弱学校"))
    if not supporters:
        findings.append(error("no_supporter", "没有支持学校：每所学校的“薄弱学校”都是“是”",
                              "there is no supporter: every school is weak", sheet="sites", column="薄弱学校"))
    return findings


def _sender(site: Site) -> Teacher:
    return record(Teacher, teacher_id=site.site_id, name=site.name, home_site=site.site_id, stages=site.stages,
                  subject=ANY_SUBJECT, title="none", backbone="none")


def _post(site: Site) -> Need:
    return record(Need, need_id=site.site_id, site_id=site.site_id, subject=ANY_SUBJECT, stage=site.stages[0], count=1)
