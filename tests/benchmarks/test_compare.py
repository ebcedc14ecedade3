"""The comparison of methods, at the smallest size."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from benchmarks.compare import main
from benchmarks.comparison import by_hand, direct
from benchmarks.comparison.case import Answer, Case, NotInstalledError, Settings, case_of
from benchmarks.comparison.growth import growth
from benchmarks.comparison.in_order import in_order, lifted, plain
from benchmarks.comparison.measure import Row, Setting, measure
from benchmarks.comparison.medians import medians
from benchmarks.comparison.page import main as page_of_runs
from benchmarks.comparison.page import write_page
from benchmarks.comparison.plot import Point, plot
from benchmarks.comparison.processes import LAUNCHER, run
from benchmarks.network import flow_over, relaxation
from benchmarks.synthetic import make

from matching.problem import Problem, compile

SETTINGS = Settings(30.0, threads=1)


@cache
def problem() -> Problem:
    return compile(*make("S", 2))


@cache
def case() -> Case:
    return case_of(problem())


@cache
def solved() -> Answer:
    return direct.highs_plain(case(), SETTINGS)


def values(arcs: np.ndarray) -> list[int]:
    return [int(goal.cost[arcs].sum()) for goal in case().program.objectives]


def test_plain_and_lifted_rows_have_the_same_optimum():
    assert solved().arcs is not None
    assert values(direct.highs_lifted(case(), SETTINGS).arcs) == values(solved().arcs)
    assert list(solved().bounds) == [goal.sense * value for goal, value in zip(
        case().program.objectives, values(solved().arcs), strict=True)]


def test_scip_says_where_it_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "pyscipopt", None)
    with pytest.raises(NotInstalledError):
        direct.scip(case(), SETTINGS)


def test_deferred_acceptance_says_where_it_is_missing(tmp_path: Path):
    with pytest.raises(NotInstalledError):
        by_hand.deferred(case(), replace(SETTINGS, extra=str(tmp_path)))


def test_deferred_acceptance_asks_a_package_of_the_same_name(tmp_path: Path):
    package = tmp_path / "matching"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "games.py").write_text(
        "class P:\n    def __init__(self, name): self.name = name\n"
        "class HospitalResident:\n"
        "    def create_from_dictionaries(teachers, needs, seats):\n"
        "        game = HospitalResident()\n"
        "        game.needs = needs\n"
        "        return game\n"
        "    def solve(self): return {P(n): [P(of[0])] for n, of in self.needs.items()}\n")
    arcs = by_hand.deferred(case(), replace(SETTINGS, extra=str(tmp_path))).arcs
    assert sorted(case().need[arcs].tolist()) == sorted(set(case().need.tolist()))


def test_greedy_gives_each_teacher_one_free_seat():
    arcs = by_hand.greedy(case(), SETTINGS).arcs
    assert len(set(case().teacher[arcs].tolist())) == len(arcs)
    assert np.all(np.bincount(case().need[arcs], minlength=len(case().seats)) <= case().seats)
    assert case().hectometres[arcs].tolist() == sorted(case().hectometres[arcs].tolist())


def test_the_flow_fills_no_less_than_any_plan():
    assert values(flow_over(case()).arcs)[0] <= values(solved().arcs)[0]
    assert relaxation(problem()).placed == len(flow_over(case()).arcs)


def test_goals_are_held_in_order():
    model = plain(case().program)
    seen = []

    def minimise(model, goal, start, seconds):
        seen.append((model.matrix.shape[0], None if start is None else start.tolist()))
        return direct._highs(SETTINGS, model, goal, start, seconds)

    in_order(case(), model, minimise, 30.0)
    rows = model.matrix.shape[0]
    assert [count for count, _ in seen] == [rows, rows + 1]
    assert lifted(case().program).matrix.shape[1] > model.matrix.shape[1]


@cache
def rows() -> tuple[Row, ...]:
    return tuple(measure(Setting("S", 2, "loose", "loose"), ["engine", "highs", "greedy"], SETTINGS))


def test_rows_are_judged_by_the_audit():
    network, engine, highs, greedy = rows()
    assert [row.method for row in rows()] == ["network", "engine", "highs", "greedy"]
    assert (engine.status, highs.status, greedy.status) == ("proven", "proven", "no bound")
    assert engine.goals == highs.goals
    assert engine.holds
    assert highs.holds
    assert not greedy.holds
    assert "send-max-subject" in greedy.broken
    assert network.placed >= engine.placed
    assert all(row.peak_mib > 0 and row.ratio for row in rows())


def test_a_method_that_fails_is_a_row(tmp_path: Path):
    file = tmp_path / "case"
    file.write_bytes(b"no case")
    ran = run("greedy", file, SETTINGS)
    assert ran.answer is None
    assert "Error" in ran.said


def test_medians_over_seeds():
    other = [replace(row, seed=3, seconds=(row.seconds or 0) + 2) for row in rows()]
    lost = [replace(row, seed=4, holds=None, status="none", seconds=None, said="killed") for row in rows()]
    found = medians([*rows(), *other, *lost])
    assert [entry["method"] for entry in found] == [row.method for row in rows()]
    assert [(entry["seeds"], entry["plans"]) for entry in found] == [(3, 2)] * 4
    assert found[1]["seconds"] == pytest.approx((rows()[1].seconds or 0) + 1)
    assert found[1]["said"] == "killed"


def test_a_page_with_its_drawing(tmp_path: Path):
    page = tmp_path / "docs" / "2026-09-01.md"
    write_page(page, rows(), {"date": "2026-09-01"})
    text = page.read_text("utf-8")
    assert "## S: backbone supply loose, budget loose" in text
    assert "2026-09-01.svg" in text
    assert page.with_suffix(".svg").read_text("utf-8").count("<polyline") == 4


def test_a_page_of_several_sizes_tells_how_the_time_grows(tmp_path: Path):
    """Ten times the arcs in a hundred times the seconds are two powers; tight rows do not count."""
    engine = replace(rows()[1], seconds=1.0, audit_seconds=1.0, arcs=1000, size="M")
    larger = replace(engine, seconds=100.0, audit_seconds=100.0, arcs=10_000, size="L")
    tight = replace(engine, seconds=5000.0, size="XL", arcs=20_000, budget="tight")
    found = growth([engine, larger, tight])
    assert found is not None
    assert (found.first, found.last) == ("M", "L")
    assert (found.between, found.fitted) == (pytest.approx(2.0), pytest.approx(2.0))
    assert growth([engine, tight]) is None
    page = tmp_path / "grown.md"
    write_page(page, [engine, larger], {})
    assert "From M to L, loose" in page.read_text("utf-8")


def test_a_drawing():
    svg = plot({"a < b": [Point(1000.0, 2.0), Point(2000.0, 2.0, False)]}, "arcs", "seconds")
    assert "a &lt; b" in svg
    assert svg.count('fill="white"/>') == 2


def test_the_command_writes_json_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    arguments = ["S", "--seeds", "2", "--methods", "greedy", "--json", str(tmp_path / "a.json"), "--page",
                 str(tmp_path)]
    assert main(arguments) == 0
    found = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [row["method"] for row in found["rows"]] == ["network", "greedy"]
    assert str(tmp_path) not in next(tmp_path.glob("*.md")).read_text("utf-8")
    assert "nearest first" in capsys.readouterr().out
    page_of_runs(str(tmp_path / "two.md"), *[str(tmp_path / "a.json")] * 2)
    assert "Seeds: 2." in (tmp_path / "two.md").read_text("utf-8")


def test_what_overruns_is_killed():
    command = [sys.executable, "-I", "-S", str(LAUNCHER), "0.3", sys.executable, "-c", "import time; time.sleep(60)"]
    code, peak = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert code == -signal.SIGKILL
    assert 0 < peak < 100
