"""Years one after the other."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

import matching.scenarios.years.year as year
from matching.domain.findings import InputError
from matching.domain.text import Text
from matching.policy import condition
from matching.policy.model import Place, Quota, Require
from matching.scenarios.years import Assumptions, Ledger, Service, answer, roll
from tests.scenarios.years.cases import base, served, town


def who(found):
    return [sorted(s.teacher for s in year.begun) for year in found.years]


def test_each_serves_once_before_anybody_serves_twice():
    found = roll(town(), base(), years=4, ledger=served("T1"))
    first, second = who(found)[:2]
    assert sorted(first + second) == ["T2", "T3"]
    assert found.proven
    assert not found.out_of_turn
    assert found.begun == 4
    assert [y.year for y in found.years] == [2026, 2027, 2028, 2029]
    assert found.years[2].fair["turns"].best == 0


def test_a_term_binds_teacher_and_seat_until_it_ends():
    found = roll(town(count=1, teachers=2, term=2.5), base(), years=5, ledger=Ledger())
    assert [len(y.begun) for y in found.years] == [1, 0, 0, 1, 0]
    assert [len(y.running) for y in found.years] == [0, 1, 1, 0, 1]
    assert {s.term for s in found.ledger.services} == {3}
    assert len({s.teacher for s in found.ledger.services}) == 2


def test_who_is_serving_is_not_sent_home_by_an_age_limit():
    limit = Require(id="age", title=Text("年龄", "age"), that=(condition("age <= 36"),))
    found = roll(town(term=3.0, teachers=1), base(rules=(*base().rules, limit)), years=3, ledger=Ledger())
    assert [y.filled for y in found.years] == [1, 1, 1]
    assert found.proven


def test_a_ledger_that_runs_binds_the_first_year():
    running = Ledger((Service("T1", "S2", "N1", 2025, 2, "resident"),))
    found = roll(town(teachers=2), base(), years=2, ledger=running)
    assert [len(y.begun) for y in found.years] == [0, 1]
    assert who(found)[1] == ["T2"]


def _at_most_one():
    return Quota(id="few", title=Text("一人", "one"), at_most=Fraction(1))


def test_a_breach_has_its_reason():
    """T2 has not served; only T1 may take the post that counts for more."""
    only = Require(id="chosen", title=Text("指定", "chosen"), when=(condition("need_id = \"N1\""),),
                   that=(condition("teacher_id = \"T1\""),))
    instance = town(needs=2, teachers=2)
    needs = (instance.needs[0]._replace(priority=1), instance.needs[1]._replace(priority=5))
    found = roll(replace(instance, needs=needs), base(rules=(*base().rules, only, _at_most_one())), years=1,
                 ledger=served("T1"))
    [breach] = found.out_of_turn
    assert (breach.teacher, breach.peer, breach.served, breach.peer_served) == ("T1", "T2", 1, 0)
    assert breach.reason.code == "rule"
    assert breach.reason.rule == "chosen"
    assert breach.proven
    [told] = answer(found)["by_year"][0]["out_of_turn"]
    assert "指定" in told["zh"]
    assert "chosen" in told["en"]


def test_nobody_goes_to_a_hardship_post_twice_while_others_could():
    instance = town(needs=2, teachers=2, hardship=0)
    hard = instance.sites[1]._replace(site_id="S3", name="S3学校", hardship=4)
    needs = (instance.needs[0], instance.needs[1]._replace(site_id="S3"))
    both = replace(instance, sites=(*instance.sites, hard), needs=needs)
    found = roll(both, base(), years=2, ledger=Ledger(), assumed=Assumptions(hardship=3))
    at_hard = [s.teacher for s in found.ledger.services if s.site == "S3"]
    assert len(set(at_hard)) == 2
    assert not any(y.hardship_again for y in found.years)
    third = roll(both, base(), years=3, ledger=Ledger(), assumed=Assumptions(hardship=3)).years[2]
    assert len(third.hardship_again) == 1
    assert third.fair["hardship"].best == 1


def test_hard_rules_of_a_later_year_give_way_by_the_least():
    due = Place(id="due", title=Text("到期必派", "due"), when=(condition("years_in_title >= 7"),))
    found = roll(town(teachers=3), base(rules=(*base().rules, due)), years=2, ledger=Ledger())
    first, second = found.years
    assert not first.gave_way
    assert len(second.gave_way) == 2
    assert {g.rule for g in second.gave_way} == {"due"}
    assert second.filled == 1
    assert found.proven


def test_a_first_year_that_clashes_ends_it_with_its_conflict():
    found = roll(town(teachers=3, mandatory=True), base(), years=2, ledger=Ledger())
    assert not found.years
    assert found.stopped.status == "infeasible"
    assert found.stopped.diagnosis is not None
    assert answer(found)["ended"]["conflict"]


def test_equal_seeds_give_equal_years_and_the_call_is_checked():
    instance = town(teachers=4, title="first", birth=date(1967, 6, 1), gender="male")
    one, other = (json.dumps(answer(roll(instance, base(), years=3, seed=5))) for _ in range(2))
    assert one == other
    assert "T1-2027" in one
    for wrong in ({"years": 0}, {"years": 61}, {"first_year": 1}):
        with pytest.raises(InputError):
            roll(instance, base(), **wrong)
    with pytest.raises(InputError):
        Assumptions(retire_men=10)
    with pytest.raises(InputError) as refused:
        roll(town(term=7.0), base(), years=1)
    assert refused.value.findings[0].row == 2


def test_fill_solved_by_itself_before_changes_no_goal(monkeypatch):
    """As a large program is worked: fill alone, then all goals from its plan and its bound."""
    town_of_six = town(needs=3, count=2, teachers=9)
    whole = roll(town_of_six, base(), years=4, ledger=served("T1", "T2"))
    asked = []
    solve = year.engines.solve

    def noted(program, **further):
        asked.append(([goal.name for goal in program.objectives], further.get("known")))
        return solve(program, **further)

    monkeypatch.setattr(year, "MANY_ARCS", 1)
    monkeypatch.setattr(year.engines, "solve", noted)
    found = roll(town_of_six, base(), years=4, ledger=served("T1", "T2"))
    first, second = asked[:2]
    assert first == (["fill"], None)
    assert second[0][:3] == ["fill", "hardship", "spread"]
    assert second[1] is not None
    assert found.proven
    assert not found.out_of_turn
    for one, other in zip(found.years, whole.years, strict=True):
        assert [(g.goal, g.value, g.bound) for g in one.plan.goals] == [(g.goal, g.value, g.bound)
                                                                        for g in other.plan.goals]
        assert {k: v.value for k, v in one.fair.items()} == {k: v.value for k, v in other.fair.items()}


def test_a_year_without_a_plan_is_not_diagnosed_beyond_its_time(monkeypatch):
    given = []
    monkeypatch.setattr(year, "diagnose", lambda problem, **limits: given.append(limits))
    floor = Quota(id="many", title=Text("九人", "nine"), at_least=Fraction(9))
    found = roll(town(), base(rules=(*base().rules, floor)), years=1, ledger=Ledger(), time_limit=60)
    assert found.stopped.status == "infeasible"
    [limits] = given
    assert 0 < limits["time_limit"] <= 60
