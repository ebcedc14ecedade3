"""Fields derived of one teacher alone (Contract 2, Fields)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from matching.audit.fields import Field, derived
from matching.audit.forms import LevelForm, NumberForm, YesNoForm
from matching.domain.instance import Instance
from matching.domain.terms import BACKBONE
from matching.domain.vocabulary import fold
from matching.policy.model import Policy

GOOD = ("pass", "excellent")


def whole_years(since: date | None, until: date) -> int | None:
    """Return the birthdays passed between two dates (reading 11)."""
    if since is None:
        return None
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def appraisals_ok(appraisals: tuple[str, ...]) -> bool | None:
    """Tell whether the last three, newest first, are all good."""
    return None if len(appraisals) < 3 else all(word in GOOD for word in appraisals[:3])


def never_served(rural_years: float, rural_until: date | None) -> bool:
    """Tell whether a teacher never served in a rural school."""
    return rural_years == 0 and rural_until is None


def served_since_title(rural_years: float, rural_until: date | None, title_since: date | None) -> bool | None:
    """Tell whether rural service ended after the present title was obtained (reading 4)."""
    if never_served(rural_years, rural_until):
        return False
    return None if rural_until is None or title_since is None else rural_until > title_since


def person_fields(instance: Instance, policy: Policy) -> Iterator[Field]:
    """Yield the derived fields of a teacher."""
    today, number, yes_no = policy.reference_date, NumberForm(), YesNoForm()
    honours = instance.honour_levels

    def years(since: date | None) -> int | None:
        return whole_years(since, today)

    def years_since_rural(rural_years: float, rural_until: date | None) -> float | None:
        return math.inf if never_served(rural_years, rural_until) else years(rural_until)

    def backbone(stated: str, names: tuple[str, ...]) -> str:
        known = (honours[fold(name)] for name in names if fold(name) in honours)
        return max((stated, *known), key=BACKBONE.rank)

    served = ("teacher.rural_years", "teacher.rural_until")
    yield derived("age", "年龄", ("teacher.birth",), number, years)
    yield derived("years_in_title", "任现职称年数", ("teacher.title_since",), number, years)
    yield derived("years_here", "来校年数", ("teacher.joined",), number, years)
    yield derived("years_since_rural", "距上次农村任教年数", served, number, years_since_rural)
    yield derived("served_since_title", "取得现职称后农村任教", (*served, "teacher.title_since"), yes_no,
                  served_since_title)
    yield derived("appraisals_ok", "近三年考核合格", ("teacher.appraisals",), yes_no, appraisals_ok)
    yield derived("backbone", "骨干级别", ("teacher.backbone", "teacher.honours"), LevelForm(yes=policy.backbone),
                  backbone)
