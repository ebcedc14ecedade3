"""Changes of a plan, judged by the thousand, against the audit of each changed plan."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching.audit import audit
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.problem.standing import NONE, Standing
from tests.policies import random_policies
from tests.strategies import instances


def breaches(problem: Problem, chosen: set[int]) -> set[tuple[str, str]]:
    x = np.zeros(problem.program.n_columns, np.int64)
    x[sorted(chosen)] = 1
    plan = Plan("main", "unknown", 0, problem.decode(x), edited=True)
    return {(b.rule, b.group) for b in audit(problem.instance, problem.policy, plan).breaches}


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(instances(), random_policies(), st.data())
def test_a_change_breaks_the_first_rule_that_the_audit_finds_newly_broken(instance: Instance, policy: Policy,
                                                                         data: st.DataObject) -> None:
    problem = compile(instance, policy)
    n = len(problem.arcs)
    if not n:
        return
    arcs = st.integers(0, n - 1)
    chosen = sound(problem, data.draw(st.lists(arcs, max_size=5)))
    toggled = data.draw(st.lists(st.sets(arcs, min_size=1, max_size=4), min_size=1, max_size=5))
    at = [(k, a, -1 if a in chosen else 1) for k, arcs_ in enumerate(toggled) for a in sorted(arcs_)]
    change, arc, by = (np.array(column, np.int64) for column in zip(*at, strict=True))
    found = Standing(problem, np.array(sorted(chosen), np.int64)).broken(len(toggled), change, arc, by)
    before, order = breaches(problem, chosen), [rule.id for rule in policy.rules]
    for rule, one in zip(found.tolist(), toggled, strict=True):
        after = chosen ^ one
        if len({problem.arcs.teacher[a] for a in after}) == len(after):
            newly = sorted(order.index(r) for r, _ in breaches(problem, after) - before)
            event("broken" if newly else "kept")
            assert rule == (newly[0] if newly else NONE)


def sound(problem: Problem, arcs: list[int]) -> set[int]:
    """Those of `arcs` that can be taken one after another without a further breach."""
    chosen: set[int] = set()
    for arc in arcs:
        if not breaches(problem, chosen | {arc}) - breaches(problem, chosen):
            chosen.add(arc)
    return chosen


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(instances(), random_policies(), st.data())
def test_what_each_of_some_arcs_would_break_is_what_the_audit_finds_newly_broken_by_each(
        instance: Instance, policy: Policy, data: st.DataObject) -> None:
    problem = compile(instance, policy)
    if not len(problem.arcs):
        return
    chosen = sound(problem, data.draw(st.lists(st.integers(0, len(problem.arcs) - 1), max_size=5)))
    placed = {problem.arcs.teacher[a] for a in chosen}
    free = [a for a in range(len(problem.arcs)) if problem.arcs.teacher[a] not in placed][:6]
    group = [data.draw(st.integers(0, 1)) for _ in free]
    standing = Standing(problem, np.array(sorted(chosen), np.int64))
    with patch("matching.problem.standing.AT_ONCE", data.draw(st.sampled_from((2, 100)))):
        found = standing.broken_by_each(np.array(free, np.int64), np.array(group, np.int64), 3)
    before = breaches(problem, chosen)
    for number, rules in enumerate(found):
        newly = [{r for r, _ in breaches(problem, chosen | {a}) - before} for a, g in zip(free, group, strict=True)
                 if g == number]
        every = set.intersection(*newly) if newly else set()
        assert list(rules) == [rule.id for rule in policy.rules if rule.id in every]
