"""`matching whatif` on the command line: its folder, its answer, and what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call

TINY = Path(__file__).parents[2] / "instances" / "tiny"
INPUT = (TINY / "tiny.xlsx", "--policy", TINY / "policy.toml", "--who", "")
VARY = ("--vary", "backbone-share.at_least=0:0.7:0.1")
SCENARIOS = """
[[scenario]]
id = "half"
title = { zh = "数学教师减半", en = "Half of those of mathematics" }
[[scenario.change]]
teachers = 'subject = math'
keep = "50%"
"""


@pytest.fixture
def scenarios(tmp_path):
    path = tmp_path / "scenarios.toml"
    path.write_text(SCENARIOS, encoding="utf-8")
    return path


def test_a_folder_with_the_curve_and_the_scenarios(tmp_path, capsys, scenarios):
    folder = tmp_path / "out"
    answer = call(capsys, "whatif", *INPUT, *VARY, "--scenarios", scenarios, "-o", folder)
    assert answer.code == 0
    assert "1/3" in answer.out
    names = {path.name for path in folder.iterdir()}
    assert names == {"whatif.json", "points.csv", "scenarios.csv", "placements.csv", "report.html", "whatif.xlsx",
                     "input.json", "policy.toml", "scenarios.toml", "run.json"}
    told = json.loads((folder / "whatif.json").read_text("utf-8"))
    assert [point["set"]["backbone-share.at_least"] for point in told["points"]] == [k / 10 for k in range(8)]
    assert told["infeasible_from"] == {"backbone-share.at_least": "3/5"}
    assert [one["id"] for one in told["scenarios"]] == ["base", "half"]
    with (folder / "points.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 9
    book = load_workbook(folder / "whatif.xlsx")
    assert book.sheetnames == ["方案对比", "取值对比", "逐点", "规则冲突"]
    assert [clash["point"] for clash in told["clashes"]] == ["seed=0 backbone-share.at_least=7/10"]
    [named] = [{label["rule"] for label in clash["conflict"]} for clash in told["clashes"]]
    sheet = " ".join(str(cell) for row in book["规则冲突"].iter_rows(values_only=True) for cell in row)
    page = (folder / "report.html").read_text("utf-8")
    assert page.count("<svg") == 4
    for rule in named:
        assert all(f"{rule}（" in where for where in (page, sheet, answer.out))
    first, *_, last = sentences = page.split('id="headline"')[1].split("</section>")[0].split("<p")[1:]
    assert "补足不减" in first
    assert "都通过了审计" in last
    assert len(sentences) == 4
    assert "http" not in page.replace("http://www.w3.org", "")


def test_the_answer_and_the_folder_are_the_same_each_time(tmp_path, capsys):
    answers = [call(capsys, "whatif", *INPUT, *VARY, "--json", "-o", tmp_path / str(k) / "out", lang="en")
               for k in (1, 2)]
    assert answers[0].json == answers[1].json
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / str(k) / "out").iterdir() if p.name != "run.json"}
                     for k in (1, 2))
    assert first == second


def test_it_goes_on_from_what_was_done_before(tmp_path, capsys):
    first = call(capsys, "whatif", *INPUT, *VARY, "--json", "-o", tmp_path / "a", lang="en")
    second = call(capsys, "whatif", *INPUT, *VARY, "--json", "-o", tmp_path / "b", lang="en")
    assert "results are there" in second.err
    assert "results are there" not in first.err
    assert first.json == second.json


@pytest.mark.parametrize(("words", "code"), [
    ((), "nothing_asked"),
    (("--vary", "backbone-share.at_least"), "bad_vary"),
    (("--vary", "bakbone-share.at_least=0.2"), "unknown_rule"),
    (("--vary", "backbone-share.at_least=2"), "share_above_one"),
    (("--vary", "seats.at_most=20%"), "not_a_share"),
    ((*VARY, "--seeds", "x"), "bad_seeds"),
    ((*VARY, "--seeds", "0"), "bad_seeds"),
    ((*VARY, "--floor", "99"), "bad_floor"),
    (("--scenarios", "none.toml"), "no_file"),
    ((*VARY, "--executor", "moon"), None),
])
def test_what_it_refuses_writes_nothing(tmp_path, capsys, words, code):
    answer = call(capsys, "whatif", *INPUT, *words, "--json", "-o", tmp_path / "out", lang="en")
    assert answer.code == 2
    assert code is None or answer.json["findings"][0]["code"] == code
    assert list(tmp_path.iterdir()) == []


def test_out_of_time_is_told_and_not_called_infeasible(tmp_path, capsys):
    answer = call(capsys, "whatif", *INPUT, *VARY, "--time-limit", 0, "--json", "-o", tmp_path / "out")
    assert answer.code in (4, 5)
    assert not answer.json["complete"]
    assert "infeasible" not in {point["status"] for point in answer.json["points"]}


def test_one_time_limit_is_for_the_curve_and_the_scenarios_together(tmp_path, capsys, scenarios, monkeypatch):
    from matching.scenarios import whatif as package

    clock, given = [0.0], []

    def timed(work, seconds):
        def worked(*args, **settings):
            given.append(settings.pop("time_limit"))
            clock[0] += seconds
            return work(*args, time_limit=None, **settings)
        return worked

    monkeypatch.setattr("matching.planner.clock.time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(package, "whatif", timed(package.whatif, 40))
    monkeypatch.setattr(package, "compare", timed(package.compare, 40))
    words = ("whatif", *INPUT, "--vary", "backbone-share.at_least=0.2", "--scenarios", scenarios, "--json")
    for limit, left in ((100, 60), (30, 0)):
        assert call(capsys, *words, "--time-limit", limit, "-o", tmp_path / f"out-{limit}").code == 0
        assert given == [limit, left]
        given.clear()


def test_a_damaged_store_is_told_and_nothing_is_written_to_it(tmp_path, capsys):
    assert call(capsys, "whatif", *INPUT, "--vary", "backbone-share.at_least=0.2", "-o", tmp_path / "a").code == 0
    store = tmp_path / "matching-store.sqlite"
    content = bytearray(store.read_bytes())
    half = len(content) // 2
    content[half:] = b"x" * (len(content) - half)
    store.write_bytes(content)
    answer = call(capsys, "whatif", *INPUT, "--vary", "backbone-share.at_least=0.2", "-o", tmp_path / "b", lang="en")
    assert answer.code == 0
    assert "is damaged" in answer.err
    assert "runs rebuild" in answer.err
    assert "nothing is written to this store" in answer.err
    assert (tmp_path / "b" / "whatif.json").exists()
    assert store.read_bytes() == content
