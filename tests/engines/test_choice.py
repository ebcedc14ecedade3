"""What takes a program, and what is refused before the solve."""

import subprocess
import sys
from dataclasses import replace

import pytest

from matching import engines
from matching.domain.findings import InputError
from matching.engines import choice
from matching.engines.choice import choose
from matching.engines.refusal import COPIES, PROCESS, out_of_memory, size

PLENTY = 2**40


def test_the_default_engine_leaves_a_network_to_the_flow(knapsack, counted):
    assert (choose(knapsack, "highs", PLENTY).engine, choose(counted, "highs", PLENTY).engine) == ("highs", "mcf")
    assert choose(counted, "cpsat", PLENTY) == ("cpsat", None)


@pytest.mark.parametrize("name", engines.available())
def test_every_engine_says_how_often_it_holds_a_program(name, knapsack):
    need = PROCESS + size(knapsack) * COPIES[name]
    assert out_of_memory(knapsack, name, need) == out_of_memory(knapsack, name, None) == ()
    [text] = out_of_memory(knapsack, name, need - 1)
    assert "room for about 2" in text.en
    assert "最多容纳约 2 个" in text.zh
    [nothing] = out_of_memory(knapsack, name, PROCESS // 2)
    assert "room for about 0" in nothing.en


def test_memory_is_asked_for_once_whichever_the_engine(engine, knapsack, monkeypatch):
    monkeypatch.setattr(choice, "free_memory", lambda: 10)
    with pytest.raises(InputError, match="of memory, and this machine has") as refused:
        engines.solve(knapsack, engine=engine)
    assert [f.code for f in refused.value.findings] == ["engine_refuses"]


def test_a_worker_that_is_ready_takes_either_kind_of_job(knapsack, counted):
    for program, name in ((knapsack, "highs"), (counted, "mcf")):
        with engines.ready() as worker:
            solution = engines.solve(program, worker=worker)
        assert (solution.engine, solution.x.tolist()) == (name, [0, 1, 1])


def test_a_worker_that_nobody_needs_ends():
    with engines.ready() as worker:
        pass
    assert worker.death().stopped == "crash"


def test_a_worker_ends_when_whoever_started_it_is_gone():
    worker = subprocess.Popen([sys.executable, "-m", "matching.engines.worker", "ahead"], stdin=subprocess.PIPE)
    worker.stdin.close()
    assert worker.wait(30) == 0


def test_all_that_speaks_against_an_engine_is_said(knapsack):
    with pytest.raises(InputError) as refused:
        choose(replace(knapsack, upper=knapsack.upper * 2**62), "highs", 10)
    assert len(refused.value.findings) == 2
