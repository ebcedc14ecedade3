"""Where no plan keeps to all rules it is said which clash, as it is of a policy that is solved by itself."""

from __future__ import annotations

import json
import sys
from fractions import Fraction

import pytest

from matching.domain.text import Text
from matching.explain.conflicts.conflict import Conflict, Diagnosis, diagnose, diagnosis_from_dict
from matching.problem import compile
from matching.problem.program import RowLabel
from matching.report.whatif.clashes import clashes_told, rules_named
from matching.report.whatif.rows import scenario_figures
from matching.scenarios.whatif import clashes, compare, look, whatif
from matching.scenarios.whatif.scenario import Scenario

SHARE = "backbone-share.at_least"
ASKED = {SHARE: "0.5,0.7,0.8"}
HIGH = Scenario("high", Text("七成", "Seven tenths"), {SHARE: Fraction(7, 10)})


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture(scope="module")
def curve(instance, policy, kept):
    return whatif(instance, policy, ASKED, workers=1, diagnose=True, on_point=kept.__setitem__)


@pytest.fixture
def searched(monkeypatch):
    """What is asked of the search, which here says at once that the share clashes with itself."""
    asked = []

    def stands_in(problem, **_):
        asked.append(problem.policy.rule("backbone-share").at_least)
        return Diagnosis((Conflict((RowLabel("backbone-share", "plan"),), True),), ())

    monkeypatch.setattr(clashes, "diagnose", stands_in)
    return asked


def test_the_first_value_without_a_plan_is_diagnosed_as_a_solve_is(instance, policy, curve):
    [clash] = curve.clashes
    assert clash.point is next(point for point in curve.points if point.status == "infeasible")
    turned = policy.replace({SHARE: Fraction(7, 10)})
    assert clash.policy.rules == turned.rules
    assert clash.diagnosis == diagnose(compile(instance, turned))
    assert "backbone-share" in {label.rule for label in clash.diagnosis.conflict}
    [told] = json.loads(json.dumps(curve.to_dict()))["clashes"]
    assert told["set"] == {SHARE: 0.7}
    assert diagnosis_from_dict(told) == clash.diagnosis


def test_what_clashed_is_kept_and_not_searched_for_again(instance, policy, curve, kept, searched):
    again = whatif(instance, policy, ASKED, workers=1, diagnose=True, known=json.loads(json.dumps(kept)))
    assert searched == []
    assert again.clashes == curve.clashes


def test_nothing_is_searched_for_unless_it_is_asked(instance, policy, searched):
    assert whatif(instance, policy, ASKED, workers=1).clashes == ()
    assert compare(instance, policy, [HIGH], workers=1).outcomes[1].diagnosis is None
    assert searched == []


def test_of_a_grid_those_that_follow_from_another_are_left_out(instance, policy, searched):
    found = whatif(instance, policy, {SHARE: "0.9,0.8,0.7,0.2", "points.km": "1,2"}, workers=1, diagnose=True)
    assert searched == [Fraction(7, 10)]
    assert [clash.point.numbers for clash in found.clashes] == [{SHARE: 0.7, "points.km": 1}]


def test_a_scenario_without_a_plan_names_its_rules(instance, policy, searched):
    found = compare(instance, policy, [HIGH], workers=1, seeds=(0, 1), diagnose=True)
    assert searched == [Fraction(7, 10)] * 2
    assert found.to_dict()[1]["conflict"] == [{"rule": "backbone-share", "group": "plan"}]
    assert "conflict" not in found.to_dict()[0]
    assert found.outcomes[1].told == (Text("规则“骨干教师占比”：backbone-share.at_least = 7/10",
                                           "Rule 'Backbone share': backbone-share.at_least = 7/10"),)
    [row] = [one for one in scenario_figures(found, "zh") if one.name == "互相冲突的规则"]
    assert row.values == ["—", "backbone-share（骨干教师占比）", "backbone-share（骨干教师占比）"]
    heads = [told.head for told in clashes_told(None, found, "zh")]
    assert heads == [f"情形“七成（high） · {seed}”：规则无法同时满足" for seed in (0, 1)]


def test_what_was_not_found_in_time_is_said_so_and_not_kept(instance, policy, curve):
    new = {}
    late = whatif(instance, policy, ASKED, workers=1, diagnose=True, time_limit=0, on_point=new.__setitem__,
                  known={p.key: p.to_dict() for p in curve.points if p.final})
    [clash] = late.clashes
    assert not clash.diagnosis.complete
    assert not [key for key in new if key.startswith("clash")]
    assert rules_named(policy, clash.diagnosis, "zh") == "时限内没有查明"
    assert "没有查明" in str(clashes_told(late, None, "zh"))


def test_a_stop_leaves_the_clash_for_the_next_call(instance, policy, curve):
    known = {p.key: p.to_dict() for p in curve.points} | {edge.key: edge.to_dict() for edge in curve.edges}
    found = compare(instance, policy, [HIGH], workers=1, diagnose=True, stop=lambda: True)
    assert found.stopped
    assert found.outcomes[1].diagnosis is None
    stopped = whatif(instance, policy, ASKED, workers=1, diagnose=True, stop=lambda: True, known=known)
    assert stopped.stopped
    assert stopped.clashes == ()


def test_what_was_looked_at_before_is_not_looked_at_again(instance, policy, curve, monkeypatch):
    looked = look(instance, policy, ASKED, [HIGH])
    assert looked.points == 4
    for room, name in (("whatif", "asked"), ("compare", "all_made")):
        monkeypatch.setattr(sys.modules[f"matching.scenarios.whatif.{room}"], name, None)
    assert whatif(instance, policy, {}, workers=1, looked_at=looked.asked).points == curve.points
    assert compare(instance, policy, [HIGH], workers=1, made=looked.made).outcomes[1].point.status == "infeasible"
