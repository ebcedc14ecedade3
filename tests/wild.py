"""Hypothesis strategies for instances with every column and odd text, for round trips through files."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from matching.domain import records as r
from matching.domain import sheets as s
from matching.domain.instance import Instance
from matching.domain.sheets import Column, Kind, Sheet
from matching.domain.terms import SUBJECT

ODD = ("=1+1", "+86", "-", "@甲", "'x", '"引"', "甲,乙;丙、丁", "１２３", "(x)", "true", "0.10", "1985.1",
       "2026年9月", "a\nb", "_x0041_", "<&>", "007", "1e5", "无", "#", "😀", "null", "N/A", "是")
NEW_SUBJECTS = ("围棋", "=啦啦操")
IDS = ("=1", "-2", "＋3", "a b", "007", "丁/5", "#6", "x'7")
COUNTIES = ("甲县", "=乙县", "C, D县")

Fields = Mapping[str, st.SearchStrategy[Any]]

_letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zs", "Zl", "Zp"))
texts = st.sampled_from(ODD) | st.text(_letters, min_size=1, max_size=6)
members = texts.filter(lambda text: not set(unicodedata.normalize("NFKC", text)) & set(";,、\n"))
numbers = st.integers(0, 400).map(lambda n: n / 8) | st.floats(0, 1e6, allow_subnormal=False)
months = st.dates(date(1950, 1, 1), date(2025, 12, 1)).map(lambda day: day.replace(day=1))


def _plain(column: Column) -> st.SearchStrategy[Any]:
    """Any value that a filled cell of the column can hold."""
    if column.digits is not None:
        return st.integers(0, 10**column.digits - 1).map(lambda n: f"{n:0{column.digits}}")
    low, high = column.minimum, column.maximum
    words = st.sampled_from([t.key for t in column.vocabulary.terms]) if column.vocabulary else st.nothing()
    return {
        Kind.TEXT: texts,
        Kind.TEXTS: st.lists(members, min_size=1, max_size=3, unique=True).map(tuple),
        Kind.WORD: words,
        Kind.WORDS: st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
        Kind.YES_NO: st.booleans(),
        Kind.INTEGER: st.integers(int(low or 0), int(high) if high is not None else 10**6),
        Kind.DECIMAL: numbers if high is None else st.floats(low or 0, high, allow_subnormal=False),
        Kind.SHARE: st.integers(0, 1000).map(lambda n: n / 1000),
        Kind.MONTH: months,
        Kind.DATE: st.dates(date(1990, 1, 1), date(2025, 12, 1)),
        Kind.LEVEL: st.sampled_from(("yes", "no")) | words.filter(lambda key: key != "none"),
    }[column.kind]


@lru_cache
def _value(column: Column) -> st.SearchStrategy[Any]:
    return _plain(column) if column.required or column.kind is Kind.YES_NO else st.just(column.default) | _plain(column)


def _rows(kind: Any, sheet: Sheet, most: int = 3, least: int = 0, **fixed: Any) -> st.SearchStrategy[list[Any]]:
    row = st.tuples(*(fixed.get(c.key, _value(c)) for c in sheet.columns)).map(lambda values: kind(*values))
    return st.lists(row, min_size=least, max_size=most)


def _renamed(rows: Sequence[Any], key: str) -> list[Any]:
    """Give rows ids of their own."""
    return [row._replace(**{key: name}) for row, name in zip(rows, IDS, strict=False)]


@st.composite
def _sites(draw: st.DrawFn) -> list[r.Site]:
    rows = _renamed(draw(_rows(r.Site, s.SITES, 4, 2, county=st.sampled_from(COUNTIES), dorm=st.none())), "site_id")
    roles = ["both", *(row.role for row in rows[1:])]
    return [row._replace(role=role, lon=row.lon if row.lat is not None else None,
                         lat=row.lat if row.lon is not None else None)
            for row, role in zip(rows, roles, strict=True)]


def _bounded(row: r.Pairing) -> r.Pairing:
    low, high = row.minimum, row.maximum
    return row if low is None or high is None else row._replace(minimum=min(low, high), maximum=max(low, high))


def _unique(rows: Sequence[Any], key: Any) -> list[Any]:
    return list({key(row): row for row in rows}.values())


@st.composite
def wild_instances(draw: st.DrawFn) -> Instance:
    """A lawful instance with any value in any column, whether or not it makes sense to solve."""
    sites = draw(_sites())
    ids = st.sampled_from([x.site_id for x in sites])
    homes = st.sampled_from([x.site_id for x in sites if x.role != "receiver"])
    hosts = st.sampled_from([x.site_id for x in sites if x.role != "sender"])
    subjects = st.sampled_from([*(t.key for t in SUBJECT.terms), *NEW_SUBJECTS])
    needs = _renamed(draw(_rows(r.Need, s.NEEDS, site_id=hosts, subject=subjects)), "need_id")
    posts = st.sampled_from([n.need_id for n in needs]) if needs else st.none()
    counties = st.sampled_from([x.county for x in sites])
    wish = st.none() | ids | counties | posts
    people = _renamed(draw(_rows(
        r.Teacher, s.TEACHERS, home_site=homes, subject=subjects, pref_1=wish, pref_2=wish, pref_3=wish,
        avoid_sites=st.lists(ids, max_size=2, unique=True).map(tuple), lock_need=st.none(),
        last_need=st.none() | posts)), "teacher_id")
    people = [t._replace(name=f"{t.name}{at}") for at, t in enumerate(people)]
    places = ids | counties
    ends: Fields = {"from": places, "to": places}
    pairings = [_bounded(p) for p in draw(_rows(r.Pairing, s.PAIRINGS, **ends))]
    return Instance(
        tuple(sites), tuple(needs), tuple(people), tuple(pairings),
        tuple(_unique(draw(_rows(r.Distance, s.DISTANCES, **ends)), lambda row: row[:2])),
        tuple(_unique(draw(_rows(r.Staffing, s.STAFFING, site_id=ids)), lambda row: row[:3])),
        tuple(_unique(draw(_rows(r.PolicyRow, s.POLICY)), lambda row: row.id.casefold())),
        tuple(draw(_rows(r.GoalRow, s.GOALS))),
        tuple(_unique(draw(_rows(r.PointsRow, s.POINTS)), lambda row: row.name.casefold())),
        tuple(draw(_rows(r.LedgerRow, s.LEDGER, site_id=st.none() | ids, teacher_id=st.sampled_from(
            [t.teacher_id for t in people]))) if people else ()),
        tuple(r.DictionaryRow("subject", name, name) for name in NEW_SUBJECTS),
    )
