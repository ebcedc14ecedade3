"""Sets of posts that compete, held against every assignment there is of a tiny instance."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from matching import policy as policies
from matching.explain.unfilled.rivals import Network
from matching.problem import compile
from tests.policies import random_policies
from tests.strategies import ALL, instances

BASE = policies.load("base")
NESTED = ("seats", "one-post", "send-max", "send-max-subject", "receive-max", "beds")
CAPS = replace(BASE, rules=tuple(r for r in BASE.rules if r.kind == "require" or r.id in NESTED))
"""Caps on teachers within those on schools, caps on posts within those on schools and houses."""
PLAIN = ALL - {"locks", "mandatory", "groups", "modes", "pairings"}


def some(examples):
    return settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))


@st.composite
def crowded(draw):
    """An instance in which most teachers can take most posts, and a hint at which of the assignments is a plan."""
    instance = draw(instances(max_teachers=5, max_needs=4, features=PLAIN))
    if draw(st.booleans()):
        people = tuple(t._replace(subject="chinese", stages=("primary", "junior")) for t in instance.teachers)
        posts = tuple(n._replace(subject=draw(st.sampled_from(("chinese", "chinese", "math")))) for n in instance.needs)
        instance = replace(instance, teachers=people, needs=posts)
    return instance


def drawn(data, fills):
    """An assignment, mostly one that fills many seats."""
    order = np.argsort(-fills.sum(axis=1), kind="stable").tolist()
    return order[data.draw(st.integers(0, len(order) - 1))] if data.draw(st.booleans()) else order[
        data.draw(st.integers(0, min(20, len(order) - 1)))]


def assignments(problem):
    """Every set of arcs that keeps to all rows of a program without further columns, as 0-1 vectors."""
    program, arcs = problem.program, problem.arcs
    spans = [range(arcs.start[t], arcs.start[t + 1]) for t in range(arcs.n_teachers)]
    assume(np.prod([1.0 + len(s) for s in spans]) <= 5000)
    chosen = np.zeros((int(np.prod([1 + len(s) for s in spans])), len(arcs)), np.int64)
    for row, picks in enumerate(product(*([None, *s] for s in spans))):
        chosen[row, [a for a in picks if a is not None]] = 1
    sums = chosen @ program.matrix.T.toarray()
    return chosen[np.all((sums >= program.row_lower) & (sums <= program.row_upper), axis=1)]


def filled(problem, chosen):
    """How many seats of each need (column) each assignment (row) fills."""
    return np.stack([chosen[:, problem.arcs.need == n].sum(axis=1) for n in range(problem.arcs.n_needs)], axis=1)


@some(30)
@given(crowded(), st.data())
def test_the_most_that_can_be_filled_is_what_the_best_assignment_fills(instance, data):
    problem = compile(instance, CAPS)
    fills = filled(problem, assignments(problem))
    needs = frozenset(data.draw(st.sets(st.integers(0, problem.arcs.n_needs - 1), min_size=1)))
    found = Network(problem, np.zeros(0, np.int64)).among(needs)
    assert found.can == fills[:, sorted(needs)].sum(axis=1).max()
    assert found.seats == sum(instance.needs[n].count for n in needs)
    for held in found.held:
        assert held.teachers > held.cap.limit


@some(35)
@given(crowded(), st.data())
def test_a_post_has_rivals_just_where_nobody_can_come_without_another_post_losing(instance, data):
    problem = compile(instance, CAPS)
    every = assignments(problem)
    fills = filled(problem, every)
    at = drawn(data, fills)
    network = Network(problem, np.flatnonzero(every[at]))
    for n, need in enumerate(instance.needs):
        if fills[at, n] == need.count:
            continue
        wanted = fills[at] + (np.arange(len(fills[at])) == n)
        rivals = network.rivals(n)
        event(f"rivals: {[len(r.needs) for r in rivals]}")
        assert bool(rivals) == (not np.any(np.all(fills >= wanted, axis=1)))
        for one in rivals:
            assert n in one.needs
            assert fills[:, one.needs].sum(axis=1).max() == one.can < one.seats


@some(35)
@given(crowded(), st.data())
def test_no_post_can_be_left_out_of_a_set_that_competes_for_teachers(instance, data):
    problem = compile(instance, CAPS)
    every = assignments(problem)
    fills = filled(problem, every)
    at = drawn(data, fills)
    network = Network(problem, np.flatnonzero(every[at]))
    senders_only = filled(problem, assignments(compile(instance, SENDERS)))
    for n, need in enumerate(instance.needs):
        for one in network.rivals(n) if fills[at, n] < need.count else ():
            for left_out in set(one.needs) - {n} if not one.full else ():
                rest = sorted(set(one.needs) - {left_out})
                wanted = (fills[at] + (np.arange(len(fills[at])) == n))[rest]
                assert np.any(np.all(senders_only[:, rest] >= wanted, axis=1))


SENDERS = replace(CAPS, rules=tuple(r for r in CAPS.rules if r.kind == "require" or r.id in (
    "seats", "one-post", "send-max", "send-max-subject")))


@some(30)
@given(instances(max_teachers=5, max_needs=4), random_policies(), st.data())
def test_what_is_proven_holds_for_every_plan_under_any_rules(instance, policy, data):
    """Rules that are no caps, or that cross others, are left out: that can only make the figures more cautious."""
    rules = tuple(r for r in policy.rules if r.kind in ("require", "quota") and r.enforce == "hard")
    problem = compile(instance, replace(policy, rules=rules, goals=(), points={}))
    assume(problem.program.n_columns == len(problem.arcs) and "one-post" in [r.id for r in rules if r.on])
    every = assignments(problem)
    assume(len(every))
    fills = filled(problem, every)
    at = drawn(data, fills)
    network = Network(problem, np.flatnonzero(every[at]))
    for n, need in enumerate(instance.needs):
        assert fills[:, n].max() <= network.among(frozenset([n])).can
        for one in network.rivals(n) if fills[at, n] < need.count else ():
            assert fills[:, one.needs].sum(axis=1).max() <= one.can < one.seats


@some(30)
@given(crowded(), st.data())
def test_families_have_no_post_in_common_and_each_lacks_what_it_says(instance, data):
    problem = compile(instance, CAPS)
    every = assignments(problem)
    fills = filled(problem, every)
    at = drawn(data, fills)
    network = Network(problem, np.flatnonzero(every[at]))
    short = [n for n, need in enumerate(instance.needs) if fills[at, n] < need.count]
    families = network.families(short)
    needs = [n for family in families for n in family.needs]
    assert len(needs) == len(set(needs))
    assert {n for n in short if any(not r.full for r in network.rivals(n))} <= set(needs)
    for family in families:
        assert fills[:, family.needs].sum(axis=1).max() <= family.can < family.seats
        assert family.can == fills[at, list(family.needs)].sum()
