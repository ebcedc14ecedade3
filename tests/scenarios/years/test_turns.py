"""Turns against every plan there is."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import engines
from matching.problem import Problem, compile
from matching.scenarios.years.turn_rows import in_turn, most_posts
from matching.scenarios.years.turns import TURNS, levels, missed_turns, place, with_goals
from tests.builders import instance, need, site, teacher
from tests.scenarios.years.cases import base

HOSTS = ("S3", "S4", "S5")


@st.composite
def cases(draw: Any) -> tuple[Problem, dict[str, tuple[int, int]]]:
    """Up to five teachers of two schools, up to three posts, who may go where, and who has served how often."""
    posts = draw(st.integers(1, 3))
    people, times = [], {}
    for k in range(draw(st.integers(2, 5))):
        who, avoided = f"T{k}", draw(st.sets(st.sampled_from(HOSTS), max_size=2))
        home = draw(st.sampled_from(("S1", "S1", "S2")))
        people.append(teacher(who, home, avoid_sites=tuple(sorted(avoided)), subject="chinese"))
        times[who] = (draw(st.integers(0, 2)), draw(st.integers(0, 1)))
    needs = [need(f"N{k}", HOSTS[k], priority=draw(st.integers(1, 3))) for k in range(posts)]
    sites = [site("S1"), site("S2"), *(site(s, hardship=k) for k, s in enumerate(HOSTS))]
    return compile(instance(sites, needs, people), base()), times


def every_plan(problem: Problem) -> list[np.ndarray]:
    """All choices of arcs that the rows allow; the program has no further columns."""
    program = problem.program
    assert program.n_columns == len(problem.arcs) <= 15
    xs = (np.array(bits, np.int64) for bits in product((0, 1), repeat=program.n_columns))
    return [x for x in xs
            if ((program.matrix @ x >= program.row_lower) & (program.matrix @ x <= program.row_upper)).all()]


def missed_in(problem: Problem, groups: Any, x: np.ndarray) -> int:
    """Count out-of-turn placements pair by pair, as the definition has it."""
    placed = set(problem.arcs.teacher[np.flatnonzero(x[:len(problem.arcs)])].tolist())
    rank = {t: level for group in groups for level, ts in enumerate(group) for t in ts}
    group_of = {t: k for k, group in enumerate(groups) for ts in group for t in ts}
    return sum(any(p not in placed and group_of[p] == group_of[t] and rank[p] < rank[t] for p in rank)
               for t in placed if t in rank)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_the_rows_and_goals_find_what_trying_every_plan_finds(case):
    problem, times = case
    groups = levels(problem, times, ())
    again = np.flatnonzero(problem.arcs.need > 0)[:2]
    goals = with_goals(problem, times, (), again)
    turned, _ = in_turn(goals, groups, np.zeros(goals.program.n_columns, np.int64))
    found = engines.solve(turned.program, in_process=True)
    at = place(turned.program.objectives)

    def worth(x: np.ndarray) -> tuple[int, ...]:
        costs = [int(goal.cost @ x) for goal in goals.program.objectives]
        return (*costs[:at], missed_in(problem, groups, x), *costs[at:])

    best = min(map(worth, every_plan(problem)))
    values = [goal.sense * outcome.best - goal.constant
              for goal, outcome in zip(turned.program.objectives, found.goals, strict=True)]
    assert found.status == "optimal"
    assert tuple(values) == best
    assert [o.name for o in turned.program.objectives][at] == TURNS


@settings(max_examples=40, deadline=None)
@given(cases(), st.data())
def test_turns_missed_are_those_of_the_definition_and_the_known_plan_is_taken_up(case, data):
    problem, times = case
    groups = levels(problem, times, ())
    x = data.draw(st.sampled_from(every_plan(problem)))
    placed = frozenset(problem.arcs.teacher[np.flatnonzero(x)].tolist())
    missed = list(missed_turns(groups, placed))
    assert len(missed) == missed_in(problem, groups, x)
    assert all(t in placed and waiting and not placed & set(waiting) for t, waiting in missed)
    turned, start = in_turn(problem, groups, x)
    program = turned.program
    assert (program.matrix @ start <= program.row_upper).all()
    assert (start <= program.upper).all()
    assert int(program.objectives[place(program.objectives)].cost @ start) == len(missed)


def test_who_is_serving_and_who_has_no_post_has_no_turn():
    sites, needs = [site("S1"), site("S2")], [need("N1", "S2")]
    people = [teacher("T1", "S1"), teacher("T2", "S1"), teacher("T3", "S1", avoid_sites=("S2",))]
    problem = compile(instance(sites, needs, people), base())
    times = {"T1": (0, 0), "T2": (1, 1), "T3": (0, 0)}
    assert levels(problem, times, ()) == (((0,), (1,)),)
    assert levels(problem, times, {"T1"}) == ()


def test_one_post_a_teacher_is_read_from_the_policy():
    assert most_posts(base()) == 1
    assert most_posts(base(rules=())) is None
