"""Min-cost flow takes just the programs that are a pure network, and solves them as HiGHS does."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import engines
from matching.domain.findings import InputError
from matching.engines import flow, flow_parts, network, registry, weights
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.policy import load
from matching.problem import INFINITE, Objective, Program, RowLabel, compile
from tests.strategies import ALL, instances

BASE = load("base")
SETTINGS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@st.composite
def networks(draw, rules=True):
    """Columns between a tree of teachers in schools and a tree of posts in counties, with bounds anywhere.

    Some rows are empty, some columns count downwards or beyond one, and rows of one family may bear any rule's name.
    """
    n = draw(st.integers(1, 8))
    teacher = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    need = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    sign = np.array(draw(st.lists(st.sampled_from((1, 1, 1, -1)), min_size=n, max_size=n)))
    members = [*(teacher == t for t in range(4)), teacher < 2, *(need == k for k in range(4)), need % 2 == 0]
    kinds = ["one-post"] * 4 + ["send-max"] + ["seats"] * 4 + ["floor"]
    if not rules:
        kinds = draw(st.lists(st.sampled_from(("a", "b")), min_size=10, max_size=10))
    low = [draw(st.sampled_from((-INFINITE, -INFINITE, 0, 1))) for _ in members]
    high = [draw(st.sampled_from((1, 2, INFINITE))) for _ in members]
    least = np.array(draw(st.lists(st.sampled_from((0, 0, 0, -1, 1)), min_size=n, max_size=n)), np.int64)
    most = least + np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)), np.int64)
    costs = st.lists(st.integers(-4, 9), min_size=n, max_size=n)
    goals = (Objective("fill", -np.ones(n, np.int64), -1),
             *(Objective("points", np.array(draw(costs), np.int64), 1, 7) for _ in range(draw(st.integers(0, 2)))))
    labels = tuple(RowLabel(kind, str(k)) for k, kind in enumerate(kinds))
    return Program(n, sparse.csr_array(np.array(members) * sign), np.array(low, np.int64), np.array(high, np.int64),
                   least, most, labels, goals)


def answer(program, engine):
    """What the engine of that name finds by itself: the default one of a solve would leave networks to the flow."""
    ledger = Ledger(program)
    verdict = registry.engine_of(engine).run(ledger, Settings())
    assert (ledger.x is None) == (verdict == "infeasible")
    return [(g.name, g.best, g.bound) for g in ledger.outcomes()]


@SETTINGS
@given(networks())
def test_a_network_is_solved_as_highs_solves_it(program):
    assert answer(program, "mcf") == answer(program, "highs")


@SETTINGS
@given(networks(rules=False))
def test_rows_are_told_apart_where_their_rules_do_not_tell(program):
    assert answer(program, "mcf") == answer(program, "highs")


@pytest.mark.parametrize(("largest", "light"), [(140, 4), (2**60, 1)])
@SETTINGS
@given(program=networks())
def test_goals_in_turn_and_light_guesses_end_alike(monkeypatch, largest, light, program):
    """Costs too large to be made one are worked in turn; a guess that falls short is found out."""
    expected = answer(program, "highs")
    monkeypatch.setattr(network, "LARGEST_COST", largest)
    monkeypatch.setattr(weights, "LIGHT", light)
    monkeypatch.setattr(weights, "WORTH_LIGHTER", 1)
    assert answer(program, "mcf") == expected


@SETTINGS
@given(networks())
def test_parts_that_have_only_the_root_in_common_are_solved_apart(program):
    expected = answer(program, "highs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow_parts, "LEAST", 1)
        assert answer(program, "mcf") == expected


def test_provinces_fall_apart_and_small_ones_stay_together(monkeypatch):
    """Three teachers, each with two posts of their own: as many parts as edges allow, every column in one of them."""
    rows = np.zeros((9, 6), np.int64)
    for column in range(6):
        rows[[column // 2, 3 + column], column] = 1
    points = np.array([3, 2, 5, 7, 1, 1])
    program = Program(6, sparse.csr_array(rows), np.full(9, -INFINITE), np.ones(9, np.int64), np.zeros(6, np.int64),
                      np.ones(6, np.int64), tuple(RowLabel("a" if k < 3 else "b", str(k)) for k in range(9)),
                      (Objective("fill", -np.ones(6, np.int64), -1), Objective("points", points)))
    whole = network.network_of(program)
    assert len(flow_parts.parts_of(whole)) == 1
    monkeypatch.setattr(flow_parts, "LEAST", 1)
    parts = flow_parts.parts_of(whole)
    assert [part.columns.tolist() for part in parts] == [[0, 1], [2, 3], [4, 5]]
    assert {part.network.n_nodes for part in parts} == {4}
    assert flow.solve_parts(parts).tolist()[:4] == [0, 1, 1, 0]


def test_a_stop_is_heard_between_two_parts(monkeypatch, counted):
    asked = iter((False, True))
    halves = [flow.Part(np.arange(3), network.network_of(counted))] * 2
    monkeypatch.setattr(flow_parts, "parts_of", lambda found: halves)
    solution = engines.solve(counted, stop=lambda: next(asked))
    assert (solution.status, solution.stopped) == ("unknown", "user")


def test_a_guess_that_falls_short_is_found_out(monkeypatch):
    """One more filled seat costs three arcs of 9: a guess that weighs it as one arc leaves it empty."""
    arcs = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3)]
    rows = np.array([[t == k for t, _ in arcs] for k in range(3)] + [[n == k for _, n in arcs] for k in range(4)])
    points = np.array([0, 90, 0, 90, 0, 90])
    seats = np.array([1, 1, 1, 0, 1, 1, 1])
    program = Program(6, sparse.csr_array(rows.astype(np.int64)), np.full(7, -INFINITE), seats,
                      np.zeros(6, np.int64), np.ones(6, np.int64), tuple(RowLabel(str(k), "plan") for k in range(7)),
                      (Objective("fill", -np.ones(6, np.int64), -1), Objective("points", points)))
    monkeypatch.setattr(weights, "LIGHT", 0)
    monkeypatch.setattr(weights, "WORTH_LIGHTER", 1)
    found = network.network_of(program)
    assert found.costs[0].light is not None
    assert flow.solve(found).tolist() == [0, 1, 0, 1, 0, 1]


@SETTINGS
@given(instances(features=ALL - {"groups", "pairings"}))
def test_the_base_policy_where_it_is_a_network(instance):
    program = compile(instance, BASE).program
    if program.n_columns and not engines.engine_of("mcf").refusals(program):
        assert answer(program, "mcf") == answer(program, "highs")


@given(networks())
@settings(max_examples=10, deadline=None)
def test_the_default_engine_leaves_a_network_to_the_flow_and_says_so(program):
    solution = engines.solve(program, in_process=True)
    assert solution.engine == "mcf"
    assert solution.status in ("optimal", "infeasible")


@pytest.mark.parametrize("here", [0, 100_000])
def test_the_flow_in_a_worker_and_where_it_is_small_in_this_process(monkeypatch, counted, here):
    monkeypatch.setattr(sys.modules["matching.engines.solve"], "SOLVED_HERE", here)
    solution = engines.solve(counted)
    assert (solution.engine, solution.status, solution.x.tolist()) == ("mcf", "optimal", [0, 1, 1])
    none = engines.solve(replace(counted, row_lower=np.array([4]), row_upper=np.array([5])))
    assert (none.engine, none.status, none.goals) == ("mcf", "infeasible", ())
    stopped = engines.solve(counted, stop=lambda: True)
    assert (stopped.status, stopped.stopped) == ("unknown", "user")


def test_a_solver_that_gives_up_is_a_status(monkeypatch, counted):
    def gives_up(found):
        raise flow.FlowFailedError("BAD_RESULT")

    monkeypatch.setattr(flow, "solve", gives_up)
    solution = engines.solve(counted)
    assert (solution.status, solution.stopped) == ("unknown", "crash")
    assert "BAD_RESULT" in solution.message.en


@pytest.mark.parametrize("bounds", [(-INFINITE, 5), (0, 0), (1, INFINITE), (-3, -1)])
def test_rows_without_columns_and_columns_without_rows(counted, bounds):
    bare = replace(counted, matrix=sparse.csr_array((1, 3), dtype=np.int64), row_lower=np.array(bounds[:1]),
                   row_upper=np.array(bounds[1:]))
    none = replace(counted, matrix=sparse.csr_array((0, 3), dtype=np.int64), row_lower=np.zeros(0, np.int64),
                   row_upper=np.zeros(0, np.int64), labels=())
    assert answer(bare, "mcf") == answer(bare, "highs")
    assert answer(none, "mcf") == answer(none, "highs")


def test_no_columns_and_no_goals(counted):
    none = np.zeros(0, np.int64)
    empty = replace(counted, n_arcs=0, matrix=sparse.csr_array((1, 0), dtype=np.int64), lower=none, upper=none,
                    objectives=(Objective("fill", none, -1),))
    assert engines.solve(empty, engine="mcf").status == "optimal"
    assert engines.solve(replace(empty, row_lower=np.array([1])), engine="mcf").status == "infeasible"
    assert answer(replace(counted, objectives=()), "mcf") == []


def crossing():
    rows = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], np.int64)
    ones = np.ones(3, np.int64)
    return Program(3, sparse.csr_array(rows), -INFINITE * ones, ones, 0 * ones, ones,
                   tuple(RowLabel(f"r{k}", "plan") for k in range(3)), (Objective("fill", -ones, -1),))


def test_rows_that_cross_in_three_ways_are_refused():
    with pytest.raises(InputError, match="network"):
        engines.solve(crossing(), engine="mcf")
    assert engines.solve(crossing(), in_process=True).engine == "highs"


def test_what_is_no_plain_count_is_refused_with_its_rule(counted):
    with pytest.raises(InputError, match="rule seats is no plain count"):
        engines.solve(replace(counted, matrix=2 * counted.matrix), engine="mcf")
    both = sparse.csr_array(np.array([[1, 1, 1], [-1, 1, 1]]))
    twice = replace(counted, matrix=both, row_lower=np.array([0, 0]), row_upper=np.array([2, 2]),
                    labels=(RowLabel("seats", "plan"), RowLabel("odd", "plan")))
    with pytest.raises(InputError, match="is no plain count"):
        engines.solve(twice, engine="mcf")


def test_slack_is_refused_but_of_the_last_goal(counted):
    fill, points = counted.objectives
    slack = replace(fill, slack_amount=Fraction(1))
    with pytest.raises(InputError, match="slack"):
        engines.solve(replace(counted, objectives=(slack, points)), engine="mcf")
    assert engines.solve(replace(counted, objectives=(points, slack)), engine="mcf", in_process=True).x.sum() == 0


def test_costs_beyond_the_solvers_range_are_refused(counted):
    with pytest.raises(InputError, match="too large"):
        engines.solve(replace(counted, objectives=(Objective("points", np.full(3, 2**61)),)), engine="mcf")
