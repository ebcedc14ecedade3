"""The front between two criteria is the one that trying every plan finds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import matching
from matching import engines, planner
from matching.audit import audit, goal_values
from matching.domain.findings import InputError
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.planner.axes import axis
from matching.planner.front_points import Held
from matching.policy.model import FrontAsked, Goal, Quota, Slack
from matching.problem import compile
from tests import strategies
from tests.planner.every_plan import every_plan

FEATURES = frozenset({"backbone", "distances", "wishes", "titles", "limits", "mandatory"})
ENDS = ("fill", "points", "placed", "km", "yuan", "preference", "backbone", "alt_subject", "score", "other_county")
TITLE = Text("测试", "Test")
POINTS = {"km": 1, "preference": (0, 20, 40, 80), "alt_subject": 30}


def figures(instance, policy, name, plan):
    """A criterion's value, counted by the audit."""
    end, elastic = axis(policy, name), tuple(r.id for r in policy.rules if r.enforce == "elastic")
    counted = replace(policy, goals=(end.goal, Goal("shortfall", rules=elastic)), variants=())
    return end.shown(goal_values(instance, counted, plan.placements)[0].value)


def non_dominated(values, ups):
    """The values of which none is as good in both and better in one, as they stand."""
    better = [tuple(v if up else -v for v, up in zip(pair, ups, strict=True)) for pair in values]
    return {pair for pair, mine in zip(values, better, strict=True)
            if not any(o != mine and o[0] >= mine[0] and o[1] >= mine[1] for o in better)}


@settings(max_examples=15, deadline=None)
@given(strategies.instances(max_teachers=4, max_needs=3, features=FEATURES),
       st.lists(st.sampled_from(ENDS), min_size=2, max_size=2, unique=True), st.sampled_from((None, (), ("fill",))))
def test_it_is_what_trying_every_plan_finds(instance, ends, hold):
    policy = replace(matching.policy("base"), points=POINTS, goals=(Goal("fill"), Goal("points")))
    plans = every_plan(compile(instance, policy))
    found = planner.front(instance, policy, *ends, hold=hold)
    kept = [] if hold == () or (hold is None and {"fill", "placed"} & set(ends)) else ["fill"]
    values = _values(instance, policy, plans, ends, kept)
    event(f"points: {len(found.points)}")
    if not len(plans):
        assert (found.status, found.points) == ("infeasible", ())
        return
    assert found.complete
    assert {p.values for p in found.points} == non_dominated(values, found.up)
    assert len({p.values for p in found.points}) == len(found.points)
    for point in found.points:
        assert point.proven
        assert audit(instance, policy, point.plan).ok
        assert point.values == tuple(figures(instance, policy, name, point.plan) for name in ends)


def _values(instance, policy, plans, ends, kept):
    """The values of the ends of every plan that is best in the goals `kept`."""
    for name in kept:
        cost = _cost(instance, policy, name)
        plans = plans[plans @ cost == (plans @ cost).min(initial=2**40)]
    axes = [axis(policy, name) for name in ends]
    senses = [-1 if end.goal.kind == "fill" else 1 for end in axes]
    columns = [[end.shown(sense * int(v)) for v in plans @ _cost(instance, policy, name)]
               for end, sense, name in zip(axes, senses, ends, strict=True)]
    return list(zip(*columns, strict=True))


def _cost(instance, policy, name):
    return compile(instance, replace(policy, goals=(axis(policy, name).goal,))).program.objectives[0].cost


ELASTIC = Quota(id="share", title=TITLE, count=(matching.policy.condition("backbone = yes"),), of="placed",
                per=("host.county",), at_least=Fraction(1, 2), enforce="elastic", penalty=2)
FLOOR = Quota(id="floor", title=TITLE, per=("host.site_id",), at_least=Fraction(2), enforce="elastic")


@settings(max_examples=10, deadline=None)
@given(strategies.instances(max_teachers=3, max_needs=3, features=frozenset({"backbone", "wishes"})),
       st.sampled_from((("fill", "shortfall"), ("share", "placed"), ("floor", "share"), ("fair", "km"),
                        ("fair", "backbone"), ("shortfall", "points"), ("fair", "shortfall"))),
       st.sampled_from((None, 2, 3)))
