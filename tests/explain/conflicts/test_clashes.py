"""On clashing instances: a conflict is infeasible, every proper subset of it feasible, and so are the ways out."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, event, given, settings

from matching.explain.conflicts.conflict import diagnose
from matching.explain.conflicts.search import conflicts
from matching.explain.patience import Patience
from matching.policy.model import Require
from matching.problem import compile
from tests.explain.conflicts import clashing
from tests.explain.conflicts.clashing import broken, clashes, every_plan, in_process, least, least_number

__all__ = ["in_process"]
SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


def can_hold(labels, plans):
    return any(not set(labels) & plan for plan in plans)


def rows(conflict, policy):
    return {label for label in conflict.rules if not isinstance(policy.rule(label.rule), Require)}


@settings(SETTINGS, max_examples=40)
@given(clashes())
def test_each_conflict_is_infeasible_and_every_proper_subset_of_it_feasible(case):
    plans = [broken(plan) for plan in every_plan(*case)]
    assume(all(plans))
    found = conflicts(*case, Patience())
    assert found.found
    assert found.complete
    event(f"conflicts: {len(found.found)}")
    named = set()
    for conflict in found.found:
        assert conflict.irreducible
        assert not can_hold(conflict.rules, plans)
        for label in conflict.rules:
            assert can_hold(set(conflict.rules) - {label}, plans)
        assert not named & rows(conflict, case[1])
        named |= rows(conflict, case[1])
    assert any(plan <= named for plan in plans)


@settings(SETTINGS, max_examples=25)
@given(clashes())
def test_each_way_out_is_the_least_of_its_kind(in_process, case):
    instance, policy = case
    assume(all(broken(plan) for plan in every_plan(*case)))
    found = diagnose(compile(instance, policy), in_process=True)
    may_bend = [r.id for r in policy.rules if clashing.conflict_bend.price(r)]
    expected = least(instance, policy, may_bend)
    assert next((one.cost for one in found.relaxations if one.kind == "least"), None) == expected
    for one in found.relaxations:
        assert one.proven
        event(one.kind)
        if one.kind == "rule":
            assert least(instance, policy, {one.changes[0].rule}) == one.cost
        if one.kind == "number":
            (change,) = one.changes
            best = least_number(instance, policy, policy.rule(change.rule), change.bound)
            assert clashing.number(change.after) == best
