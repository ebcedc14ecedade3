"""The exact values of a curve are those that trying every plan finds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

import matching
from matching import engines
from matching.audit import audit
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Goal, Quota
from matching.problem import compile
from matching.scenarios.whatif import whatif
from tests import strategies
from tests.planner.every_plan import every_plan

FEATURES = frozenset({"backbone", "distances", "wishes", "titles", "limits", "mandatory", "facts"})
POINTS = {"km": 1, "preference": (0, 20, 40, 80), "alt_subject": 30}
TEXT = Text("测试", "Test")
BACKBONE = (matching.policy.condition("backbone = yes"),)
RURAL = (matching.policy.condition("host.hardship >= 2"),)


def quota(**given):
    return Quota(id="varied", title=TEXT, **given)


SHARES = "0:1:0.25"
NUMBERS = "0:4:1"
KINDS = {
    "share": (quota(count=BACKBONE, of="placed", at_least=Fraction(0)), "at_least", SHARES),
    "cap": (quota(count=BACKBONE, of="placed", at_most=Fraction(1)), "at_most", SHARES),
    "share of some": (quota(when=RURAL, count=BACKBONE, of="placed", at_least=Fraction(0)), "at_least", SHARES),
    "share of km": (quota(count=BACKBONE, measure="seats", of="placed", per=("host.county",), at_least=Fraction(0)),
                    "at_least", SHARES),
    "from seats": (quota(count=BACKBONE, of="placed", per=("host.site_id",), at_least=Fraction(0), from_seats=2),
                   "at_least", SHARES),
    "of demand": (quota(of="demand", per=("host.county",), at_least=Fraction(0)), "at_least", SHARES),
    "of demand in all": (quota(of="demand", at_most=Fraction(1)), "at_most", SHARES),
    "of teachers": (quota(of="teachers", per=("home.site_id",), at_most=Fraction(1)), "at_most", SHARES),
    "number": (quota(count=BACKBONE, at_least=Fraction(0)), "at_least", NUMBERS),
    "most": (quota(at_most=Fraction(9)), "at_most", NUMBERS),
    "most by county": (quota(per=("host.county",), at_most=Fraction(9)), "at_most", NUMBERS),
    "least by county": (quota(per=("host.county",), at_least=Fraction(0)), "at_least", NUMBERS),
    "sites": (quota(measure="sites", at_least=Fraction(0)), "at_least", NUMBERS),
    "km": (quota(measure="km", at_most=Fraction(10**6)), "at_most", "0:200:50"),
    "with staff": (quota(per=("home.site_id",), plus=FieldRef("home.staff"), at_most=Fraction(90)), "at_most", NUMBERS),
    "balance": (Balance(id="varied", title=TEXT, at_most=Fraction(9)), "at_most", "0:4:1"),
}


def policy_of(rule, floor=None):
    base = replace(matching.policy("base"), points=POINTS, goals=(Goal("fill"), Goal("points")))
    more = () if floor is None else (quota(at_least=Fraction(floor)),)
    return replace(base, rules=(*base.rules, rule, *(replace(r, id="floor") for r in more)))


def plans_of(instance, policy):
    """Every plan that the other rules admit, each with its fill and what the rule counts of it, group by group."""
    rules = (replace(rule, enforce="report") if rule.id == "varied" else rule for rule in policy.rules)
    counted = replace(policy, rules=tuple(rules))
    problem = compile(instance, counted)
    fill = problem.program.objectives[0].cost
    for x in every_plan(problem):
        lines = audit(instance, counted, Plan("main", "feasible", 0, problem.decode(x))).rules
        yield -int(fill @ x), [line.value for line in lines if line.rule == "varied"], x


def tightest(rule, field, values, keeps):
    """The tightest of `values` that `keeps` any plan."""
    ordered = sorted(values, reverse=field == "at_least")
    return next((value for value in ordered if keeps(value)), None)


def holds(instance, policy, field, value, x, problem):
    rules = tuple(replace(r, **{field: value}) if r.id == "varied" else r for r in policy.rules)
    plan = Plan("main", "feasible", 0, problem.decode(x))
    return audit(instance, replace(policy, rules=rules), plan).ok


def candidates(figures, rule, field):
    """Every value at which a plan could cease to hold, and the two ends."""
    found = {Fraction(0), Fraction(1)} if rule.of is not None else {Fraction(0)}
    for figure in figures:
        over, _, under = str(figure).partition("/")
        if under != "0":
            value = Fraction(over) / Fraction(under or 1)
            found |= {value} if value <= 1 or getattr(rule, "of", None) is None else set()
    return found


@pytest.mark.parametrize("kind", list(KINDS))
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_exact_values_are_those_that_trying_every_plan_finds(kind, data):
    rule, field, given_values = KINDS[kind]
    instance = data.draw(strategies.instances(max_teachers=4, max_needs=3, features=FEATURES))
    floor = data.draw(st.sampled_from((None, 1, 2)))
    policy = policy_of(rule, floor)
    plans = list(plans_of(instance, policy))
    assume(plans)
    assume(floor is None or floor <= sum(need.count for need in instance.needs))
    found = whatif(instance, policy_of(rule), {f"varied.{field}": given_values}, floor=floor)
    problem = compile(instance, replace(policy, rules=tuple(r for r in policy.rules if r.id != "varied")))
    most = max(fill for fill, *_ in plans)
    asked = [p for p in found.points if p.status == "optimal"]
    first = found.curve[0] if field == "at_least" else found.curve[-1]
    if first.status == "optimal":
        most = first.goals[0].value
    for of in ("feasible", "fill"):
        edge = found.edge(of)
        if edge is None:
            assert (first.status == "infeasible") if of == "fill" else (len(asked) == len(found.points) and not floor)
            continue
        assert edge.proven
        kept = [(x, figures) for fill, figures, x in plans if of == "feasible" or fill >= most]
        values = candidates([f for _, figures in kept for f in figures], _of(rule), field)
        best = tightest(rule, field, values,
                        lambda v, kept=kept: any(holds(instance, policy, field, v, x, problem) for x, _ in kept))
        event(f"{of}: {'none' if edge.unlimited else 'an edge'}")
        if edge.unlimited:
            end = {"at_least": Fraction(1), "at_most": Fraction(0)}[field]
            assert any(holds(instance, policy, field, end, x, problem) for x, _ in kept)
        else:
            assert edge.last == best
        if edge.first is not None:
            assert not any(holds(instance, policy, field, edge.first, x, problem) for x, _ in kept)
    assert len(asked) <= len(found.points)


def _of(rule):
    return rule if isinstance(rule, Quota) else quota(at_most=Fraction(1))


@pytest.mark.parametrize("kind", list(KINDS))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_every_point_is_what_solving_from_nothing_finds(kind, data):
    rule, field, given_values = KINDS[kind]
    instance = data.draw(strategies.instances(max_teachers=5, max_needs=4, features=FEATURES))
    policy = policy_of(rule)
    found = whatif(instance, policy, {f"varied.{field}": given_values})
    for point in found.points:
        value = Fraction(point.values[f"varied.{field}"])
        turned = matching.policy.replace(policy, {f"varied.{field}": value})
        truth = engines.solve(compile(instance, turned).program, in_process=True)
        assert point.status == truth.status
        assert [g.best for g in point.goals] == [g.best for g in truth.goals]
        if point.until is not None:
            last = matching.policy.replace(policy, {f"varied.{field}": Fraction(point.until)})
            again = engines.solve(compile(instance, last).program, in_process=True)
            assert [g.best for g in again.goals] == [g.best for g in point.goals]
