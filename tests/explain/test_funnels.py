"""Reasons found for many at once are those found for each alone."""

from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.explain import funnels
from matching.explain.funnel import candidates_left, last_refusal, posts_left
from matching.explain.funnels import NONE, candidates_refused, posts_refused
from matching.explain.reasons import RESERVES, Reasons
from matching.problem import compile
from matching.problem.standing import Standing
from tests.policies import random_policies
from tests.strategies import instances

SETTINGS = settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(instances(), random_policies(), st.sampled_from((1, 7, 4_000_000)))
def test_the_rule_that_refuses_the_last_is_that_of_each_funnel(instance, policy, cells):
    problem = compile(instance, policy)
    people, posts = (np.arange(len(some)) for some in (instance.teachers, instance.needs))
    with patch.object(funnels, "CELLS", cells):
        found = posts_refused(problem, people[::-1]).tolist(), candidates_refused(problem, posts).tolist()
    alone = ([last_refusal(posts_left(problem, t)) for t in people[::-1].tolist()],
             [last_refusal(candidates_left(problem, n)) for n in posts.tolist()])
    assert found == tuple([NONE if at is None else at for at in some] for some in alone)


def some_plan(problem, data):
    """Arcs of one each a teacher, and no more than each need's seats."""
    free, placed, chosen = [need.count for need in problem.instance.needs], set(), []
    for arc in data.draw(st.permutations(range(len(problem.arcs)))):
        teacher, need = int(problem.arcs.teacher[arc]), int(problem.arcs.need[arc])
        if teacher not in placed and free[need] and data.draw(st.booleans()):
            free[need] -= 1
            placed.add(teacher)
            chosen.append(arc)
    return sorted(chosen), free, placed


def stopped(arcs, standing):
    broken = standing.first_broken(np.array(arcs, np.int64))
    return "not_needed" if None in broken else broken[0]


def why(problem, standing, arcs, open_arcs, refused, taken):
    """One at a time: nobody in reach, all of them taken, or what the first change would break."""
    return refused() if not arcs else stopped(open_arcs, standing) if open_arcs else taken


@SETTINGS
@given(instances(), random_policies(), st.data())
def test_reasons_are_those_of_each_alone(instance, policy, data):
    problem = compile(instance, policy)
    chosen, free, placed = some_plan(problem, data)
    x = np.zeros(problem.program.n_columns, np.int64)
    x[chosen] = 1
    reasons, standing = Reasons(problem, problem.decode(x)), Standing(problem, np.array(chosen, np.int64))
    ends = list(enumerate(zip(problem.arcs.teacher.tolist(), problem.arcs.need.tolist(), strict=True)))
    for line in reasons.unplaced():
        t = [one.teacher_id for one in instance.teachers].index(line.teacher)
        mine = [arc for arc, (teacher, _) in ends if teacher == t]
        steps = posts_left(problem, t)
        assert line.reason == why(problem, standing, mine, [arc for arc in mine if free[ends[arc][1][1]] > 0],
                                  lambda steps=steps: steps[last_refusal(steps)].rule, "no_seat_left")
    for line in reasons.unfilled():
        n = [one.need_id for one in instance.needs].index(line.need)
        mine = [arc for arc, (_, need) in ends if need == n]
        steps = candidates_left(problem, n)
        assert line.gap == free[n]
        assert line.reason == why(
            problem, standing, mine, [arc for arc in mine if ends[arc][1][0] not in placed],
            lambda steps=steps: steps[last_refusal(steps)].rule if last_refusal(steps) else "no_candidate",
            "all_placed_elsewhere")


@SETTINGS
@given(instances(), random_policies(), st.data())
def test_reserves_are_the_cheapest_without_a_post(instance, policy, data):
    problem = compile(instance, policy)
    chosen, _, placed = some_plan(problem, data)
    x = np.zeros(problem.program.n_columns, np.int64)
    x[chosen] = 1
    points = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(problem.arcs), max_size=len(problem.arcs))),
                      np.int64)
    found = {line.need: line.teachers for line in Reasons(problem, problem.decode(x)).reserve(points)}
    for n, need in enumerate(instance.needs):
        spare = [arc for arc in np.flatnonzero(problem.arcs.need == n).tolist()
                 if int(problem.arcs.teacher[arc]) not in placed]
        best = sorted(spare, key=lambda arc: points[arc])[:RESERVES]
        names = tuple(instance.teachers[problem.arcs.teacher[arc]].teacher_id for arc in best)
        assert found.get(need.need_id, ()) == names
