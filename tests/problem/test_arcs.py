"""Eligible pairs come out the same however they are looked for."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching.policy import load
from matching.problem import coarse, compile
from matching.problem.arcs import eligible
from matching.problem.coarse import allowed
from matching.problem.conditions import Pairs
from matching.problem.fields import Fields
from matching.problem.problem import hard_requires
from tests.strategies import instances

BASE = load("base")


@pytest.mark.parametrize("cells", [1, 7, 10**6])
def test_kinds_and_chunks_change_nothing(monkeypatch, cells):
    monkeypatch.setattr(coarse, "CELLS", cells)

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(instances())
    def check(instance):
        fields, rules = Fields(instance, BASE), hard_requires(BASE)
        teachers, needs = np.arange(len(instance.teachers)), np.arange(len(instance.needs))
        every = Pairs(np.repeat(teachers, len(needs)), np.tile(needs, len(teachers)))
        keep = np.logical_and.reduce([allowed(rule, fields, every) for rule in rules])
        arcs = eligible(rules, fields)
        assert arcs.teacher.tolist() == every.teacher[keep].tolist()
        assert arcs.need.tolist() == every.need[keep].tolist()

    check()


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(instances())
def test_an_arc_is_what_no_rule_refuses_and_is_found_by_its_ids(instance):
    problem = compile(instance, BASE)
    pairs = [(t.teacher_id, n.need_id) for t in instance.teachers for n in instance.needs]
    for pair, column in zip(pairs, problem.columns(pairs), strict=True):
        assert (column >= 0) == (problem.refusals(*pair) == ())
        if column >= 0:
            chosen = np.zeros(problem.program.n_columns, np.int64)
            chosen[column] = 1
            assert [(p.teacher, p.need) for p in problem.decode(chosen)] == [pair]
