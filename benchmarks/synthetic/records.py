"""From arrays to the records of an instance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any

import numpy as np
from benchmarks.synthetic.draws import N_SUBJECTS, STAGES, SUBJECTS, Ints
from benchmarks.synthetic.people import People
from benchmarks.synthetic.places import Homes, Places, degrees
from benchmarks.synthetic.posts import Posts
from benchmarks.synthetic.release import caps
from benchmarks.synthetic.sizes import Size
from instances.generator.records import SHEET_OF, R

from matching.domain.instance import Instance
from matching.domain.records import Need, Pairing, Site, Staffing, Teacher

TITLES = ("third", "second", "first", "senior")
TITLE_SHARES = (0.05, 0.45, 0.38, 0.12)
TIERS = ("二类", "一类")
LEVELS = ("none", "county")


def instance(random: np.random.Generator, size: Size, places: Places, homes: Homes, volunteers: People,
             posts: Posts) -> Instance:
    """Return the instance that the arrays stand for; who is man or woman, how old and of which title is drawn here."""
    senders = _county_names(places.sender_province, "县" if size.within else "送出县")
    receivers = senders if size.within else _county_names(places.receiver_province, "接收县")
    return Instance(
        (*_homes(places, homes, volunteers, senders), *_hosts(places, posts, receivers)), tuple(_needs(posts)),
        tuple(_teachers(random, volunteers, receivers)),
        tuple(_records(Pairing, len(places.way_from), origin=_named(senders, places.way_from),
                       destination=_named(receivers, places.way_to), rule="allow")),
        staffing=tuple(_staffing(size, homes, volunteers)))


def _records(kind: type[R], n: int, **columns: Any) -> Iterable[R]:
    """Return `n` records; a list or array holds one value each, anything else is every record's."""
    defaults = {name: column.default for name, column in zip(kind._fields, SHEET_OF[kind].columns, strict=True)}
    values = (_column(value) for value in (defaults | columns).values())
    return map(kind._make, zip(*values, strict=False)) if n else ()


def _column(value: Any) -> Iterable[Any]:
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value if isinstance(value, list) else repeat(value)


def _county_names(provinces: Ints, word: str) -> list[str]:
    return [f"{province + 1:02d}省{word}{k + 1:03d}" for k, province in enumerate(provinces.tolist())]


def _named(names: Sequence[Any], which: Ints) -> list[Any]:
    """Return the names at `which`; None at -1."""
    table = [*names, None]
    return [table[k] for k in which.tolist()]


def _numbered(letter: str, n: int) -> list[str]:
    return [f"{letter}{k:06d}" for k in range(1, n + 1)]


def _homes(places: Places, homes: Homes, volunteers: People, counties: list[str]) -> Iterable[Site]:
    n = len(homes.county)
    lonlat = degrees(places.centre[places.sender_province[homes.county]], homes.xy)
    return _records(Site, n, site_id=_numbered("H", n), name=[f"第{k}派出学校" for k in range(1, n + 1)], role="sender",
                    stages=[(STAGES[s],) for s in homes.stage.tolist()], county=_named(counties, homes.county),
                    lon=lonlat[:, 0], lat=lonlat[:, 1], rural=False, send_max=caps(volunteers.home, n))


def _hosts(places: Places, posts: Posts, counties: list[str]) -> Iterable[Site]:
    n = len(posts.host_county)
    lonlat = degrees(places.centre[places.receiver_province[posts.host_county]], posts.host_xy)
    return _records(Site, n, site_id=_numbered("R", n), name=[f"第{k}受援学校" for k in range(1, n + 1)],
                    role="receiver", stages=[(STAGES[s],) for s in posts.host_stage.tolist()],
                    county=_named(counties, posts.host_county), lon=lonlat[:, 0], lat=lonlat[:, 1], rural=True,
                    hardship=posts.host_hardship,
                    subsidy_tier=_named(TIERS, posts.high_tier[posts.host_county].astype(np.int64)))


def _needs(posts: Posts) -> Iterable[Need]:
    n = len(posts.host)
    hosts = _numbered("R", len(posts.host_county))
    return _records(Need, n, need_id=_numbered("N", n), site_id=_named(hosts, posts.host),
                    subject=_named(SUBJECTS, posts.subject), stage=_named(STAGES, posts.stage), count=posts.count,
                    priority=posts.priority)


def _teachers(random: np.random.Generator, volunteers: People, counties: list[str]) -> Iterable[Teacher]:
    n = len(volunteers.home)
    numbers = _numbered("", n)
    months = [date(year, month, 1) for year in range(1970, 2003) for month in range(1, 13)]
    return _records(
        Teacher, n, teacher_id=["T" + k for k in numbers], name=["教师" + k for k in numbers],
        home_site=_named(_numbered("H", int(volunteers.home.max()) + 1), volunteers.home),
        gender=_named(("male", "female"), (random.random(n) < 0.6).astype(np.int64)),
        birth=_named(months, random.integers(0, len(months), n)), stages=_words(STAGES, volunteers.stages),
        subject=_named(SUBJECTS, volunteers.subjects[:, 0]), alt_subjects=_words(SUBJECTS, volunteers.subjects[:, 1:]),
        title=_named(TITLES, random.choice(len(TITLES), n, p=TITLE_SHARES)),
        backbone=_named(LEVELS, volunteers.backbone.astype(np.int64)),
        **{f"pref_{k + 1}": _named(counties, volunteers.wishes[:, k]) for k in range(3)},
        group=_named([f"G{k:04d}" for k in range(1, int(volunteers.group.max()) + 2)], volunteers.group),
        max_km=[None if km != km else km for km in volunteers.max_km.tolist()])


def _words(words: Sequence[str], columns: Ints) -> list[tuple[str, ...]]:
    """Return the words of each row, those of -1 left out; alike rows share one tuple."""
    rows, which = np.unique(columns, axis=0, return_inverse=True)
    found = [tuple(words[k] for k in row if k >= 0) for row in rows.tolist()]
    return _named(found, which.reshape(-1))


def _staffing(size: Size, homes: Homes, volunteers: People) -> Iterable[Staffing]:
    """Return a row for each subject of a school from which more volunteer than may go."""
    key, count = np.unique(volunteers.home * N_SUBJECTS + volunteers.subjects[:, 0], return_counts=True)
    home, subject = np.divmod(key[count > size.subject_cap], N_SUBJECTS)
    return _records(Staffing, len(home), site_id=_named(_numbered("H", len(homes.county)), home),
                    stage=_named(STAGES, homes.stage[home]), subject=_named(SUBJECTS, subject),
                    send_max=size.subject_cap)
