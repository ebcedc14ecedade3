"""Hypothesis strategies for small lawful instances; `tests.wild` has those with every column and odd text.

`instances` is what problem, audit and engines are tested on: a few sites in three counties, two subjects and two
stages, so that many pairs are eligible, and every limit that a workbook can state, each a feature that can be
left out: ``instances(features=ALL - {"locks", "mandatory"})``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

from matching.domain.instance import Instance
from matching.domain.records import Distance, LedgerRow, Need, Pairing, Site, Staffing, Teacher
from tests import builders

ALL = frozenset({
    "alternatives", "avoid", "backbone", "beds", "coordinates", "dictionary", "distances", "dorms", "facts", "gender",
    "groups", "languages", "ledger", "limits", "locks", "mandatory", "max_km", "modes", "pairings", "post_types",
    "staffing", "statuses", "titles", "wishes",
})
SUBJECTS = ("chinese", "math")
STAGES = ("primary", "junior")
PREFECTURES = {"甲县": "东市", "乙县": "东市", "丙县": "西州"}
COUNTIES = tuple(PREFECTURES)
TITLES = ("first", "senior", "second", "none")
LEVELS = ("none", "county", "city", "school")
MODES = (("resident",), ("resident", "part_time"), ("part_time", "resident"), ("online",))
STAGE_LISTS = (*((s,) for s in STAGES), *permutations(STAGES))
SUBJECT_LISTS = (*((s,) for s in SUBJECTS), *permutations(SUBJECTS))
BIRTHS = (date(1966, 10, 1), date(1976, 9, 1), date(1981, 8, 1), date(1990, 1, 1), date(2003, 12, 1))
RECENT = (date(2009, 6, 1), date(2016, 9, 1), date(2021, 7, 1), date(2026, 8, 1))

Features = frozenset[str]
Ids = tuple[str, ...]
Fields = st.SearchStrategy[dict[str, Any]]


def _one_of(on: bool, values: Iterable[Any], default: Any = None, weight: int = 1) -> st.SearchStrategy[Any]:
    """Draw the default `weight` times as often as all of `values` together; always where not `on`."""
    choices = tuple(values) if on else ()
    return st.sampled_from((default,) * max(1, weight * len(choices)) + choices)


def _rarely(on: bool, values: Iterable[Any], default: Any = None) -> st.SearchStrategy[Any]:
    return _one_of(on, values, default, weight=4)


@lru_cache
def _site_fields(roles: Ids, features: Features) -> Fields:
    receives, sends, limits = "receiver" in roles, "sender" in roles, "limits" in features
    return st.fixed_dictionaries({
        "role": st.sampled_from(roles),
        "county": st.sampled_from(COUNTIES),
        "consortium": _rarely("pairings" in features, ("联合体一", "联合体二")),
        "hardship": _one_of("facts" in features, range(1, 7), 0),
        "weak": st.booleans(),
        "staff": _rarely("facts" in features, (1, 7, 20)),
        "point": _one_of("coordinates" in features, ((x, y) for x in range(4) for y in range(4))),
        "datum": _rarely("coordinates" in features, ("GCJ02", "BD09"), "WGS84"),
        "beds": _one_of(receives and "beds" in features, range(4)),
        "beds_men": _rarely(receives and "beds" in features, range(3)),
        "beds_women": _rarely(receives and "beds" in features, range(3)),
        "dorm": _rarely(receives and "dorms" in features, ("宿舍一",)),
        "language": _rarely(receives and "languages" in features, ("藏语",)),
        "receive_max": _rarely(receives and limits, (1, 2, 3)),
        "send_max": _rarely(sends and limits, range(4)),
        "eligible_count": _rarely(sends and "facts" in features, (1, 4, 9)),
    })


def _site(site_id: str, point: tuple[int, int] | None, **given: Any) -> Site:
    where = {"lon": 103 + point[0] / 4, "lat": 35 + point[1] / 4} if point else {}
    return builders.site(site_id, stages=STAGES, prefecture=PREFECTURES[given["county"]], **where, **given)


def _shared_dorms(sites: list[Site]) -> list[Site]:
    """Give sites of one dormitory the same beds."""
    first = {s.dorm: s for s in reversed(sites) if s.dorm}
    same = {name: {"beds": s.beds, "beds_men": s.beds_men, "beds_women": s.beds_women} for name, s in first.items()}
    return [s._replace(**same[s.dorm]) if s.dorm else s for s in sites]


@st.composite
def sites(draw: st.DrawFn, max_homes: int = 2, max_hosts: int = 3, features: Features = ALL) -> list[Site]:
    """Sending sites S1, S2, ... and receiving ones R1, R2, ...; any may be both."""
    homes, hosts = draw(st.integers(1, max_homes)), draw(st.integers(1, max_hosts))
    senders = [_site(f"S{i + 1}", **draw(_site_fields(("sender", "both"), features))) for i in range(homes)]
    receivers = [_site(f"R{i + 1}", **draw(_site_fields(("receiver", "both"), features))) for i in range(hosts)]
    return _shared_dorms(senders + receivers)


@lru_cache
def _need_fields(hosts: Ids, features: Features) -> Fields:
    facts = "facts" in features
    return st.fixed_dictionaries({
        "site_id": st.sampled_from(hosts),
        "count": st.integers(1, 2),
        "subject": st.sampled_from(SUBJECTS),
        "alt_subjects": _rarely("alternatives" in features, SUBJECT_LISTS, ()),
        "stage": st.sampled_from(STAGES),
        "modes": _rarely("modes" in features, MODES[1:], ("resident",)),
        "post_type": _rarely("post_types" in features, ("secondment", "mentoring"), "teaching"),
        "weekly_hours": _one_of(facts, (8, 15, 20)),
        "total_hours": _one_of("modes" in features, (60, 120)),
        "term": _one_of(facts, (0.5, 3.0), 1.0),
        "min_title": _rarely("titles" in features, ("second", "first", "senior")),
        "backbone_required": _rarely("backbone" in features, ("yes", "city"), "no"),
        "language": _rarely("languages" in features, ("藏语", "普通话")),
        "priority": st.integers(1, 5),
    })


@lru_cache
def _teacher_fields(homes: Ids, hosts: Ids, posts: Ids, counties: Ids, features: Features) -> Fields:
    facts, statuses = "facts" in features, "statuses" in features
    wish = _one_of("wishes" in features, (*posts, *hosts, *counties))
    return st.fixed_dictionaries({
        "home_site": st.sampled_from(homes),
        "gender": _one_of("gender" in features, ("male", "female")),
        "birth": _one_of(facts, BIRTHS),
        "stages": st.sampled_from(STAGE_LISTS),
        "subject": st.sampled_from(SUBJECTS),
        "alt_subjects": _rarely("alternatives" in features, SUBJECT_LISTS, ()),
        "title": _one_of("titles" in features, TITLES[1:], "first"),
        "title_since": _rarely(facts, RECENT),
        "backbone": _one_of("backbone" in features, LEVELS[1:], "none"),
        "honours": _rarely("dictionary" in features, (("学科带头人",),), ()),
        "joined": _rarely(facts, RECENT),
        "rural_years": _one_of(facts, (0.5, 2.0), 0.0),
        "rural_until": _rarely(facts, RECENT),
        "modes": _rarely("modes" in features, MODES[1:], ("resident",)),
        "post_types": _rarely("post_types" in features, (("mentoring", "teaching"),), ("teaching",)),
        "home_county": _rarely(facts, COUNTIES),
        "pref_1": wish, "pref_2": wish, "pref_3": wish,
        "avoid_sites": _rarely("avoid" in features, ((h,) for h in hosts), ()),
        "max_km": _rarely("max_km" in features, (5.0, 40.5, 90.0)),
        "languages": _rarely("languages" in features, (("藏语",),), ()),
        "score": _rarely(facts, (61.0, 90.5)),
        "group": _one_of("groups" in features, ("同行一", "同行二"), weight=2),
        "mandatory": _rarely("mandatory" in features, (True,), False),
        "deferred": _rarely(statuses, (True,), False),
        "status": _rarely(statuses, ("pending", "rejected"), "approved"),
        "last_need": _rarely(facts, posts),
    })


def _homes(some: Sequence[Site]) -> list[Site]:
    return [s for s in some if s.role != "receiver"]


def _hosts(some: Sequence[Site]) -> list[Site]:
    return [s for s in some if s.role != "sender"]


def _ids(some: Sequence[Site]) -> Ids:
    return tuple(s.site_id for s in some)


def _counties(some: Sequence[Site]) -> Ids:
    return tuple(sorted({s.county for s in some}))


@st.composite
def needs(draw: st.DrawFn, where: Sequence[Site], most: int = 5, features: Features = ALL) -> list[Need]:
    """Needs N1, N2, ... at the receiving sites of `where`."""
    fields = _need_fields(_ids(_hosts(where)), features)
    return [builders.need(f"N{i + 1}", **draw(fields)) for i in range(draw(st.integers(1, most)))]


@st.composite
def teachers(draw: st.DrawFn, where: Sequence[Site], posts: Sequence[Need], most: int = 6,
             features: Features = ALL) -> list[Teacher]:
    """Teachers T1, T2, ... of the sending sites of `where`, some locked on one of `posts`."""
    needed = tuple(n.need_id for n in posts)
    fields = _teacher_fields(_ids(_homes(where)), _ids(_hosts(where)), needed, _counties(where), features)
    staff = [builders.teacher(f"T{i + 1}", **draw(fields)) for i in range(draw(st.integers(1, most)))]
    return draw(_locked(staff, posts)) if "locks" in features else staff


@st.composite
def _locked(draw: st.DrawFn, staff: Sequence[Teacher], posts: Sequence[Need]) -> list[Teacher]:
    """Lock some on a post or its site, never more than there are seats, on fitting posts where there are any."""
    seats = Counter({n.need_id: n.count for n in posts})
    rooms = Counter(site for n in posts for site in [n.site_id] * n.count)
    done = []
    for teacher in staff:
        post = draw(_rarely(teacher.status == "approved" and not teacher.deferred, _posts_for(teacher, posts)))
        free = post is not None and seats[post.need_id] and rooms[post.site_id]
        if free:
            seats[post.need_id] -= 1
            rooms[post.site_id] -= 1
            teacher = teacher._replace(lock_need=draw(st.sampled_from((post.need_id, post.site_id))))
        done.append(teacher)
    return done


def _posts_for(teacher: Teacher, posts: Sequence[Need]) -> Sequence[Need]:
    return [n for n in posts if n.subject == teacher.subject and n.stage in teacher.stages] or posts


@lru_cache
def _pairing_rows(origins: Ids, destinations: Ids) -> st.SearchStrategy[list[Pairing]]:
    row = st.builds(
        lambda bounds, **given: builders.pairing(minimum=bounds[0], maximum=bounds[1], **given),
        bounds=_rarely(True, ((1, None), (None, 1), (0, 2), (1, 3)), (None, None)),
        rule=st.sampled_from(("allow", "prefer", "allow", "forbid", "must")),
        origin=st.sampled_from(origins), destination=st.sampled_from(destinations),
        type=_rarely(True, ("material", "both"), "staff"),
        two_way=_rarely(True, (True,), False), weak_only=_rarely(True, (True,), False),
    )
    return st.lists(row, max_size=3)


@lru_cache
def _distance_rows(ids: Ids, counties: Ids) -> st.SearchStrategy[list[Distance]]:
    ends = st.sampled_from((*permutations(ids, 2), *permutations(counties, 2)))
    row = st.builds(lambda pair, hectometres: builders.distance(*pair, hectometres / 10),
                    ends, st.integers(1, 1200))
    return st.lists(row, max_size=4, unique_by=lambda d: (d.origin, d.destination))


@lru_cache
def _staffing_rows(homes: Ids) -> st.SearchStrategy[list[Staffing]]:
    row = st.builds(builders.staffing, st.sampled_from(homes), st.sampled_from(STAGES),
                    subject=st.sampled_from((None, *SUBJECTS)), send_max=st.none() | st.integers(0, 2),
                    staff=st.none() | st.integers(3, 9), exchange_staff=st.none() | st.integers(0, 4),
                    pupils=st.none() | st.integers(0, 90))
    return st.lists(row, max_size=3, unique_by=lambda r: r[:3])


@lru_cache
def _ledger_rows(teachers: Ids, sites: Ids) -> st.SearchStrategy[list[LedgerRow]]:
    row = st.builds(LedgerRow, st.sampled_from(teachers), st.none() | st.sampled_from(sites), st.none(),
                    st.sampled_from(("听课", "教研", "其他")), st.sampled_from((0.5, 1.0, 4.0, 10.0)), st.none())
    return st.lists(row, max_size=4)


def places(some: Iterable[Site]) -> Ids:
    """Every name that a pairing row can use for one of the sites."""
    return tuple(sorted({name for s in some for name in (s.site_id, s.county, s.prefecture, s.consortium) if name}))


@st.composite
def instances(draw: st.DrawFn, max_teachers: int = 6, max_needs: int = 5, max_homes: int = 2, max_hosts: int = 3,
              features: Features = ALL) -> Instance:
    """A small lawful instance: reading what is written of it finds no error.

    It may still be impossible to satisfy: leave out ``locks``, ``mandatory`` and ``pairings`` where that matters.
    """
    where = draw(sites(max_homes, max_hosts, features))
    posts = draw(needs(where, max_needs, features))
    staff = draw(teachers(where, posts, max_teachers, features))
    rows = {
        "pairings": _pairing_rows(places(_homes(where)), places(_hosts(where))),
        "distances": _distance_rows(_ids(where), _counties(where)),
        "staffing": _staffing_rows(_ids(where)),
        "ledger": _ledger_rows(tuple(t.teacher_id for t in staff), _ids(_hosts(where))),
        "dictionary": st.just([builders.dictionary_row()]),
    }
    return builders.instance(where, posts, staff, **{k: draw(v) for k, v in rows.items() if k in features})
