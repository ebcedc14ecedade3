"""The rows of the sheets, as frozen records with the sheets' columns in their order.

A field is named as its column's key, but where that is a Python word (``from``, ``to``, ``min``, ``max``)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Site(NamedTuple):
    """A school: it sends, receives, or both. `lon` and `lat` are degrees in `datum`, as given."""

    site_id: str
    name: str
    role: str
    school_type: str | None
    stages: tuple[str, ...]
    adcode: str | None
    county: str
    prefecture: str | None
    township: str | None
    zone: str | None
    consortium: str | None
    lon: float | None
    lat: float | None
    datum: str
    hardship: int
    subsidy_tier: str | None
    weak: bool
    rural: bool
    language: str | None
    pupils: int | None
    posts_established: int | None
    staff: int | None
    share_50plus: float | None
    beds: int | None
    beds_men: int | None
    beds_women: int | None
    dorm: str | None
    strong_subjects: tuple[str, ...]
    weak_subjects: tuple[str, ...]
    eligible_count: int | None
    send_max: int | None
    receive_max: int | None


class Need(NamedTuple):
    """A post at a receiving site, with `count` seats; `term` is in school years."""

    need_id: str
    site_id: str
    post_type: str
    subject: str
    alt_subjects: tuple[str, ...]
    stage: str
    count: int  # type: ignore[assignment]
    weekly_hours: int | None
    total_hours: int | None
    modes: tuple[str, ...]
    term: float
    min_title: str | None
    backbone_required: str
    language: str | None
    priority: int
    note: str | None


class Teacher(NamedTuple):
    """A volunteer; months are dates on their first day."""

    teacher_id: str
    name: str
    home_site: str
    gender: str | None
    birth: date | None
    stages: tuple[str, ...]
    subject: str
    alt_subjects: tuple[str, ...]
    title: str
    title_since: date | None
    backbone: str
    honours: tuple[str, ...]
    joined: date | None
    appraisals: tuple[str, ...]
    rural_years: float
    rural_until: date | None
    promotion_need: bool
    mandatory: bool
    deferred: bool
    deferred_reason: str | None
    duty: str | None
    modes: tuple[str, ...]
    post_types: tuple[str, ...]
    max_hours: int | None
    home_county: str | None
    pref_1: str | None
    pref_2: str | None
    pref_3: str | None
    avoid_sites: tuple[str, ...]
    max_km: float | None
    languages: tuple[str, ...]
    score: float | None
    group: str | None
    programme: str | None
    lock_need: str | None
    last_need: str | None
    status: str


class Pairing(NamedTuple):
    """A row that opens, closes, prefers or demands the way from `origin` to `destination`."""

    origin: str
    destination: str
    rule: str
    type: str
    two_way: bool
    weak_only: bool
    minimum: int | None
    maximum: int | None
    basis: str | None


class Distance(NamedTuple):
    """A stated road distance in km between two sites or two counties."""

    origin: str
    destination: str
    km: float
    minutes: float | None
    source: str | None


class Staffing(NamedTuple):
    """Staff of a site whose main stage is `stage` and main subject `subject` (None: all)."""

    site_id: str
    stage: str
    subject: str | None
    staff: int | None
    exchange_staff: int | None
    send_max: int | None
    pupils: int | None


class PolicyRow(NamedTuple):
    """A rule written in the workbook; every cell as text, ``-`` clears."""

    id: str
    title: str | None
    kind: str
    when: str | None
    that: str | None
    count: str | None  # type: ignore[assignment]
    of: str | None
    per: str | None
    at_least: str | None
    at_most: str | None
    enforce: str | None
    penalty: str | None
    source: str | None
    on: str | None
    other: str | None


class GoalRow(NamedTuple):
    """A goal written in the workbook."""

    order: int
    kind: str
    slack: str | None
    per: str | None
    other: str | None


class PointsRow(NamedTuple):
    """Points of one name, written in the workbook."""

    name: str
    value: int


class LedgerRow(NamedTuple):
    """Part-time service already given."""

    teacher_id: str
    site_id: str | None
    date: date | None
    activity: str
    quantity: float
    evidence: str | None


class DictionaryRow(NamedTuple):
    """A further alias, a further subject, or an honour's backbone level; `value` is as written."""

    category: str
    name: str
    value: str
