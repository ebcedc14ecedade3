"""Balance recounted (reading 40)."""

from fractions import Fraction

import pytest

from matching.domain.findings import InputError
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import balance, broken, judge, judge_pairs, policy

SITES = [b.site("A", county="甲县"), b.site("B", county="甲县"), b.site("C", county="乙县", township="镇"),
         b.site("D", "receiver", county="乙县")]
NEEDS = [b.need("NA", "A", 5), b.need("NB", "B", 5, subject="math"), b.need("NC", "C", 5),
         b.need("ND", "D", 5, modes=("part_time", "resident"))]
TEACHERS = [b.teacher("A1", "A", subject="math"), b.teacher("A2", "A"), b.teacher("B1", "B"),
            b.teacher("C1", "C", status="pending"), b.teacher("C2", "C", modes=("part_time", "resident")),
            b.teacher("P1", "B", modes=("part_time",))]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS)


def lines(rule, *pairs):
    return {x.group: (x.value, x.required, x.ok, x.shortfall) for x in judge_pairs(INSTANCE, policy(rule), pairs).rules}


def test_groups_are_places_of_approved_teachers():
    """D sends nobody; C1 is not approved, C2 is; part-time placements leave nobody."""
    found = lines(balance("b", at_least=0, at_most=0), ("A1", "NB"), ("A2", "NC"), ("B1", "ND"), ("P1", "ND"))
    assert found == {"A": (2, 0, False, 2), "B": (0, 0, True, 0), "C": (-1, 0, False, 1)}


def test_groups_of_a_subject_are_of_teachers_and_needs():
    found = lines(balance("b", "home * subject", at_least=-1, at_most=1), ("A1", "NB"), ("A2", "NB"), ("B1", "NB"))
    assert found == {
        "A * math": (1, "-1..1", True, 0), "A * chinese": (1, "-1..1", True, 0), "B * chinese": (1, "-1..1", True, 0),
        "C * chinese": (0, "-1..1", True, 0), "B * math": (-3, "-1..1", False, 2)}


def test_groups_by_county_and_by_what_may_be_empty():
    """Within a county, one leaves and one comes; only C has a township."""
    assert lines(balance("b", "home.county", at_most=0), ("A1", "NB"), ("B1", "NC")) == {
        "甲县": (1, 0, False, 1), "乙县": (-1, 0, True, 0)}
    assert lines(balance("b", "home.township", at_most=0), ("C2", "NA")) == {"镇": (1, 0, False, 1)}


def test_only_placements_that_match():
    rule = balance("b", when="host.county = 乙县", enforce="report")
    assert lines(rule, ("A1", "NC"), ("A2", "NB"), ("C2", "NA")) == {
        "A": (1, "", True, 0), "B": (0, "", True, 0), "C": (-1, "", True, 0)}


def test_bounds_count_whole_persons():
    assert lines(balance("b", at_least=-0.5, at_most=1.5), ("A1", "NB"), ("A2", "NC")) == {
        "A": (2, "0..1", False, 1), "B": (-1, "0..1", False, 1), "C": (-1, "0..1", False, 1)}


def test_a_breach_says_who_leaves_and_who_comes():
    found = judge_pairs(INSTANCE, policy(balance("b", at_most=0, at_least=-2)), [("A1", "NB"), ("A2", "NC")])
    assert broken(found) == [("b", "A")]
    breach = found.breaches[0]
    assert (breach.value, breach.required) == (2, 0)
    assert breach.text.zh == "规则b（“A”）：派出 2 人，到岗 0 人，净派出 2 人，至多可为 0 人，多 2 人"
    assert breach.text.en.endswith("2 leave and 0 come, which is a balance of 2, at most 0 allowed, 2 too many")
    low = judge_pairs(INSTANCE, policy(balance("b", at_least=0)), [("A1", "NB")]).breaches
    assert [x.text.zh for x in low] == ["规则b（“B”）：派出 0 人，到岗 1 人，净派出 -1 人，至少应为 0 人，差 1 人"]


def test_an_elastic_balance_costs_its_shortfall():
    rules = policy(balance("b", at_least=0, at_most=0, enforce="elastic", penalty=3), goals=(Goal("shortfall"),))
    found = judge(INSTANCE, rules, ("A1", "NC"), ("A2", "NC"))
    assert found.ok
    assert [tuple(g) for g in found.goals] == [("shortfall", 12)]


@pytest.mark.parametrize("per", ["host", "subject", "home * title"])
def test_what_has_no_balance_is_refused(per):
    with pytest.raises(InputError):
        lines(balance("b", per, at_most=Fraction(0)))
