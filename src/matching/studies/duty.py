"""The rotation duty of each school: how many of those eligible are to go, and how many do."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.policy.conditions import Conditions
from matching.policy.model import Quota
from matching.problem.conditions import Bools, holds, restricted
from matching.studies.case import Case
from matching.studies.study import Column, Study

TENTH = Fraction(1, 10)
"""Without a rule of the policy: each year at least a tenth of those eligible (教师[2014]4号)."""


class DutyRow(NamedTuple):
    """One sending site; `due` is the share of `eligible`, rounded up; `placed` counts resident placements."""

    home: str
    eligible: int
    due: int
    placed: int
    lacking: int


COLUMNS = (
    Column("home", Text("派出学校", "Sending school"), "site"),
    Column("eligible", Text("符合交流条件人数", "Eligible"), "integer"),
    Column("due", Text("应派", "Due"), "integer"),
    Column("placed", Text("已派（驻点）", "Sent (resident)"), "integer"),
    Column("lacking", Text("还差", "Lacking"), "integer"),
)


def asking(case: Case) -> tuple[Quota, Fraction] | None:
    """Return the first quota that asks for a share of those eligible, and the share."""
    for rule in case.policy.active(Quota):
        if rule.of == "eligible" and isinstance(rule.at_least, Fraction):
            return rule, rule.at_least
    return None


def rows(case: Case) -> tuple[DutyRow, ...]:
    """Return one row for each site with an approved teacher of whom the rule speaks, in the order of the sites."""
    rule, share = asking(case) or (None, TENTH)
    when = rule.when if rule else ()
    eligible = _eligible(case, when)
    placed = _placed(case, rule)
    found = []
    for site in case.instance.sites:
        if site.site_id in eligible:
            n = eligible[site.site_id]
            due, sent = ceil(share * n), placed[site.site_id]
            found.append(DutyRow(site.site_id, n, due, sent, max(0, due - sent)))
    return tuple(found)


def _eligible(case: Case, when: Conditions) -> dict[str, int]:
    """Return those with an eligible post by home site, or the number that the site states (reading 17)."""
    approved = np.array([t.status == "approved" for t in case.instance.teachers], np.bool_)
    chosen = approved & case.matching(restricted(when, "teacher"))
    has_post = np.diff(case.arcs.start) > 0
    found: Counter[str] = Counter()
    for at in np.flatnonzero(chosen).tolist():
        found[case.instance.teachers[at].home_site] += int(has_post[at])
    if all(name.startswith("home.") for name in _teacher_fields(when)):
        stated = {s: case.instance.site[s].eligible_count for s in found}
        return {s: n if stated[s] is None else stated[s] or 0 for s, n in found.items()}
    return dict(found)


def _teacher_fields(when: Conditions) -> list[str]:
    return [clause.field for c in restricted(when, "teacher") for clause in c.clauses]


def _placed(case: Case, rule: Quota | None) -> Counter[str]:
    """Return the resident placements that the rule counts, by home site."""
    pairs = case.pairs(case.placements)
    counts: Bools = np.array([p.mode == "resident" for p in case.placements], np.bool_)
    if rule is not None:
        counts &= holds(rule.when, case.fields, pairs) & holds(rule.count, case.fields, pairs)
    teachers = pairs.teacher[counts].tolist()
    return Counter(case.instance.teachers[at].home_site for at in teachers)


def telling(case: Case) -> bool:
    """Tell whether the policy asks for such a share, or a school states how many are eligible."""
    return asking(case) is not None or any(s.eligible_count is not None for s in case.instance.sites)


DUTY = Study("duty", Text("轮岗任务", "Rotation duty"), COLUMNS, rows, telling)
