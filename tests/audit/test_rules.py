"""Require, place and together rules recounted, and what stays unverified."""

import pytest

from matching.audit import Unverified, facts
from matching.domain.findings import InputError
from tests import builders as b
from tests.audit.helpers import broken, judge, place, policy, require, together

SITES = [b.site("S1", "sender", county="甲县"), b.site("R1", "receiver", county="乙县"),
         b.site("R2", "receiver", county="乙县"), b.site("R3", "receiver", county="丙县")]
NEEDS = [b.need("N1", "R1", 9), b.need("N2", "R2", 9), b.need("N3", "R3", 9, subject="math")]
TEACHERS = [b.teacher("T1", "S1", group="甲", gender="male"), b.teacher("T2", "S1", group="甲", mandatory=True),
            b.teacher("T3", "S1", group="乙", max_km=9.5), b.teacher("T4", "S1", group="甲", deferred=True)]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS, distances=[b.distance("S1", "R1", 9.6)])


def test_a_pair_that_a_hard_rule_refuses_is_a_breach_with_its_figures():
    found = judge(INSTANCE, policy(require("max-km", that="km <= max_km")), ("T3", "N1"), ("T1", "N1"))
    assert broken(found) == [("max-km", "T3 -> N1")]
    breach = found.breaches[0]
    assert (breach.value, breach.required) == ("9.6", "km <= max_km (max_km = 9.5)")
    assert breach.text.zh == "教师 T3 到岗位 N1 不符合“规则max-km”：公里数为9.6，要求 km <= max_km（max_km 为9.5）"
    assert breach.text.en == ("teacher T3 at post N1 does not meet 'Rule max-km': km is 9.6, "
                              "but km <= max_km (max_km = 9.5) is required")
    assert found.rules == ()


def test_when_narrows_a_require_rule_and_missing_is_no():
    rule = require("r", when="gender = male", that="host = R9")
    assert broken(judge(INSTANCE, policy(rule), ("T1", "N1"), ("T2", "N1"))) == [("r", "T1 -> N1")]


@pytest.mark.parametrize(("unknown", "breaches"), [("refuse", [("r", "T2 -> N1")]), ("accept", [])])
def test_a_missing_value_is_refused_or_accepted_and_listed_either_way(unknown, breaches):
    found = judge(INSTANCE, policy(require("r", that="gender = male"), unknown=unknown), ("T1", "N1"), ("T2", "N1"))
    assert broken(found) == breaches
    assert found.unverified == (Unverified("r", "T2", "N1"),)


@pytest.mark.parametrize("enforce", ["elastic", "report"])
def test_elastic_and_report_requires_are_measured(enforce):
    found = judge(INSTANCE, policy(require("r", that="gender = male", enforce=enforce)), ("T1", "N1"), ("T2", "N1"))
    assert broken(found) == []
    assert found.rules == (("r", "plan", 1, 0, False, 1),)
    assert len(found.unverified) == 1


def test_place():
    rule = place("mandatory", when="mandatory = yes")
    assert broken(judge(INSTANCE, policy(rule), ("T1", "N1"))) == [("mandatory", "T2")]
    assert judge(INSTANCE, policy(rule), ("T2", "N1")).rules == (("mandatory", "T2", 1, 1, True, 0),)


@pytest.mark.parametrize(("pairs", "ways"), [
    ([], None), ([("T1", "N1"), ("T2", "N2")], None), ([("T1", "N1")], 2), ([("T1", "N1"), ("T2", "N3")], 2),
    ([("T3", "N3")], None), ([("T1", "N1"), ("T1", "N3")], 3),
])
def test_together(pairs, ways):
    """T4 is deferred and left out; 乙 is a group of one."""
    found = judge(INSTANCE, policy(together("group")), *pairs)
    assert [(x.group, x.value, x.required) for x in found.breaches] == ([("甲", ways, 1)] if ways else [])


def test_together_in_the_same_school():
    rule = together("group", per="host")
    found = judge(INSTANCE, policy(rule), ("T1", "N1"), ("T2", "N2"))
    assert found.breaches[0].text.zh == "规则group：“甲”共 2 人，安置 2 人，去往 2 处（R1、R2），应同去一处或都不去"


@pytest.mark.parametrize("rule", [place("p", when="host = R1"), together("g", when="km > 3"),
                                  together("g", by="need.subject")])
def test_rules_of_teachers_may_not_speak_of_posts(rule):
    with pytest.raises(InputError):
        judge(INSTANCE, policy(rule))


def test_facts_answer_for_any_pair():
    rules = [require("subject", that="subject_fit != none"), require("max-km", that="km <= max_km"),
             require("soft", that="host = R9", enforce="report"), require("off", that="host = R9", on=False)]
    found = facts(INSTANCE, policy(*rules))
    assert found.refusals("T3", "N3") == ("subject", "max-km")
    assert found.refusals("T1", "N3") == ("subject",)
    assert found.eligible("T1", "N1")
    assert not found.eligible("T3", "N1")
    assert found.eligible_needs("T1") == 0b011
    with pytest.raises(KeyError):
        found.refusals("T9", "N1")
