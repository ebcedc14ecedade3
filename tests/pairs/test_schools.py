"""School pairs: best by brute force, read back as pairings, and clear where there is nothing to pair."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.pairs import alone, design, pairing_rows, school_pairs, write_design
from matching.planner import solve
from matching.policy import load, replace
from matching.tables import read, write
from matching.travel import Distances
from tests.builders import distance, instance, need, pairing, site, teacher

SUBJECTS = ("chinese", "math", "english")
STAGES = (("primary",), ("junior",), ("primary", "junior"))
subjects = st.sets(st.sampled_from(SUBJECTS), max_size=2).map(lambda found: tuple(sorted(found)))


def schools(weak: list[dict], strong: list[dict]) -> Instance:
    """Weak schools W0, W1, ... and others A0, A1, ..."""
    return instance([*(site(f"A{n}", "sender", **values) for n, values in enumerate(strong)),
                     *(site(f"W{n}", "receiver", weak=True, **values) for n, values in enumerate(weak))], [], [])


@st.composite
def cases(draw: st.DrawFn) -> Instance:
    point = st.fixed_dictionaries({"lon": st.integers(1000, 1012).map(lambda n: n / 10), "lat": st.just(36.0),
                                   "stages": st.sampled_from(STAGES)})
    weak = st.tuples(point, st.fixed_dictionaries({"weak_subjects": subjects}))
    size = st.sampled_from(({}, {"staff": 150}, {"pupils": 2000}, {"staff": 40, "pupils": 1999}))
    strong = st.tuples(point, st.fixed_dictionaries({"strong_subjects": subjects}), size)
    return schools([a | b for a, b in draw(st.lists(weak, min_size=1, max_size=4))],
                   [a | b | c for a, b, c in draw(st.lists(strong, min_size=1, max_size=3))])


def best(case: Instance) -> tuple[int, int, int]:
    """The most pairs, then the most that meet a weakness, then the least hectometres, by trying everything."""
    weak = [s for s in case.sites if s.weak]
    strong = [s for s in case.sites if not s.weak]
    how_far = Distances(case, load("pairs").detour)
    found = (0, 0, 0)
    for chosen in product([None, *strong], repeat=len(weak)):
        pairs = [(a, w) for a, w in zip(chosen, weak, strict=True) if a is not None]
        far = [how_far.hectometres(a.site_id, w.site_id) for a, w in pairs]
        if all(set(a.stages) & set(w.stages) for a, w in pairs) and all(hm <= 1000 for hm in far) and all(
                chosen.count(a) <= (2 if (a.staff or 0) >= 100 or (a.pupils or 0) >= 2000 else 1) for a in strong):
            met = sum(bool(set(a.strong_subjects) & set(w.weak_subjects)) for a, w in pairs)
            found = max(found, (len(pairs), met, -sum((hm + 5) // 10 for hm in far)))
    return found


@settings(max_examples=25, deadline=None)
@given(cases())
def test_no_other_pairs_are_better(case):
    made = design(case, workers=1)
    pairs = school_pairs(made)
    km = sum(int(pair.km * 10 + 5.5) // 10 for pair in pairs)
    assert (len(pairs), sum(bool(pair.strengths) for pair in pairs), -km) == best(case)
    assert made.plan.status == "optimal"
    assert len(pairs) + len(alone(made)) == len(made.result.instance.needs)


CASE = schools(
    [{"weak_subjects": ("math",), "lon": 103.2, "lat": 36.0},
     {"weak_subjects": ("english",), "lon": 103.0, "lat": 36.0},
     {"lon": 103.1, "lat": 36.0}, {"stages": ("senior",), "lon": 103.1, "lat": 36.0}, {"lon": 113.1, "lat": 36.0}],
    [{"strong_subjects": ("math",), "lon": 103.0, "lat": 36.0, "staff": 100},
     {"strong_subjects": ("english",), "lon": 103.2, "lat": 36.0, "pupils": 1999}])


def test_strengths_come_before_distance_and_a_large_school_takes_two():
    pairs = {(p.supporter.site_id, p.supported.site_id): p.strengths for p in school_pairs(design(CASE))}
    assert pairs == {("A0", "W0"): ("math",), ("A1", "W1"): ("english",), ("A0", "W2"): ()}


def test_those_left_alone_are_named_with_the_rule():
    found = {line.who[0]: line for line in alone(design(CASE))}
    assert {who: line.reason for who, line in found.items()} == {"W3": "common-stage", "W4": "reach"}
    assert "有共同学段" in found["W3"].text.zh


def test_a_bureau_changes_the_numbers_by_its_policy():
    nearer = replace(load("pairs"), {"reach.that": "km < 10"})
    made = design(CASE, nearer)
    assert {(p.teacher, p.need) for p in made.pairs} == {("A1", "W0"), ("A0", "W1")}
    assert {line.who[0]: line.reason for line in alone(made)}["W2"] == "reach"


def test_pairings_there_are_hold():
    rows = {"pairings": [pairing("A0", "W0", "forbid"), pairing("A1", "W2", "must")]}
    made = design(Instance(CASE.sites, (), (), **{k: tuple(v) for k, v in rows.items()}))
    pairs = {(p.teacher, p.need) for p in made.pairs}
    assert ("A1", "W2") in pairs
    assert ("A0", "W0") not in pairs


def test_the_sheet_reads_back_and_its_pairs_hold(tmp_path):
    posts = [need(f"N{n}", f"W{n}") for n in range(3)]
    people = [teacher(f"T{n}", f"A{n % 2}") for n in range(6)]
    whole = Instance(CASE.sites, tuple(posts), tuple(people))
    write(whole, tmp_path / "input.xlsx")
    made = design(whole)
    write_design(made, tmp_path / "结对.xlsx")
    reading = read([tmp_path / "input.xlsx", tmp_path / "结对.xlsx"])
    assert reading.instance is not None
    assert reading.instance.pairings == pairing_rows(made)
    designed = {(p.teacher, p.need) for p in made.pairs}
    plan = solve(reading.instance, load("base"), workers=1).main.plan
    gone = {(whole.teacher[p.teacher].home_site, whole.need[p.need].site_id) for p in plan.placements}
    assert gone == designed


def test_both_ways_and_the_same_bytes_again(tmp_path):
    made = design(CASE)
    assert all(row.two_way for row in pairing_rows(made, two_way=True))
    for name in ("a.xlsx", "b.xlsx"):
        write_design(made, tmp_path / name, "en", two_way=True)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_stated_distance_decides():
    sites = [site("A", "sender"), site("W", "receiver", weak=True, county="Y")]
    assert not design(instance(sites, [], [])).pairs
    assert design(instance(sites, [], [], distances=[distance("A", "W", 99.9)])).pairs


@pytest.mark.parametrize(("weak", "strong", "code"), [([], [{}], "no_weak_site"), ([{}], [], "no_supporter")])
def test_nothing_to_pair_is_a_finding(weak, strong, code):
    with pytest.raises(InputError) as refused:
        design(schools(weak, strong))
    assert [f.code for f in refused.value.findings] == [code]
