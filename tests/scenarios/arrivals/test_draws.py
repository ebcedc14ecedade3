"""Every draw, against the same worked out by hand; means, against the exact sum over all ways to arrive."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.executors import Task, in_process, processes
from matching.scenarios.arrivals.draws import CHUNK, Purpose, jobs, joined, open_ground, outcome, uniforms
from matching.scenarios.arrivals.ground import ground_of
from matching.scenarios.arrivals.read import uniform as one_rate
from matching.scenarios.arrivals.repair import Columns
from tests import builders as b
from tests.scenarios.arrivals import cases
from tests.strategies import ALL, instances

HALF = one_rate("0.5")
NO_PEOPLE = ALL - {"locks", "mandatory", "groups"}


def agree(found, ground, draws):
    drawn = outcome(ground, Columns.of(ground), draws)
    names = ground.demands.rules
    for k, one in enumerate(draws):
        filled, asked, short = cases.reference(found, ground, one)
        assert drawn.filled[k] == filled
        assert drawn.asked[k] == len(asked)
        by_rule = {rule: sum(key[0] == rule for key in short) for rule in names}
        assert {rule: int(drawn.broken[k, at]) for at, rule in enumerate(names)} == by_rule


@settings(max_examples=15, deadline=None)
@given(instances(max_teachers=5, features=NO_PEOPLE), st.sampled_from([(), (cases.BACKBONE,), (cases.EACH,),
                                                                       (cases.FROM_TWO, cases.EACH),
                                                                       (cases.FEW_SCHOOLS, cases.SOME_SCHOOLS)]),
       st.data())
def test_every_draw_is_as_worked_out_by_the_audit(instance, rules, data):
    found = cases.inquiry(instance, cases.policy(*rules))
    if not found.plan.placements:
        return
    most = data.draw(st.integers(1, len(found.plan.placements)))
    found = cases.inquiry(instance, cases.policy(*rules), cases.greedy(found.problem, most))
    ground = ground_of(found.problem, found.plan, HALF)
    draws = cases.every_draw(len(instance.teachers))
    picked = data.draw(st.lists(st.integers(0, len(draws) - 1), min_size=1, max_size=6, unique=True))
    agree(found, ground, draws[picked])


@pytest.mark.parametrize("rules", [(), (cases.BACKBONE,), (cases.FROM_TWO, cases.EACH),
                                   (cases.FEW_SCHOOLS, cases.SOME_SCHOOLS)])
@pytest.mark.parametrize("send_max", [None, 1])
def test_all_ways_to_arrive_of_a_small_plan(rules, send_max):
    found = cases.inquiry(cases.small(send_max), cases.policy(*rules))
    agree(found, ground_of(found.problem, found.plan, HALF), cases.every_draw(5))


def test_a_rule_binds_from_its_seats_on_also_where_nobody_there_counts():
    needs = [b.need(f"N{k}", "R1") for k in (1, 2)]
    people = [b.teacher(f"T{k}", "S1", backbone="none") for k in (1, 2, 3)]
    instance = b.instance([b.site("S1", "sender"), b.site("R1", "receiver")], needs, people)
    found = cases.inquiry(instance, cases.policy(cases.FROM_TWO))
    ground = ground_of(found.problem, found.plan, HALF)
    agree(found, ground, cases.every_draw(3))
    drawn = outcome(ground, Columns.of(ground), np.array([[0.0, 0, 1], [0, 1, 0]]))
    assert drawn.broken[:, ground.demands.rules.index("from-two")].tolist() == [1, 0]


def test_schools_are_counted_once_however_many_go_there():
    found = cases.inquiry(cases.small(), cases.policy(cases.SOME_SCHOOLS))
    ground = ground_of(found.problem, found.plan, HALF)
    drawn = outcome(ground, Columns.of(ground), np.array([[0.0, 0, 0, 1, 1], [0, 1, 1, 0, 1], [1, 1, 1, 1, 1]]))
    assert drawn.broken[:, ground.demands.rules.index("some-schools")].tolist() == [1, 1, 0]


def test_nobody_is_asked_who_would_open_a_school_too_many():
    instance = cases.small()
    problem = cases.inquiry(instance, cases.policy(cases.FEW_SCHOOLS), []).problem
    placed = problem.columns([("T1", "N1"), ("T2", "N1"), ("T3", "N2")])
    found = cases.inquiry(instance, cases.policy(cases.FEW_SCHOOLS), placed.tolist())
    ground = ground_of(found.problem, found.plan, HALF)
    drawn = outcome(ground, Columns.of(ground), np.array([[0.0] * 5, [0, 0, 1, 0, 0], [1, 0, 0, 0, 0]]))
    rule = ground.demands.rules.index("few-schools")
    assert drawn.filled.tolist() == [3, 2, 3]
    assert drawn.broken[:, rule].tolist() == [1, 0, 1]
    assert drawn.refused[rule] == 2


def test_the_mean_of_the_draws_is_the_exact_one_within_its_interval():
    found = cases.inquiry(cases.small(1), cases.policy(cases.BACKBONE))
    ground = ground_of(found.problem, found.plan, one_rate("0.8"))
    ways = cases.every_draw(5)
    exact = outcome(ground, Columns.of(ground), ways).filled @ cases.weights(ways, 0.8)
    with open_ground(ground) as do:
        drawn = joined([do(job) for job in jobs(7, Purpose.SHOWN, 20_000)]).filled
    assert abs(drawn.mean() - exact) < 4 * drawn.std() / np.sqrt(len(drawn))


def test_who_is_kept_together_counts_as_broken_and_steps_in_for_nobody():
    instance = cases.small(group=None)
    groups = {"T1": "夫妻", "T2": "夫妻", "T4": "同行", "T5": "同行"}
    people = [t._replace(group=groups.get(t.teacher_id)) for t in instance.teachers]
    instance = type(instance)(instance.sites, (instance.needs[0]._replace(count=3),), tuple(people))
    found = cases.inquiry(instance, cases.policy())
    ground = ground_of(found.problem, found.plan, HALF)
    assert not len(ground.reserves)
    draws = np.array([[0.0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 0, 0]])
    drawn = outcome(ground, Columns.of(ground), draws)
    assert drawn.broken[:, ground.demands.rules.index("group")].tolist() == [0, 1, 0, 0]


def test_who_must_go_and_does_not_breaks_the_rule():
    instance = cases.small()
    people = tuple(t._replace(mandatory=t.teacher_id == "T1") for t in instance.teachers)
    found = cases.inquiry(type(instance)(instance.sites, instance.needs, people), cases.policy())
    ground = ground_of(found.problem, found.plan, HALF)
    drawn = outcome(ground, Columns.of(ground), np.array([[0.0] * 5, [1, 0, 0, 0, 0], [0, 1, 0, 0, 0]]))
    assert drawn.broken[:, ground.demands.rules.index("mandatory")].tolist() == [0, 1, 0]


def test_only_those_who_may_be_asked_are():
    found = cases.inquiry(cases.small(), cases.policy())
    ground = ground_of(found.problem, found.plan, HALF)
    draws = cases.every_draw(5)
    columns = Columns.of(ground)
    assert outcome(ground, columns, draws, ()).asked.sum() == 0
    assert outcome(ground, columns, draws, tuple(ground.reserves.tolist())).filled.tolist() == \
        outcome(ground, columns, draws).filled.tolist()


def test_the_first_draws_are_the_same_however_many_there_are():
    few, many = (jobs(3, Purpose.SHOWN, n) for n in (CHUNK + 3, 3 * CHUNK))
    assert (uniforms(few[1], 4) == uniforms(many[1], 4)[:3]).all()
    assert (uniforms(few[0], 4) != uniforms(jobs(3, Purpose.TEST, CHUNK)[0], 4)).all()


def test_two_processes_draw_the_same():
    found = cases.inquiry(cases.small(1), cases.policy(cases.BACKBONE))
    task = Task(open_ground, ground_of(found.problem, found.plan, HALF))
    work = jobs(1, Purpose.SHOWN, 3 * CHUNK)
    here, there = (joined(executor.run(task, work)) for executor in (in_process(), processes(2)))
    assert all((a == b).all() for a, b in zip(here, there, strict=True))
