"""Who is back, whose title moves on, who leaves, who comes."""

from datetime import date

import numpy as np

from matching.domain.text import Text
from matching.policy import condition
from matching.policy.model import Require
from matching.scenarios.years import year_policy
from matching.scenarios.years.assumptions import Assumptions
from matching.scenarios.years.former import former_services
from matching.scenarios.years.members import Member, register
from matching.scenarios.years.service import Service
from matching.scenarios.years.successors import retires, successor
from matching.scenarios.years.titles import moved_on, waits
from matching.scenarios.years.turn_of_year import NewYear
from tests.builders import teacher
from tests.scenarios.years.cases import REFERENCE, base, town

TODAY = date(2027, 9, 1)


def member(**columns):
    made = teacher("T1", "S1", **columns)
    return Member(made, made, 0)


def turned(instance, number=1, back=(), running=(), policy=None, **assumed):
    year = NewYear(instance, year_policy.of_year(policy or base(), number), number, 2026 + number, tuple(back),
                   tuple(running), {}, Assumptions(**assumed), 0)
    return year.turned(register(instance.teachers))


def test_a_senior_title_waits_for_rural_service_in_town():
    due = member(title="first", title_since=date(2022, 9, 1))
    assert waits(due, town(), TODAY, Assumptions())
    assert not waits(due, town(), date(2026, 9, 1), Assumptions())
    waiting, gained = moved_on(due, town(), TODAY, Assumptions())
    assert gained is None
    assert waiting.teacher.promotion_need
    after = waiting._replace(credited=waiting.credited + 1)
    moved, gained = moved_on(after, town(), date(2030, 9, 1), Assumptions())
    assert gained is not None
    assert gained.waited
    assert moved.teacher.title == "senior"
    assert not moved.teacher.promotion_need
    assert moved.teacher.title_since == date(2030, 9, 1)


def test_other_titles_move_on_by_years_and_the_highest_stays():
    moved, gained = moved_on(member(title="second", title_since=date(2022, 9, 1)), town(), TODAY, Assumptions())
    assert moved.teacher.title == "first"
    assert gained is not None
    assert not gained.waited
    same, none = moved_on(member(title="senior", title_since=date(2022, 9, 1)), town(), TODAY, Assumptions())
    assert none is None
    assert same.teacher.title == "senior"
    assert moved_on(member(title="second", title_since=date(2015, 9, 1)), town(), TODAY, Assumptions())[1] is None


def test_what_the_workbook_says_waits_whatever_the_title():
    assert waits(member(title="second", promotion_need=True), town(), TODAY, Assumptions())
    assert not waits(member(title="second", promotion_need=True, rural_years=1.0), town(), TODAY, Assumptions())


def test_who_is_back_has_the_years_and_begins_anew_at_the_school():
    found = turned(town(), back=[Service("T1", "S2", "N1", 2026, 1, "resident")])
    first = found.members[0].teacher
    assert (first.rural_years, first.rural_until, first.joined) == (1.0, date(2027, 8, 1), TODAY)
    assert found.members[1].teacher.rural_years == 0
    assert found.members[0].credited == 1


def test_flags_of_the_first_year_are_over():
    found = turned(town(mandatory=True, deferred=True, lock_need="N1", last_need="N1"))
    assert all(not (t.mandatory or t.deferred or t.lock_need or t.last_need) for t in found.teachers)


def test_who_retires_is_followed_by_somebody_new_but_not_during_a_term():
    old = town(birth=date(1967, 1, 1), gender="male")
    running = [Service("T1", "S2", "N1", 2026, 3, "resident")]
    found = turned(old, running=running)
    assert [m.id for m in found.members] == ["T1", "T2-2027", "T3-2027"]
    assert {a.why for a in found.arrivals} == {"retired"}
    assert retires(old.teachers[0], TODAY, 60, 55)
    assert not retires(old.teachers[0], TODAY, 61, 55)


def test_who_is_past_an_age_limit_makes_place():
    limit = Require(id="age", title=Text("年龄", "age"), that=(condition("age <= 36"),))
    policy = base(rules=(*base().rules, limit))
    assert [a.why for a in turned(town(), policy=policy).arrivals] == ["grown_out"] * 3
    assert not turned(town()).arrivals


def test_a_successor_is_as_the_other_came_younger_and_new():
    left = member(birth=date(1985, 3, 1), gender="female", rural_years=3.0, rural_until=date(2020, 1, 1), pref_1="S2",
                  title_since=date(2026, 8, 1), mandatory=True)
    made = successor(left, 4, 2030, date(2030, 9, 1), np.random.default_rng(1), {"T1", "T1-2030"}).teacher
    assert made.teacher_id == "T1-2030x"
    assert date(1989, 3, 1) <= made.birth <= date(1999, 3, 1)
    assert (made.rural_years, made.rural_until, made.pref_1, made.mandatory) == (0.0, None, None, False)
    assert made.title_since == date(2029, 9, 1)
    assert made.gender == "female"
    assert made.home_site == "S1"
    later = successor(Member(made, made, 4), 9, 2035, date(2035, 9, 1), np.random.default_rng(1), set()).teacher
    assert later.teacher_id == "T1-2030x-2035" or later.teacher_id == "T1-2035"


def test_former_service_is_known_from_the_workbook():
    instance = town(rural_years=2.0, rural_until=date(2024, 7, 1))
    found = former_services(instance, REFERENCE, 2026)
    assert set(found.services) == {Service(f"T{k}", None, None, 2022, 2, None) for k in (1, 2, 3)}
    assert all(s.end <= 2026 for s in found.services)
    last = former_services(town(last_need="N1"), REFERENCE, 2026)
    assert last.services[0] == Service("T1", "S2", "N1", 2025, 1, None)
    assert not former_services(town(), REFERENCE, 2026).services
