"""What is named where rules clash, and the least by which they would have to give way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matching import engines
from matching.domain.text import Text
from matching.explain.conflicts.conflict import diagnose
from matching.policy import load
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Goal, Quota, Variant
from matching.problem import compile
from tests.builders import instance, need, site, staffing, teacher

BASE = load("base")
TITLE = Text("测试", "Test")


def made(*teachers, needs=()):
    sites = [site("A", county="X"), site("B", county="Y"), site("C", "receiver", county="Z")]
    return instance(sites, [need("N1", "B"), need("N2", "C"), *needs], list(teachers),
                    staffing=[staffing("C", exchange_staff=5)])


def told(case, *rules, **policy):
    problem = compile(case, replace(BASE, rules=(*rules, *BASE.rules), **policy))
    assert engines.solve(problem.program, in_process=True).status == "infeasible"
    found = diagnose(problem, in_process=True)
    relaxation = found.relaxations[0]
    return set(found.conflict), relaxation.total, {tuple(change) for change in map(_row, relaxation.changes)}


def _row(change):
    return change.rule, change.group, change.bound, change.before, change.after


def test_a_balance_clashes_with_who_must_go():
    case = made(teacher("T1", "A", mandatory=True), teacher("T2", "B"))
    conflict, total, changes = told(case, Balance(id="even", title=TITLE, at_most=Fraction(0)))
    assert conflict == {("even", "A"), ("mandatory", "T1")}
    assert (total, len(changes)) == (1, 1)
    assert changes <= {("even", "A", "at_most", 0, 1), ("mandatory", "T1", "place", 1, 0)}


def test_too_few_sites_can_be_reached():
    case = made(teacher("T1", "A"), teacher("T2", "A"))
    conflict, total, changes = told(case, Quota(id="wide", title=TITLE, measure="sites", at_least=Fraction(3)))
    assert ("wide", "plan") in conflict
    assert (total, changes) == (1, {("wide", "plan", "at_least", 3, 2)})


def test_more_teachers_who_must_go_than_sites_allowed():
    case = made(teacher("T1", "A", mandatory=True), teacher("T2", "A", mandatory=True))
    conflict, total, _ = told(case, Quota(id="narrow", title=TITLE, measure="sites", at_most=Fraction(1)))
    assert conflict >= {("narrow", "plan"), ("mandatory", "T1"), ("mandatory", "T2")}
    assert total == 1


def test_what_is_there_already_alone_exceeds_the_bound():
    there = FieldRef("host.exchange_staff")
    rule = Quota(id="most", title=TITLE, per=("host.site_id",), at_most=Fraction(3), plus=there)
    conflict, total, changes = told(made(teacher("T1", "A")), rule)
    assert (conflict, total) == ({("most", "C")}, 2)
    assert changes == {("most", "C", "at_most", 3, 5)}


def test_one_who_must_go_but_may_go_nowhere_is_named_with_the_rule_that_refuses_them():
    case = made(teacher("T1", "A", mandatory=True, subject="pe"), teacher("T2", "A"))
    conflict, total, changes = told(case)
    assert conflict == {("mandatory", "T1"), ("subject", "T1")}
    assert (total, changes) == (1, {("mandatory", "T1", "place", 1, 0)})


def test_one_whom_several_rules_refuse_is_named_with_all_of_them():
    case = made(teacher("T1", "A", mandatory=True, avoid_sites=("B",), max_km=5.0),
                needs=[need("N3", "C", stage="junior")])
    case = replace(case, needs=tuple(n._replace(min_title="senior") if n.need_id == "N2" else n for n in case.needs))
    conflict, _, _ = told(replace(case, teachers=(case.teachers[0]._replace(max_km=None),)))
    assert conflict == {("mandatory", "T1"), ("avoid", "T1"), ("min-title", "T1"), ("stage", "T1")}


def test_the_columns_of_a_fair_goal_have_no_part_in_a_clash():
    variant = Variant("fairest", TITLE, goals=(Goal("fair", leximin=True),))
    case = made(teacher("T1", "A", mandatory=True, subject="pe"), teacher("T2", "A"))
    conflict, _, _ = told(case, goals=(Goal("fair"), Goal("fill")), variants=(variant,))
    assert conflict == {("mandatory", "T1"), ("subject", "T1")}
