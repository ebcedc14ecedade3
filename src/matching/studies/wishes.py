"""Whose wishes were met: by home school, gender and title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from matching.domain.records import Teacher
from matching.domain.terms import GENDER, TITLE
from matching.domain.text import Text
from matching.studies.case import Case
from matching.studies.study import Column, Study

Kind = Literal["home", "gender", "title"]
_NONE = 4


class WishesRow(NamedTuple):
    """Of the group `key` (empty: not given), how many named a known wish, and how many met which, or none.

    `mean` is that of 1, 2/3, 1/3 and 0, as the criterion has it.
    """

    kind: Kind
    key: str
    named: int
    first: int
    second: int
    third: int
    none: int
    mean: float


COLUMNS = (
    Column("kind", Text("分组", "By"), "wishes_by"),
    Column("key", Text("类别", "Which"), "wishes_of"),
    Column("named", Text("填了意向", "Named a wish"), "integer"),
    Column("first", Text("第一意向", "First"), "integer"),
    Column("second", Text("第二意向", "Second"), "integer"),
    Column("third", Text("第三意向", "Third"), "integer"),
    Column("none", Text("未满足", "None"), "integer"),
    Column("mean", Text("意向满足程度", "Wishes met"), "share"),
)


def rows(case: Case) -> tuple[WishesRow, ...]:
    """Return a row for each gender, title and home school among approved, undeferred teachers who named a wish."""
    places = {s.county for s in case.instance.sites} | case.instance.site.keys() | case.instance.need.keys()
    met = {t: _met(case, t.teacher_id) for t in case.instance.teachers if t.status == "approved" and not t.deferred
           and not places.isdisjoint((t.pref_1, t.pref_2, t.pref_3))}
    titles = [t.key for t in reversed(TITLE.terms)]
    sites = [s.site_id for s in case.instance.sites]
    return (*_rows("gender", _counted("gender", met), [*(t.key for t in GENDER.terms), ""]),
            *_rows("title", _counted("title", met), titles),
            *_rows("home", _counted("home_site", met), sites))


def _met(case: Case, teacher: str) -> int:
    return min((p.preference or _NONE for p in case.placed.get(teacher, ())), default=_NONE)


def _counted(field: str, met: Mapping[Teacher, int]) -> Mapping[str, Counter[int]]:
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for teacher, wish in met.items():
        found[getattr(teacher, field) or ""][wish] += 1
    return found


def _rows(kind: Kind, counted: Mapping[str, Counter[int]], keys: list[str]) -> Iterator[WishesRow]:
    for key in keys:
        if key in counted:
            met = counted[key]
            named = sum(met.values())
            mean = sum((_NONE - wish) * n for wish, n in met.items()) / (3 * named)
            yield WishesRow(kind, key, named, met[1], met[2], met[3], met[_NONE], mean)


WISHES = Study("wishes", Text("意向满足情况", "Wishes met"), COLUMNS, rows)
