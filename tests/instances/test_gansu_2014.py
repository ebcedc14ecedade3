"""The figures of the source, and that the roster can be what its README says."""

from collections import Counter

import pytest
from instances.gansu_2014 import figures as f
from instances.gansu_2014.generate import HERE, build

from matching.domain.terms import BACKBONE
from matching.policy import load
from matching.problem import compile
from matching.tables import read

CASES = ("lock", "must", "group", "deferred", "open")


@pytest.fixture(scope="module")
def instance():
    return build()


def test_teachers_are_the_chosen_in_the_stages_of_those_who_arrived(instance):
    stages = Counter(t.stages[0] for t in instance.teachers)
    assert sum(f.ARRIVED_BY_STAGE.values()) == 1348
    assert stages == {"preschool": 106, "primary": 754, "junior": 347, "senior": 144, "vocational": 49}
    assert stages.total() == f.CHOSEN == 1400
    assert all(abs(stages[s] - n * 1400 / 1348) < 1 for s, n in f.ARRIVED_BY_STAGE.items())


def test_seats_and_receiving_counties(instance):
    assert sum(n.count for n in instance.needs) == f.SEATS == 1500
    assert {instance.site[n.site_id].county for n in instance.needs} == f.POOR_COUNTIES
    assert len(f.POOR_COUNTIES) == 58
    assert Counter(s.role for s in instance.sites) == {"sender": 200, "receiver": 190}
    assert {n.term for n in instance.needs} == {1.0}


def test_a_school_in_luqu_teaches_in_tibetan_and_speakers_may_go_there(instance):
    (school,) = [s for s in instance.sites if s.language]
    assert (school.county, school.language) == ("碌曲县", "藏语")
    assert sum(n.count for n in instance.needs if n.subject == "tibetan") == 3
    assert sum("藏语" in t.languages for t in instance.teachers) == 16


def test_backbone_is_23_percent(instance):
    county = BACKBONE.rank("county")
    assert sum(BACKBONE.rank(instance.backbone_level(t)) >= county for t in instance.teachers) == f.BACKBONE


def test_special_cases_do_not_meet_in_one_person(instance):
    counted = Counter()
    for t in instance.teachers:
        cases = [bool(t.lock_need), t.mandatory, bool(t.group), t.deferred, t.status != "approved"]
        assert sum(cases) <= 1
        counted.update(name for name, case in zip(CASES, cases, strict=True) if case)
    assert counted == {"lock": 6, "must": 24, "group": 14, "deferred": 12, "open": 12}


def test_the_only_teacher_of_a_subject_stays(instance):
    assert all(row.send_max < row.staff for row in instance.staffing)


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "gansu_2014.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_the_policy_is_the_preset_with_the_planners_figures():
    policy, preset = load(HERE / "policy.toml"), load("gansu_2014")
    assert {r.id for r in preset.rules} <= {r.id for r in policy.rules}
    assert policy.reference_date == f.REFERENCE


def test_pairs_are_as_many_as_the_benchmarks_count_on(instance):
    problem = compile(instance, load(HERE / "policy.toml"))
    assert 30_000 < problem.program.n_arcs < 60_000
    bound_to_go = [t.teacher_id for t in instance.teachers if t.lock_need or t.mandatory]
    teachers = [t.teacher_id for t in instance.teachers]
    assert set(bound_to_go) <= {teachers[i] for i in problem.arcs.teacher}
