"""What every engine keeps to."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy import sparse

from matching import engines
from matching.domain.findings import InputError
from matching.engines import process
from matching.problem import Objective, Program, RowLabel


def hard_program(seed=0, n=60, m=40):
    """A market-split problem: far beyond any engine's reach in seconds, though the empty plan is feasible."""
    rng = np.random.default_rng(seed)
    weights = rng.integers(1, 10**4, (m, n))
    half = weights.sum(axis=1) // 2
    slack = -np.eye(m, dtype=np.int64)
    matrix = np.hstack([weights, slack, -slack])
    upper = np.r_[np.ones(n, np.int64), np.full(2 * m, 10**7)]
    cost = np.r_[np.zeros(n, np.int64), np.ones(2 * m, np.int64)]
    return Program(n, sparse.csr_array(matrix), half, half, np.zeros(n + 2 * m, np.int64), upper,
                   tuple(RowLabel("split", str(k)) for k in range(m)), (Objective("shortfall", cost),))


def test_goals_are_optimised_in_order(engine, knapsack):
    solution = engines.solve(knapsack, engine=engine)
    assert solution.status == "optimal"
    assert [(g.name, g.best, g.bound, g.gap) for g in solution.goals] == [("fill", 4, 4, 0.0), ("points", 4, 4, 0.0)]
    assert solution.x.tolist() == [0, 1, 1]


def test_a_goal_is_held_less_its_slack(engine, knapsack):
    fill = replace(knapsack.objectives[0], slack_amount=Fraction(50), slack_percent=True)
    solution = engines.solve(replace(knapsack, objectives=(fill, knapsack.objectives[1])), engine=engine)
    assert [g.best for g in solution.goals] == [4, 1]
    assert solution.x.tolist() == [0, 1, 0]


def test_infeasible_is_said_only_of_what_is(engine, knapsack):
    solution = engines.solve(replace(knapsack, row_lower=np.array([7]), row_upper=np.array([8])), engine=engine)
    assert (solution.status, solution.x, solution.goals) == ("infeasible", None, ())


@pytest.mark.parametrize("engine", ["highs", "cpsat"])
def test_a_time_limit_leaves_a_plan_and_its_gap(engine):
    began = time.monotonic()
    solution = engines.solve(hard_program(), engine=engine, time_limit=2)
    assert time.monotonic() - began < 30
    assert solution.status in ("feasible", "unknown")
    assert solution.stopped == "time"
    if solution.x is not None:
        assert solution.goals[0].gap > 0


def test_stop_is_heard(engine):
    stop = threading.Event()
    threading.Timer(1.5, stop.set).start()
    solution = engines.solve(hard_program(), engine=engine, stop=stop)
    assert solution.stopped == "user"
    assert solution.status in ("feasible", "unknown")


def test_the_same_seed_gives_the_same_solution(engine, knapsack):
    ties = replace(knapsack, objectives=(knapsack.objectives[0], Objective("points", np.ones(3, np.int64))))
    first, second = (engines.solve(ties, engine=engine, seed=3) for _ in range(2))
    assert first.x.tolist() == second.x.tolist()


def test_a_start_and_known_bounds_spare_the_proof(engine, knapsack):
    solution = engines.solve(knapsack, engine=engine, start=np.array([0, 1, 1]), known=(4, 4))
    assert solution.status == "optimal"
    assert solution.x.tolist() == [0, 1, 1]


def test_an_infeasible_start_is_not_taken(engine, knapsack):
    assert engines.solve(knapsack, engine=engine, start=np.array([1, 1, 1])).status == "optimal"


def test_progress_is_told(engine, knapsack):
    heard = []
    engines.solve(knapsack, engine=engine, on_progress=heard.append)
    assert {p.goal for p in heard} <= {"fill", "points"}
    assert heard


def test_a_program_without_columns_is_answered(engine, knapsack):
    none = np.zeros(0, np.int64)
    empty = replace(knapsack, n_arcs=0, matrix=sparse.csr_array((1, 0), dtype=np.int64), lower=none, upper=none,
                    objectives=(Objective("fill", none, -1),))
    assert engines.solve(empty, engine=engine).status == "optimal"
    assert engines.solve(replace(empty, row_lower=np.array([1])), engine=engine).status == "infeasible"


def test_a_killed_worker_is_a_status(monkeypatch):
    real = process.subprocess.Popen

    def killed(*words, **options):
        started = real(*words, **options)
        threading.Timer(2.5, lambda: os.kill(started.pid, signal.SIGKILL)).start()
        return started

    monkeypatch.setattr(process.subprocess, "Popen", killed)
    solution = engines.solve(hard_program())
    assert solution.stopped == "crash"
    assert solution.status in ("feasible", "unknown")
    assert solution.message.zh


@pytest.mark.parametrize("name", ["higs", "pulp:NO_SUCH", "cbc:x"])
def test_an_unknown_engine_is_refused_with_the_names_there_are(name, knapsack):
    with pytest.raises(InputError) as refused:
        engines.solve(knapsack, engine=name)
    assert refused.value.findings[0].text.zh


def test_numbers_too_large_are_refused_before_the_solve(engine, knapsack):
    huge = Objective("points", np.full(3, 2**61))
    with pytest.raises(InputError, match="too large"):
        engines.solve(replace(knapsack, objectives=(huge,)), engine=engine)
