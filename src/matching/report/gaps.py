"""Posts with empty seats and teachers without a post, each with its reason in words."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import Unfilled
from matching.domain.records import Need, Site, Teacher
from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.funnels import Funnels
from matching.report.reasons import suggestion, why_unfilled, why_unplaced
from matching.report.words import stage_word, word
from matching.travel import Distances

NEAREST = 3
"""How many nearest candidates are named."""


class Gap(NamedTuple):
    """A post with empty seats.

    Attributes
    ----------
    why : the plan's reason, in words
    cause, nearest, suggestion : why in figures, empty where it was not worked out; the nearest candidates with what
        stands in each one's way, else teachers without a post who teach the subject, by distance; what would help
    """

    need: Need
    host: Site
    subject: str
    stage: str
    gap: int
    why: str
    cause: str
    funnel: str
    nearest: str
    suggestion: str


class Waiting(NamedTuple):
    """A teacher without a post."""

    name: str
    home: str


def gaps(report: Report, lang: Lang) -> list[Gap]:
    """Return the posts with empty seats, the most urgent first, else in the order of the needs."""
    finder, funnels = _Nearest(report), Funnels(report, lang)
    order = {n.need_id: i for i, n in enumerate(report.instance.needs)}
    lines = [_gap(report, line, finder, funnels, lang) for line in report.plan.unfilled]
    return sorted(lines, key=lambda gap: (gap.need.priority, order[gap.need.need_id]))


def _gap(report: Report, line: Unfilled, finder: _Nearest, funnels: Funnels, lang: Lang) -> Gap:
    instance, policy = report.instance, report.policy
    need = instance.need[line.need]
    told = report.gaps.get(line.need)
    cause, nearest, help_ = (text.get(lang) for text in told) if told else (
        "", finder.words(need, lang), suggestion(policy, line.reason).get(lang))
    return Gap(need, instance.site[need.site_id], word(instance.vocabularies["subject"], need.subject, lang),
               stage_word(need.stage, lang), line.gap, why_unfilled(policy, line.reason).get(lang), cause,
               funnels.words(line.need), nearest, help_)


def waiting(report: Report, lang: Lang) -> list[tuple[str, list[Waiting]]]:
    """Return the teachers without a post by reason in words, the most frequent reason first."""
    instance = report.instance
    groups: dict[str, list[Waiting]] = {}
    for line in report.plan.unplaced:
        teacher = instance.teacher[line.teacher]
        who = Waiting(teacher.name, instance.site[teacher.home_site].name)
        groups.setdefault(why_unplaced(report.policy, line.reason).get(lang), []).append(who)
    return sorted(groups.items(), key=lambda item: -len(item[1]))


class _Nearest:
    """Finds teachers without a post who teach a post's subject and stage, nearest first."""

    def __init__(self, report: Report) -> None:
        instance = report.instance
        self._instance = instance
        self._free = _by_subject(instance, [line.teacher for line in report.plan.unplaced])
        homes = sorted({t.home_site for group in self._free.values() for t in group})
        hosts = sorted({instance.need[line.need].site_id for line in report.plan.unfilled})
        self._home = {site: i for i, site in enumerate(homes)}
        self._host = {site: i for i, site in enumerate(hosts)}
        self._hectometres = Distances(instance, report.policy.detour).matrix(homes, hosts)

    def words(self, need: Need, lang: Lang) -> str:
        subjects = (need.subject, *need.alt_subjects)
        free = {t.teacher_id: t for s in subjects for t in self._free.get(s, ()) if need.stage in t.stages}
        far = self._hectometres[:, self._host[need.site_id]].tolist()
        keyed = ((_unknown_last(far[self._home[t.home_site]]), t.teacher_id) for t in free.values())
        first = [(free[who], hectometres) for hectometres, who in heapq.nsmallest(NEAREST, keyed)]
        return Text("；", "; ").get(lang).join(self._who(teacher, away, lang) for teacher, away in first)

    def _who(self, teacher: Teacher, hectometres: float, lang: Lang) -> str:
        unknown = Text("距离未知", "distance unknown").get(lang)
        km = unknown if hectometres == float("inf") else f"{hectometres / 10:.1f} km"
        school = self._instance.site[teacher.home_site].name
        return Text(f"{teacher.name}（{school}，{km}）", f"{teacher.name} ({school}, {km})").get(lang)


def _by_subject(instance: Instance, free: Sequence[str]) -> Mapping[str, list[Teacher]]:
    found: dict[str, list[Teacher]] = {}
    for teacher in (instance.teacher[i] for i in free):
        for subject in dict.fromkeys((teacher.subject, *teacher.alt_subjects)):
            found.setdefault(subject, []).append(teacher)
    return found


def _unknown_last(hectometres: int) -> float:
    return float("inf") if hectometres < 0 else hectometres