def test_shortfall_and_fair_shares_too(instance, ends, most):
    goals = (Goal("fill"), Goal("shortfall"), Goal("points"))
    base = replace(matching.policy("base"), points=POINTS, goals=goals)
    policy = replace(base, rules=(ELASTIC, FLOOR, *base.rules))
    bare = compile(instance, replace(base, goals=(Goal("fill"),)))
    plans = [Plan("x", "feasible", 0, bare.decode(x)) for x in every_plan(bare)]
    found = planner.front(instance, policy, *ends, hold=(), max_points=most)
    values = [tuple(figures(instance, policy, name, plan) for name in ends) for plan in plans]
    expected = non_dominated(values, found.up)
    points = {p.values for p in found.points}
    event(f"points: {len(points)}")
    assert points <= expected
    assert found.complete == (points == expected) or not plans
    assert most is None or len(found.points) <= most
    for value in expected - points:
        assert any(_inside(stretch, value) for stretch in found.open)
    assert all(audit(instance, policy, p.plan).ok for p in found.points)


def _inside(stretch, value):
    return all(min(a, b) < v < max(a, b) for a, b, v in zip(stretch.after, stretch.before, value, strict=True))


@pytest.fixture(scope="module")
def whole(instance, policy):
    return planner.front(instance, policy, "fill", "points", within=10)


def test_a_front_of_tiny(whole):
    assert whole.complete
    assert whole.held == (Held("shortfall", 2, up=False),)
    values = [p.values for p in whole.points]
    assert values == [(37, 803), (36, 745), (33, 653), (32, 583), (31, 525), (29, 517), (28, 433), (27, 375)]
    told = whole.to_dict()
    assert told["better"] == ["more", "less"]
    assert told["points"][0] == {"plan": "front-1-1", "values": [37, 803], "proven": True, "placed": 9}


def test_some_points_of_many_are_spread_and_the_rest_is_open(instance, policy, whole):
    some = planner.front(instance, policy, "fill", "points", within=10, max_points=4)
    assert {p.values for p in some.points} < {p.values for p in whole.points}
    assert [len(some.points), some.status, some.complete] == [4, "feasible", False]
    assert some.open


def test_the_main_plan_is_where_it_begins(instance, policy, whole):
    result = matching.solve(instance, replace(policy, variants=()))
    near = result.front("fill", "points", within="10%")
    assert [p.values for p in near.points] == [p.values for p in whole.points if p.values[0] >= 37 - 3]
    assert near.complete
    assert near.held == whole.held


def test_time_that_ends_is_marked(instance, policy):
    found = planner.front(instance, policy, "fill", "points", stop=lambda: True)
    assert (found.status, found.points, found.complete) == ("unknown", (), False)


@pytest.mark.parametrize(("ends", "hold"), [
    (("fill", "fill"), None), (("fill", "kms"), None), (("fill", "km"), ("fair",)), (("shortfall.3", "km"), None),
])
def test_what_there_is_not(instance, policy, ends, hold):
    with pytest.raises(InputError):
        planner.front(instance, policy, *ends, hold=hold)


def test_fronts_that_the_policy_asks_for(instance, policy):
    asked = replace(policy, variants=(), fronts=(FrontAsked(("fill", "points"), Slack(Fraction(4)), 3),
                                                 FrontAsked(("km", "preference"), at_most=2)))
    result = matching.solve(instance, asked)
    assert [front.of for front in result.fronts] == [("fill", "points"), ("km", "preference")]
    assert [p.plan.plan for p in result.fronts[0].points] == ["front-1-1", "front-1-2", "front-1-3"]
    assert result.fronts[0].points[0].values == (37, 803)
    assert result.seconds["fronts"] > 0


def test_any_two_plans_are_compared(instance, policy):
    result = matching.solve(instance, replace(policy, variants=(), alternatives=1, differ=2))
    told = result.compare("main", "alternative-1")
    assert len([m for m in told.moves if m.leaves]) >= 2
    with pytest.raises(InputError) as refused:
        result.compare("main", "alternative-9")
    assert "alternative-1" in refused.value.findings[0].suggest


def test_an_end_is_two_solves_however_much_better_the_first_can_be_made_there(instance, policy, monkeypatch):
    solved = []
    real = engines.solve
    monkeypatch.setattr(engines, "solve", lambda program, **named: solved.append(program) or real(program, **named))
    main = matching.solve(instance, policy).main.plan
    solved.clear()
    found = planner.front(instance, policy, "km", "yuan", main=main, max_points=2)
    assert [point.proven for point in found.points] == [True] * len(found.points)
    assert len(solved) <= 3
