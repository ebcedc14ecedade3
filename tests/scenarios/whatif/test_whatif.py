"""Points, chains, what is kept of them, and what cannot be asked."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

import matching
from matching.domain.findings import InputError
from matching.executors import processes
from matching.scenarios.whatif import compare, read_scenarios, whatif

SHARE = "backbone-share.at_least"


@pytest.fixture(scope="module")
def curve(instance, policy):
    return whatif(instance, policy, {SHARE: "0:1:0.1"}, workers=1)


def test_the_answer_is_the_contracts(curve):
    told = json.loads(json.dumps(curve.to_dict()))
    assert [p["set"][SHARE] for p in told["points"]] == [k / 10 for k in range(11)]
    assert told["infeasible_from"] == {SHARE: "3/5"}
    assert told["infeasible_from_holds_itself"] is True
    assert told["fill_drops_from"] == {SHARE: "1/3"}
    assert [p["status"] for p in told["points"]] == ["optimal"] * 7 + ["infeasible"] * 4
    assert [p["goals"][0]["value"] for p in told["points"][:7]] == [37, 37, 37, 37, 32, 28, 23]
    assert told["points"][0]["metrics"]["placed"] == 9


def test_a_looser_points_plan_is_not_solved_for_again(curve):
    first = curve.points[0].key
    assert [p.by == first for p in curve.points[:4]] == [True] * 4
    assert curve.points[3].until == "1/3"
    assert curve.points[4].by == curve.points[4].key


def test_steps_are_against_the_base_and_against_the_point_before(curve):
    point = curve.points[4]
    assert curve.base is not None
    assert curve.base.values == {SHARE: "1/5"}
    assert curve.against_base(point).placed == point.placed - curve.base.placed == -2
    assert curve.against_before(point).placed == point.placed - curve.points[3].placed
    assert curve.against_before(curve.points[0]) is None


def test_fill_is_told_against_the_loosest_value_asked_for_whatever_the_policys_own_is(instance, policy):
    told = []
    for own in (215_000, 120_000, 60_000):
        varied = matching.policy.replace(policy, {"budget.at_most": own})
        found = whatif(instance, varied, {"budget.at_most": "0:120000:20000"}, workers=1)
        told.append((found.to_dict()["fill_drops_from"], [point.to_dict() for point in found.points]))
        assert found.base.values == {"budget.at_most": str(own)}
        assert found.base.status == ("optimal" if own > 60_000 else "infeasible")
    assert told[0][0] == {"budget.at_most": "112999"}
    assert all(fill == told[0][0] for fill, _ in told)
    assert len({json.dumps([(p["status"], p["goals"]) for p in points]) for _, points in told}) == 1


def test_the_same_points_are_found_by_two_processes(instance, policy, curve):
    other = whatif(instance, policy, {SHARE: "0:1:0.1"}, workers=1, executor=processes(2))
    assert json.dumps(other.to_dict()) == json.dumps(curve.to_dict())
    assert other.points == curve.points


def test_what_was_kept_is_not_solved_again_and_changes_nothing(instance, policy, curve):
    kept = {}
    whatif(instance, policy, {SHARE: "0:1:0.1"}, workers=1, on_point=kept.__setitem__)
    assert json.loads(json.dumps(kept)) == kept
    for many in (1, 3, 7, len(kept)):
        known, new = dict(list(kept.items())[:many]), {}
        again = whatif(instance, policy, {SHARE: "0:1:0.1"}, workers=1, known=known, on_point=new.__setitem__)
        assert again.points == curve.points
        assert again.edges == curve.edges
        assert new.keys() == kept.keys() - known.keys()


def test_a_floor_is_a_rule_and_bounds_the_curve(instance, policy):
    found = whatif(instance, policy, {SHARE: "0:0.5:0.05"}, workers=1, floor=8)
    assert found.edge("feasible").last == Fraction(3, 8)
    assert [p.status for p in found.points] == ["optimal"] * 8 + ["infeasible"] * 3
    assert all(p.placed >= 8 for p in found.points[:8])


def test_several_make_a_grid_and_weights_can_be_varied(instance, policy):
    found = whatif(instance, policy, {SHARE: "0.2,0.5", "points.km": "1,50", "goal.fill.weights.1": "5,9"}, workers=1)
    assert len(found.points) == 8
    assert found.edges == ()
    for point in found.points:
        turned = policy.replace({SHARE: Fraction(point.values[SHARE]), "points.km": int(point.values["points.km"])})
        weights = (int(point.values["goal.fill.weights.1"]), 4, 3, 2, 1)
        goals = tuple(replace(g, weights=weights) if g.kind == "fill" else g for g in turned.goals)
        best = matching.solve(instance, replace(turned, goals=goals, variants=()), workers=1).best
        assert [g.value for g in best.plan.goals] == [g.value for g in point.goals]


def test_weights_of_the_ranking_change_the_order_alone(instance, policy):
    found = whatif(instance, policy, {"ranking.km": "0,15,1000"}, workers=1)
    assert len({p.placements for p in found.points}) == 1
    for point in found.points:
        turned = policy.replace({"ranking.km": int(point.values["ranking.km"])})
        best = matching.solve(instance, turned, workers=1).ranking.plans
        assert [one["plan"] for one in found.rankings[point.key]] == [one.plan.plan for one in best]


def test_seeds_are_points_of_their_own(instance, policy):
    found = whatif(instance, policy, {SHARE: "0.2,0.5"}, workers=1, seeds=(0, 3))
    assert [p.seed for p in found.points] == [0, 0, 3, 3]
    assert [g.value for g in found.points[1].goals] == [g.value for g in found.points[3].goals]


def test_no_time_leaves_points_unknown(instance, policy):
    found = whatif(instance, policy, {SHARE: "0.2,0.5"}, workers=1, time_limit=0)
    assert not found.complete
    assert {p.status for p in found.points} <= {"unknown", "feasible"}


def test_a_stop_keeps_what_was_done(instance, policy):
    done = []
    found = whatif(instance, policy, {SHARE: "0:1:0.1"}, workers=1, stop=lambda: len(done) > 1,
                   on_point=lambda key, _: done.append(key))
    assert found.stopped
    assert found.points[0].status == "optimal"
    assert found.points[-1].status == "unknown"


@pytest.mark.parametrize(("vary", "code", "suggested"), [
    ({"bakbone-share.at_least": "0.1"}, "unknown_rule", "backbone-share.at_least"),
    ({"nope.at_least": "0.1"}, "unknown_rule", "pairing-min.at_least"),
    ({"bakbone-share.share": "0.1"}, "unknown_rule", "backbone-share.at_least"),
    ({"backbone-share.at_lest": "0.1"}, "unknown_field", SHARE),
    ({SHARE: "0.1:1.5:0.2"}, "share_above_one", None),
    ({SHARE: "20"}, "share_above_one", "20%"),
    ({SHARE: "0:1:0"}, "step_of_zero", "0:0.5:0.01"),
    ({SHARE: "0.5:0:0.1"}, "step_away", "0.5:0:-0.1"),
    ({SHARE: "0:1"}, "bad_range", "0:0.5:0.01"),
    ({SHARE: "0:1:0.0001"}, "too_many_points", None),
    ({SHARE: "0:1:0.01", "points.km": "1:20:1"}, "too_many_points", None),
    ({SHARE: ""}, "no_values", "0:0.5:0.01"),
    ({SHARE: "-0.1"}, "negative", None),
    ({SHARE: "much"}, "unknown_field", None),
    ({"send-max.at_most": "20%"}, "not_a_share", None),
    ({"seats": "3"}, "no_field", "seats.at_most"),
    ({"max-km.km": "40"}, "no_number", None),
    ({"goal.fil.slack": "1"}, "unknown_field", "goal.fill.slack"),
    ({"ranking.km": "1", SHARE: "0.2"}, "ranking_alone", None),
    ({SHARE: "0.2", "backbone_share.at_least": "0.3"}, "repeated", None),
])
def test_what_cannot_be_asked(instance, policy, vary, code, suggested):
    with pytest.raises(InputError) as refused:
        whatif(instance, policy, vary)
    found = refused.value.findings[0]
    assert found.code == code
    assert suggested is None or suggested in found.suggest
    assert all(f.text.zh and f.text.en and f.text.zh != f.text.en for f in refused.value.findings)


@pytest.mark.parametrize("floor", [0, -3, 14])
def test_a_floor_is_between_one_and_the_seats(instance, policy, floor):
    with pytest.raises(InputError, match="13"):
        whatif(instance, policy, {SHARE: "0.2"}, floor=floor)


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """
[[scenario]]
id = "half"
[[scenario.change]]
teachers = 'subject = math'
keep = "50%"
[[scenario]]
id = "tighter"
policy = { "backbone-share.at_least" = 0.5 }
[[scenario]]
id = "closed"
[[scenario.change]]
close = "R1"
[[scenario]]
id = "more"
[[scenario.change]]
add = 3
like = 'backbone = yes'
set = { subject = "物理" }
[[scenario.change]]
needs = 'need.subject = 物理'
seats = "+1"
"""


def test_scenarios_are_held_against_the_base(instance, policy, tmp_path):
    site = instance.needs[-1].site_id
    text = GOOD.replace("R1", site)
    scenarios = read_scenarios(write(tmp_path / "s.toml", text), instance)
    found = compare(instance, policy, scenarios, seeds=(0, 1), workers=1)
    assert [o.scenario.id for o in found.outcomes] == ["base", *["half", "tighter", "closed", "more"] * 2]
    assert all(o.point.status == "optimal" for o in found.outcomes)
    half, tighter, closed, more = found.outcomes[1:5]
    maths = sum(t.subject == "math" for t in instance.teachers)
    assert len(half.instance.teachers) == len(instance.teachers) - maths // 2
    assert half.instance.teachers != found.outcomes[5].instance.teachers
    assert tighter.point.goals[0].value == 28
    assert {n.site_id for n in closed.instance.needs} == {n.site_id for n in instance.needs} - {site}
    assert [t.teacher_id for t in more.instance.teachers[-3:]] == ["NEW-more-1-1", "NEW-more-1-2", "NEW-more-1-3"]
    assert found.moved(found.base) == 0
    assert found.against_base(tighter).placed == tighter.point.placed - found.base.point.placed
    again = compare(instance, policy, scenarios, seeds=(0, 1), workers=1, executor=processes(2))
    assert [o.point for o in again.outcomes] == [o.point for o in found.outcomes]


@pytest.mark.parametrize(("text", "code", "column"), [
    ("", "not_a_list", "scenario"),
    ("[[scenario]]\nid = 'a b'\npolicy = { x = 1 }", "bad_id", "a b.id"),
    ("[[scenario]]\nid = 'a'", "missing_key", "a"),
    ("[[scenario]]\nid = 'a'\npolice = { x = 1 }", "unknown_key", "a.police"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nteacher = 'age > 3'", "missing_key", "a.change 1"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nteachers = 'agee > 3'\nkeep = 1", "unknown_field",
     "a.change 1.teachers"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nteachers = 'age > 3'\nkeep = '150%'", "share_above_one",
     "a.change 1.keep"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nclose = 'X9'", "unknown_site", "a.change 1.close"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nadd = 0\nlike = 'age > 3'", "too_small", "a.change 1.add"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nadd = 1\nlike = 'km > 3'", "not_of_sender", "a.change 1.like"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nneeds = 'age > 3'\nseats = 1", "not_of_receiver",
     "a.change 1.needs"),
    ("[[scenario]]\nid = 'a'\n[[scenario.change]]\nneeds = 'need.count > 0'\nseats = '+x'", "not_a_number",
     "a.change 1.seats"),
    ("[[scenario", "not_toml", None),
])
def test_a_scenario_file_that_is_wrong(instance, tmp_path, text, code, column):
    path = write(tmp_path / "s.toml", text)
    with pytest.raises(InputError) as refused:
        read_scenarios(path, instance)
    found = refused.value.findings[0]
    assert (found.code, found.column, found.file) == (code, column, str(path))


def test_a_scenario_that_speaks_of_nobody_or_of_no_rule(instance, policy, tmp_path):
    text = ("[[scenario]]\nid = 'a'\npolicy = { 'backbone-share.at_lest' = 0.5 }\n"
            "[[scenario.change]]\nteachers = 'age > 150'\nkeep = 1")
    scenarios = read_scenarios(write(tmp_path / "s.toml", text), instance)
    with pytest.raises(InputError) as refused:
        compare(instance, policy, scenarios)
    assert [f.code for f in refused.value.findings] == ["unknown_field", "matches_nothing"]
    assert all(f.file == str(tmp_path / "s.toml") for f in refused.value.findings)


def test_values_that_are_refused_for_one_reason_are_told_once_with_what_was_given(instance, policy):
    with pytest.raises(InputError) as problem:
        whatif(instance, policy, {SHARE: "0.9:1.5:0.1"})
    [finding] = problem.value.findings
    assert finding.text.zh == f"{SHARE}：比例不能超过 100%（给出的是 1.1、1.2、1.3 等 5 个取值）"
    assert finding.text.en == f"{SHARE}: a share is at most 100% (given: 1.1, 1.2, 1.3, ... (5 values))"
    with pytest.raises(InputError, match=r"\(given: 2\)"):
        whatif(instance, policy, {SHARE: "2"})
