"""The tiny instance is what its README says."""

from fractions import Fraction

import numpy as np
import pytest
from instances.tiny.generate import HERE, build

from matching.audit import audit
from matching.domain.plan import Plan
from matching.domain.records import Need, Site, Teacher
from matching.explain.reasons import Reasons
from matching.policy import load, with_rows
from matching.problem import compile as compile_problem
from matching.tables import read
from matching.travel import Distances

ELIGIBLE = {
    "T01": {"N1"}, "T02": {"N1"}, "T03": {"N2", "N5"}, "T04": {"N2", "N5"}, "T05": {"N3"}, "T06": {"N3"},
    "T07": {"N4"}, "T08": set(), "T09": {"N5"}, "T10": {"N9"}, "T11": {"N6"}, "T12": {"N8"}, "T13": {"N1"},
    "T14": {"N7"}, "T15": set(),
}
MAIN = {"T02": "N1", "T03": "N2", "T04": "N5", "T06": "N3", "T07": "N4", "T09": "N5", "T10": "N9", "T12": "N8",
        "T13": "N1"}
REFUSED = {
    ("T01", "N10"): ("pairing",), ("T02", "N10"): ("pairing",), ("T05", "N7"): ("max-km",), ("T08", "N4"): ("status",),
    ("T07", "N9"): ("post-type", "mode", "not-own-site", "pairing"), ("T09", "N2"): ("backbone-required", "lock"),
    ("T10", "N4"): ("not-own-site", "pairing"), ("T13", "N10"): ("not-own-site",), ("T13", "N5"): ("avoid",),
    ("T13", "N2"): ("backbone-required",), ("T15", "N1"): ("deferred",),
}
KM = {
    ("S1", "R1"): 620, ("S1", "R2"): 723, ("S1", "R3"): 1500, ("S1", "R4"): 1500, ("S1", "S2"): 145, ("S1", "S3"): 434,
    ("S2", "R1"): 578, ("S2", "R2"): 578, ("S2", "R3"): 1500, ("S2", "R4"): 1500, ("S2", "S3"): 289,
    ("S3", "R1"): 289, ("S3", "R2"): 289, ("S3", "R3"): 1012, ("S3", "R4"): None, ("S3", "S2"): 289,
    ("R2", "R1"): 0, ("R2", "R3"): 723, ("R2", "R4"): None, ("R2", "S2"): 578, ("R2", "S3"): 289,
}


@pytest.fixture(scope="module")
def instance():
    return build()


@pytest.fixture(scope="module")
def problem(instance):
    policy = load(HERE / "policy.toml", vocabularies=instance.vocabularies)
    return compile_problem(instance, with_rows(policy, instance))


def test_the_workbook_is_what_the_generator_makes(instance):
    reading = read(HERE / "tiny.xlsx")
    assert reading.findings == ()
    assert reading.instance == instance


def test_who_can_go_where(instance, problem):
    found = {t.teacher_id: {n.need_id for n in instance.needs if not problem.refusals(t.teacher_id, n.need_id)}
             for t in instance.teachers}
    assert found == ELIGIBLE


@pytest.mark.parametrize(("pair", "rules"), REFUSED.items())
def test_why_not_elsewhere(problem, pair, rules):
    assert problem.refusals(*pair) == rules


@pytest.mark.parametrize(("pair", "hectometres"), KM.items())
def test_how_far_it_is(instance, pair, hectometres):
    assert Distances(instance, Fraction(13, 10)).hectometres(*pair) == hectometres


@pytest.mark.parametrize(("kind", "rows", "unused"), [
    (Site, "sites", {"adcode"}),
    (Need, "needs", set()),
    (Teacher, "teachers", {"pref_3"}),
])
def test_every_column_is_used(instance, kind, rows, unused):
    used = {name for record in getattr(instance, rows) for name, value in zip(kind._fields, record, strict=True)
            if value not in (None, (), False)}
    assert set(kind._fields) - used == unused


@pytest.fixture(scope="module")
def main(problem):
    x = np.zeros(problem.program.n_columns, np.int64)
    x[problem.columns(list(MAIN.items()))] = 1
    return problem.decode(x)


def test_the_best_plan_breaks_no_rule_and_has_the_readmes_figures(problem, main):
    policy = problem.policy
    judged = audit(problem.instance, policy, Plan("main", "unknown", 0, main, edited=True))
    assert judged.breaches == ()
    assert {line.goal: line.value for line in judged.goals} == {"fill": 37, "shortfall": 2, "points": 803}
    assert sum(placement.yuan for placement in main) == 177_500


def test_the_reasons_are_the_readmes(problem, main):
    reasons = Reasons(problem, main)
    assert {u.teacher: u.reason for u in reasons.unplaced()} == {
        "T01": "send-max-subject", "T05": "no_seat_left", "T11": "beds-men", "T14": "receive-max"}
    assert {(u.need, u.gap): u.reason for u in reasons.unfilled()} == {
        ("N1", 1): "send-max-subject", ("N6", 1): "beds-men", ("N7", 1): "receive-max", ("N10", 1): "pairing"}
