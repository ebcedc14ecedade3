"""Hypothesis strategies for small lawful instances; `tests.wild` has those with every column and odd text.

`instances` is what problem, audit and engines are tested on: a few sites in three counties, two subjects and two
stages, so that many pairs are eligible, and every limit that a workbook can state, each a feature that can be
left out: ``instances(features=ALL - {"locks", "mandatory"})``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from matching.domain.instance import Instance
from matching.domain.records import Distance, Need, Pairing, Site, Staffing, Teacher
from tests import builders

ALL = frozenset({
    "alternatives", "avoid", "backbone", "beds", "coordinates", "dictionary", "distances", "dorms", "facts", "gender",
    "groups", "languages", "limits", "locks", "mandatory", "max_km", "modes", "pairings", "post_types", "staffing",
    "statuses", "titles", "wishes",
})
SUBJECTS = ("chinese", "math")
STAGES = ("primary", "junior")
PREFECTURES = {"甲县": "东市", "乙县": "东市", "丙县": "西州"}
TITLES = ("none", "second", "first", "senior")
LEVELS = ("none", "school", "county", "city")
MODES = (("resident",), ("resident", "part_time"), ("part_time", "resident"), ("online",))
MONTHS = st.dates(date(1966, 1, 1), date(2003, 12, 1)).map(lambda day: day.replace(day=1))
RECENT = st.dates(date(2008, 1, 1), date(2026, 8, 1)).map(lambda day: day.replace(day=1))

Features = Collection[str]


def _maybe(on: bool, values: st.SearchStrategy[Any], default: Any = None) -> st.SearchStrategy[Any]:
    """Draw the default at least as often as one of `values`; always where the feature is not `on`."""
    return st.just(default) | values if on else st.just(default)


def _rarely(on: bool, values: st.SearchStrategy[Any], default: Any = None) -> st.SearchStrategy[Any]:
    return _maybe(on, st.sampled_from((0, 1, 2)).flatmap(lambda n: st.just(default) if n else values), default)


def _some(words: Sequence[str], least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), min_size=least, max_size=2, unique=True).map(tuple)


def _host_limits(features: Features) -> dict[str, st.SearchStrategy[Any]]:
    few = st.integers(0, 3)
    return {
        "beds": _maybe("beds" in features, few),
        "beds_men": _rarely("beds" in features, few),
        "beds_women": _rarely("beds" in features, few),
        "dorm": _rarely("dorms" in features, st.just("宿舍一")),
        "receive_max": _rarely("limits" in features, st.integers(1, 3)),
        "language": _rarely("languages" in features, st.just("藏语")),
    }


def _sites(ids: Sequence[str], roles: Sequence[str], features: Features) -> st.SearchStrategy[list[Site]]:
    """One site an id; the role is the first of `roles`, at times another."""
    extra = _host_limits(features) if "sender" not in roles else {
        "send_max": _rarely("limits" in features, st.integers(0, 3)),
        "eligible_count": _rarely("facts" in features, st.integers(1, 9)),
    }
    fields = st.fixed_dictionaries({
        "role": st.sampled_from(roles),
        "county": st.sampled_from(tuple(PREFECTURES)),
        "consortium": _rarely("pairings" in features, st.sampled_from(("联合体一", "联合体二"))),
        "hardship": _maybe("facts" in features, st.integers(1, 6), 0),
        "weak": st.booleans(),
        "staff": _rarely("facts" in features, st.integers(1, 20)),
        "point": _maybe("coordinates" in features, st.tuples(st.integers(0, 9), st.integers(0, 9))),
        "datum": _rarely("coordinates" in features, st.sampled_from(("GCJ02", "BD09")), "WGS84"),
        **extra,
    })
    return st.tuples(*(fields.map(lambda given, i=i: _site(i, **given)) for i in ids)).map(list)


def _site(site_id: str, point: tuple[int, int] | None, **given: Any) -> Site:
    where = {"lon": 103 + point[0] / 10, "lat": 35 + point[1] / 10} if point else {}
    return builders.site(site_id, stages=STAGES, prefecture=PREFECTURES[given["county"]], **where, **given)


def _shared_dorms(sites: list[Site]) -> list[Site]:
    """Give sites of one dormitory the same beds."""
    first = {s.dorm: s for s in reversed(sites) if s.dorm}
    same = {name: {"beds": s.beds, "beds_men": s.beds_men, "beds_women": s.beds_women} for name, s in first.items()}
    return [s._replace(**same[s.dorm]) if s.dorm else s for s in sites]


@st.composite
def sites(draw: st.DrawFn, max_homes: int = 2, max_hosts: int = 3, features: Features = ALL) -> list[Site]:
    """Sending sites S1, S2, ... and receiving ones R1, R2, ...; any may be both."""
    homes = [f"S{i + 1}" for i in range(draw(st.integers(1, max_homes)))]
    hosts = [f"R{i + 1}" for i in range(draw(st.integers(1, max_hosts)))]
    senders = draw(_sites(homes, ("sender", "both"), features))
    return _shared_dorms(senders + draw(_sites(hosts, ("receiver", "both"), features)))


def needs(need_id: str, hosts: Sequence[Site], features: Features = ALL) -> st.SearchStrategy[Need]:
    """One need at one of `hosts`."""
    return st.fixed_dictionaries({
        "site_id": st.sampled_from([s.site_id for s in hosts]),
        "count": st.integers(1, 2),
        "subject": st.sampled_from(SUBJECTS),
        "alt_subjects": _rarely("alternatives" in features, _some(SUBJECTS), ()),
        "stage": st.sampled_from(STAGES),
        "modes": _rarely("modes" in features, st.sampled_from(MODES), ("resident",)),
        "post_type": _rarely("post_types" in features, st.sampled_from(("secondment", "mentoring")), "teaching"),
        "weekly_hours": _maybe("facts" in features, st.integers(8, 20)),
        "total_hours": _maybe("modes" in features, st.integers(60, 160)),
        "term": _maybe("facts" in features, st.sampled_from((0.5, 3.0)), 1.0),
        "min_title": _rarely("titles" in features, st.sampled_from(TITLES[1:])),
        "backbone_required": _rarely("backbone" in features, st.sampled_from(("yes", "city")), "no"),
        "language": _rarely("languages" in features, st.sampled_from(("藏语", "普通话"))),
        "priority": st.integers(1, 5),
    }).map(lambda given: builders.need(need_id, **given))


def teachers(teacher_id: str, all_sites: Sequence[Site], all_needs: Sequence[Need],
             features: Features = ALL) -> st.SearchStrategy[Teacher]:
    """One teacher of one of the sending sites, not yet locked."""
    homes = [s.site_id for s in all_sites if s.role != "receiver"]
    hosts = [s.site_id for s in all_sites if s.role != "sender"]
    posts = [n.need_id for n in all_needs]
    wish = _maybe("wishes" in features, st.sampled_from([*posts, *hosts, *PREFECTURES]))
    return st.fixed_dictionaries({
        "home_site": st.sampled_from(homes),
        "gender": _maybe("gender" in features, st.sampled_from(("male", "female"))),
        "birth": _maybe("facts" in features, MONTHS),
        "stages": _some(STAGES),
        "subject": st.sampled_from(SUBJECTS),
        "alt_subjects": _rarely("alternatives" in features, _some(SUBJECTS), ()),
        "title": st.sampled_from(TITLES) if "titles" in features else st.just("first"),
        "backbone": st.sampled_from(LEVELS) if "backbone" in features else st.just("none"),
        "honours": _rarely("dictionary" in features, st.just(("学科带头人",)), ()),
        "rural_years": _maybe("facts" in features, st.sampled_from((0.5, 2.0)), 0.0),
        "rural_until": _rarely("facts" in features, RECENT),
        "modes": _rarely("modes" in features, st.sampled_from(MODES), ("resident",)),
        "post_types": _rarely("post_types" in features, st.just(("mentoring", "teaching")), ("teaching",)),
        "home_county": _rarely("facts" in features, st.sampled_from(tuple(PREFECTURES))),
        "pref_1": wish, "pref_2": wish, "pref_3": wish,
        "avoid_sites": _rarely("avoid" in features, _some(hosts), ()),
        "max_km": _rarely("max_km" in features, st.sampled_from((5.0, 40.5, 90.0))),
        "languages": _rarely("languages" in features, st.just(("藏语",)), ()),
        "score": _rarely("facts" in features, st.integers(50, 100).map(float)),
        "group": _rarely("groups" in features, st.sampled_from(("同行一", "同行二"))),
        "mandatory": _rarely("mandatory" in features, st.just(True), False),
        "deferred": _rarely("statuses" in features, st.just(True), False),
        "status": _rarely("statuses" in features, st.sampled_from(("pending", "rejected")), "approved"),
        "last_need": _maybe("facts" in features, st.sampled_from(posts)) if posts else st.none(),
    }).map(lambda given: builders.teacher(teacher_id, **given))


@st.composite
def locked(draw: st.DrawFn, staff: Sequence[Teacher], all_needs: Sequence[Need]) -> list[Teacher]:
    """Lock some teachers on a post or its site, never more than there are seats.

    Half the time only posts of the teacher's own subject and stage are offered.
    """
    seats = Counter({n.need_id: n.count for n in all_needs})
    rooms = Counter(site for n in all_needs for site in [n.site_id] * n.count)
    done = []
    for teacher in staff:
        lock = draw(_rarely(teacher.status == "approved" and not teacher.deferred,
                            st.sampled_from(_posts_for(teacher, all_needs)) if all_needs else st.none()))
        whole_site = draw(st.booleans())
        if lock and seats[lock.need_id] and rooms[lock.site_id]:
            rooms[lock.site_id] -= 1
            seats[lock.need_id] -= 1
            teacher = teacher._replace(lock_need=lock.site_id if whole_site else lock.need_id)
        done.append(teacher)
    return done


def _posts_for(teacher: Teacher, all_needs: Sequence[Need]) -> list[Need]:
    fitting = [n for n in all_needs if n.subject == teacher.subject and n.stage in teacher.stages]
    return fitting or list(all_needs)


def _places(some: Sequence[Site]) -> list[str]:
    names = {name for s in some for name in (s.site_id, s.county, s.prefecture, s.consortium) if name}
    return sorted(names)


def pairings(homes: Sequence[Site], hosts: Sequence[Site]) -> st.SearchStrategy[Pairing]:
    """One row between places of the sending and of the receiving side."""
    return st.builds(
        lambda low, more, rule, **given: builders.pairing(
            rule=rule, minimum=low, maximum=None if more is None else (low or 0) + more, **given),
        low=_rarely(True, st.integers(0, 1)), more=_rarely(True, st.integers(1, 2)),
        rule=st.sampled_from(("allow", "prefer", "allow", "forbid", "must")),
        origin=st.sampled_from(_places(homes)), destination=st.sampled_from(_places(hosts)),
        type=st.sampled_from(("staff", "staff", "material", "both")),
        two_way=_rarely(True, st.just(True), False), weak_only=_rarely(True, st.just(True), False),
    )


def distances(some: Sequence[Site]) -> st.SearchStrategy[Distance]:
    """One row between two sites or two counties."""
    ids, counties = [s.site_id for s in some], sorted({s.county for s in some})
    ends = st.sampled_from([p for stops in (ids, counties) for p in zip(stops, stops[1:] + stops[:1], strict=True)])
    return st.builds(lambda pair, km: builders.distance(*pair, km), ends, st.integers(1, 1200).map(lambda n: n / 10))


def staffing_rows(homes: Sequence[Site]) -> st.SearchStrategy[Staffing]:
    """One row that may bound how many of a main subject and stage leave."""
    return st.builds(
        builders.staffing, st.sampled_from([s.site_id for s in homes]), st.sampled_from(STAGES),
        subject=st.sampled_from((None, *SUBJECTS)), send_max=st.none() | st.integers(0, 2), staff=st.integers(3, 9))


@st.composite
def instances(draw: st.DrawFn, max_teachers: int = 6, max_needs: int = 5, max_homes: int = 2, max_hosts: int = 3,
              features: Features = ALL) -> Instance:
    """A small lawful instance: reading what is written of it finds no error.

    It may still be impossible to satisfy: leave out ``locks``, ``mandatory`` and ``pairings`` where that matters.
    """
    where = draw(sites(max_homes, max_hosts, features))
    homes, hosts = [s for s in where if s.role != "receiver"], [s for s in where if s.role != "sender"]
    posts = [draw(needs(f"N{i + 1}", hosts, features)) for i in range(draw(st.integers(1, max_needs)))]
    staff = [draw(teachers(f"T{i + 1}", where, posts, features)) for i in range(draw(st.integers(1, max_teachers)))]
    rows = {
        "pairings": draw(_maybe("pairings" in features, st.lists(pairings(homes, hosts), max_size=3), [])),
        "distances": draw(_maybe("distances" in features, st.lists(
            distances(where), max_size=4, unique_by=lambda d: (d.origin, d.destination)), [])),
        "staffing": draw(_maybe("staffing" in features, st.lists(
            staffing_rows(homes), max_size=2, unique_by=lambda r: r[:3]), [])),
        "dictionary": draw(_maybe("dictionary" in features, st.just([builders.dictionary_row()]), [])),
    }
    return builders.instance(where, posts, draw(locked(staff, posts)) if "locks" in features else staff, **rows)
