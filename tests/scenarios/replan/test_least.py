"""Least moves, and the goals with them, against trying every plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import audit, goal_values
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.records import Need, Teacher
from matching.planner import solve
from matching.policy import load
from matching.policy.model import Policy, Slack
from matching.problem import compile
from matching.scenarios.replan import Before, Changes, Replanned, replan
from tests.builders import instance as an_instance
from tests.builders import need, site, teacher

POLICY = load("base")
SITES = (site("S1", role="sender", county="A"), site("R1", county="B"))


def _key(policy: Policy, values: list[int]) -> tuple[int, ...]:
    return tuple(-v if goal.kind in ("fill", "fair") else v for goal, v in zip(policy.goals, values, strict=True))


def _every(instance: Instance, policy: Policy) -> Iterator[tuple[tuple[tuple[str, str], ...], tuple[int, ...]]]:
    """Yield all plans that the rules allow, with what their goals come to (less is better)."""
    problem = compile(instance, policy)
    for choice in product(*([None, *(n.need_id for n in instance.needs)] for _ in instance.teachers)):
        pairs = [(t.teacher_id, n) for t, n in zip(instance.teachers, choice, strict=True) if n is not None]
        columns = problem.columns(pairs)
        if (columns < 0).any():
            continue
        x = problem.program.lower * 0
        x[columns] = 1
        plan = Plan("main", "feasible", 0, problem.decode(x))
        if audit(instance, policy, plan).ok:
            yield tuple(pairs), _key(policy, [g.value for g in goal_values(instance, policy, plan.placements)])


def _brute(found: Replanned, before: Plan, policy: Policy, loss: int | None) -> tuple[int, ...]:
    """Return the least moves and the goals of the best plan with so few, that loses no more than is allowed."""
    gone = set(found.changes.withdraw)
    kept = {(p.teacher, p.need) for p in before.placements if p.teacher not in gone}
    every = list(_every(found.result.instance, policy))
    best = min(key for _, key in every)
    allowed = [(len(kept - set(pairs)), key) for pairs, key in every
               if key[:-1] == best[:-1] and (loss is None or key[-1] <= best[-1] + loss)]
    moves, key = min(allowed)
    return (moves, *key)


@st.composite
def _cases(draw: st.DrawFn) -> Instance:
    sites = (site("S1", role="sender", county="A"), site("R1", county="B", receive_max=draw(st.integers(1, 3))),
             site("R2", county="C"))
    subjects = st.sampled_from(["math", "chinese"])
    teachers: list[Teacher] = [
        teacher(f"T{k}", "S1", subject=draw(subjects), alt_subjects=("chinese",) if draw(st.booleans())
                  else (), pref_1=draw(st.sampled_from([None, "R1", "R2"])))
        for k in range(draw(st.integers(2, 5)))]
    needs: list[Need] = [need(f"N{k}", draw(st.sampled_from(["R1", "R2"])), subject=draw(subjects),
                                count=draw(st.integers(1, 2)), priority=draw(st.integers(1, 5)))
                         for k in range(draw(st.integers(1, 3)))]
    return Instance(sites, tuple(needs), tuple(teachers))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cases(), st.data())
def test_moves_and_goals_are_those_of_trying_every_plan(instance: Instance, data: st.DataObject) -> None:
    result = solve(instance, POLICY)
    assert result.main is not None
    plan = result.main.plan
    placed = [p.teacher for p in plan.placements]
    withdraw = data.draw(st.lists(st.sampled_from(placed), max_size=2, unique=True)) if placed else []
    close = data.draw(st.lists(st.sampled_from([n.need_id for n in instance.needs[1:]] or [""]), max_size=1))
    close = [name for name in close if name]
    loss = data.draw(st.sampled_from([None, 0, 25]))
    found = replan(Before(instance, result.policy, plan), Changes.of(withdraw=withdraw, close=close),
                   loss=None if loss is None else {"points": Slack(loss)})
    assert found.proven
    assert found.plan is not None
    assert found.least is not None
    values = _key(POLICY, [line.value for line in found.plan.goals])
    assert (found.least.best, *values) == _brute(found, plan, POLICY, loss)
    assert audit(found.result.instance, found.result.policy, found.plan).ok


def test_a_clash_is_diagnosed() -> None:
    instance = an_instance([*SITES], [need("N1", "R1"), need("N2", "R1")],
                           [teacher("T1", "S1", mandatory=True), teacher("T2", "S1", mandatory=True)])
    plan = solve(instance, POLICY).best.plan
    found = replan(Before(instance, POLICY, plan), Changes.of(close=["N1"]))
    assert found.plan is None
    assert found.result.status == "infeasible"
    assert found.result.diagnosis is not None
    assert "mandatory" in {label.rule for conflict in found.result.diagnosis.conflicts for label in conflict.rules}


@pytest.mark.parametrize("changes", [Changes.of(close=["N1"]), Changes.of(forbid=[("T1", "N1")])])
def test_who_cannot_stay_is_counted_apart(changes: Changes) -> None:
    instance = an_instance([*SITES], [need("N1", "R1"), need("N2", "R1")], [teacher("T1", "S1")])
    placed = solve(instance, POLICY).best.plan.placements
    plan = Plan("main", "feasible", 0, tuple(p._replace(need="N1") for p in placed))
    found = replan(Before(instance, POLICY, plan), changes)
    assert (found.least and found.least.best, found.forced) == (1, 1)
    assert found.moves() == [{"teacher": "T1", "from": "N1", "to": "N2"}]
