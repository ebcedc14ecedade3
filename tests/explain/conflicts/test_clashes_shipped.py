"""Clashing cases made of the shipped instances: what is named clashes, no fewer do, and every way out is one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from matching import engines
from matching.explain.conflicts.conflict import EVERY_GROUP, diagnose
from matching.explain.conflicts.program import gathered, only, strict
from matching.policy.changes import replace as changed
from matching.policy.editable import load_with_rows
from matching.policy.model import Require
from matching.problem import compile
from matching.tables import read

INSTANCES = Path(__file__).parents[3] / "instances"
CASES = {
    "national": ("national_10_20/clash.xlsx", "national_10_20", {}),
    "hand_in_hand": ("hand_in_hand/short.xlsx", "hand_in_hand", {}),
    "miyun": ("miyun/miyun.xlsx", INSTANCES / "miyun" / "clash.toml", {}),
    "yeji": ("yeji/yeji.xlsx", "yeji", {"mandatory.when": "status = approved; deferred = no"}),
}
MOST_LEFT_OUT = 6


@cache
def case(name):
    book, policy, changes = CASES[name]
    reading = read([INSTANCES / book])
    return reading.instance, changed(load_with_rows(policy, reading.instance, reading.places)[0], changes)


@cache
def diagnosis(name):
    return diagnose(compile(*case(name)))


def can_hold(name, labels):
    """Whether the named rules, and no other hard ones, hold in the named groups."""
    policy = case(name)[1]
    ids = {label.rule for label in labels}
    program = _program(name, frozenset(r.id for r in policy.rules if r.id in ids and isinstance(r, Require)))
    solution = engines.solve(gathered(only(program, labels))[0], in_process=True)
    assert solution.status != "unknown"
    return solution.status != "infeasible"


@cache
def _program(name, requires):
    instance, policy = case(name)
    kept = (r for r in strict(policy).rules if not isinstance(r, Require) or r.id in requires)
    return compile(instance, replace(strict(policy), rules=tuple(kept))).program


@pytest.mark.parametrize("name", CASES)
def test_what_is_named_clashes_and_no_fewer_do(name):
    found = diagnosis(name).conflicts
    assert found
    seen = set()
    for conflict in found[:2]:
        assert conflict.irreducible
        assert not can_hold(name, conflict.rules)
        for label in conflict.rules[::max(1, len(conflict.rules) // MOST_LEFT_OUT)]:
            assert can_hold(name, set(conflict.rules) - {label})
        rows = {k for k in conflict.rules if not isinstance(case(name)[1].rule(k.rule), Require)}
        assert not rows & seen
        seen |= rows


@pytest.mark.parametrize("name", CASES)
def test_there_are_ways_out_and_they_are_proven(name):
    offered = diagnosis(name).relaxations
    assert offered
    assert offered[0].kind == "least"
    assert all(one.proven for one in offered)


@pytest.mark.parametrize("name", CASES)
def test_a_policy_that_gives_way_so_far_has_a_plan(name):
    instance, policy = case(name)
    for one in diagnosis(name).relaxations:
        for change in one.changes:
            if change.group == EVERY_GROUP or change.group == "plan":
                policy = changed(policy, {f"{change.rule}.{_key(change)}": _value(policy, change)})
        if one.kind in ("number", "reach"):
            assert engines.solve(compile(instance, policy).program, time_limit=60).status != "infeasible"
            instance, policy = case(name)


def _key(change):
    return "that" if " " in change.bound else change.bound


def _value(policy, change):
    if " " not in change.bound:
        return str(change.after)
    (stated,) = policy.rule(change.rule).that
    return stated.text.replace(str(change.before), str(change.after))
