"""`matching simulate`: what it writes and says, and every way to call it wrongly."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

import matching
from matching.cli.main import run
from matching.scenarios.arrivals.result import Simulation
from tests.cli.calling import call
from tests.tables.books import save, sheets


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two posts of mathematics, five teachers, and a run."""
    place = tmp_path_factory.mktemp("arrivals")
    book = sheets()
    book["教师"] += [dict(book["教师"][0], 教师编号=f"T{k}", 姓名=f"=教师{k}") for k in (3, 4, 5)]
    save(place / "in.xlsx", book)
    assert run(["solve", str(place / "in.xlsx"), "-o", str(place / "run")]) == 0
    return place


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to write into, where the command is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


FAST = ("--draws", "300")


def test_a_folder_with_everything_is_written(folder, here, capsys):
    found = call(capsys, "simulate", folder / "run", "--rate", "0.9", *FAST, "-o", here / "out")
    assert found.code == 0
    assert "平均" in found.out
    assert "95%" in found.out
    names = {path.name for path in (here / "out").iterdir()}
    assert {"simulation.json", "report.html", "reserve.xlsx", "reserve.csv", "outcomes.csv", "rules.csv", "run.json",
            "base"} <= names
    page = (here / "out" / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http" not in page
    with (here / "out" / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["递补后补足：次数"]) for row in rows) == 300


def test_names_are_never_formulas_or_markup(folder, here, capsys):
    from openpyxl import load_workbook

    assert call(capsys, "simulate", folder / "run", "--rate", "0.5", *FAST, "-o", here / "out").code == 0
    cells = [c for page in load_workbook(here / "out" / "reserve.xlsx") for row in page.iter_rows() for c in row]
    assert any(str(c.value).startswith("=教师") for c in cells)
    assert not any(c.data_type == "f" for c in cells)


def test_the_answer_for_machines_is_the_file(folder, here, capsys):
    found = call(capsys, "simulate", folder / "run", "--rate", "90%", *FAST, "-o", here / "out", "--json")
    assert found.json == json.loads((here / "out" / "simulation.json").read_text(encoding="utf-8"))
    assert found.json["seats"] == {"asked_for": 2, "planned": 2}
    assert found.json["number"]["seats"] == 2


def test_it_can_be_done_again_from_its_folder_alone(folder, here, capsys):
    (here / "rates.toml").write_text('rate = 0.8\n[[group]]\nwhen = "teacher_id = T1"\nrate = 0.5\n', encoding="utf-8")
    words = ["--rates", here / "rates.toml", "--rate", "0.7", "--variant", "--seats", "1", *FAST]
    assert call(capsys, "simulate", folder / "run", *words, "-o", here / "out").code == 0
    (here / "rates.toml").unlink()
    kept = json.loads((here / "out" / "run.json").read_text(encoding="utf-8"))
    again = [word.replace("{run}", str(here / "out")) for word in kept["command"]]
    assert call(capsys, *again, "-o", here / "again").code == 0
    for name in kept["files"]:
        assert (here / "again" / name).read_bytes() == (here / "out" / name).read_bytes()


def test_english_is_spoken(folder, here, capsys):
    found = call(capsys, "simulate", folder / "run", "--rate", "0.9", *FAST, "-o", here / "out", lang="en")
    assert "on average" in found.out
    assert "Who arrives" in (here / "out" / "report.html").read_text(encoding="utf-8")


def test_without_a_folder_named_it_goes_to_runs(folder, here, capsys):
    assert call(capsys, "simulate", folder / "run", "--rate", "0.9", *FAST).code == 0
    assert [path.name.endswith("-arrivals") for path in (here / "runs").iterdir() if path.is_dir()] == [True]


def test_two_processes_write_the_same(folder, here, capsys):
    for name, executor in (("one", "in-process"), ("two", "processes:2")):
        words = ["--rate", "0.9", "--draws", "1100", "--executor", executor]
        assert call(capsys, "simulate", folder / "run", *words, "-o", here / name).code == 0
    assert (here / "one" / "simulation.json").read_bytes() == (here / "two" / "simulation.json").read_bytes()


@pytest.mark.parametrize(("words", "code"), [
    ((), "no_rate"),
    (("--rate", "1.2"), "not_a_rate"),
    (("--rate", "-0.1"), "not_a_rate"),
    (("--rate", "viel"), "not_a_number"),
    (("--rate", "0.9", "--draws", "0"), "draws_range"),
    (("--rate", "0.9", "--draws", "many"), "wrong_call"),
    (("--rate", "0.9", "--chance", "100%"), "chance_range"),
    (("--rate", "0.9", "--chance", "sure"), "chance_range"),
    (("--rate", "0.9", "--seats", "0"), "seats_range"),
    (("--rate", "0.9", "--seed", "-1"), "seed_range"),
    (("--rate", "0.9", "--plan", "mian"), "unknown_plan"),
    (("--rate", "0.9", "--executor", "cloud"), None),
    (("--rates", "none.toml"), "unreadable"),
])
def test_a_wrong_call_writes_nothing(folder, here, capsys, words, code):
    found = call(capsys, "simulate", folder / "run", *words, "-o", here / "out", "--json")
    assert found.code == 2
    assert code in (None, found.json["findings"][0]["code"])
    assert found.json["findings"][0]["zh"]
    assert list(here.iterdir()) == []


def test_an_unknown_group_in_the_rates_is_refused(folder, here, capsys):
    (here / "rates.toml").write_text('rate = 0.9\n[[group]]\nwhen = "grade = 3"\nrate = 0.5\n', encoding="utf-8")
    found = call(capsys, "simulate", folder / "run", "--rates", here / "rates.toml", "-o", here / "out")
    assert found.code == 2
    assert "grade" in found.err
    assert not (here / "out").exists()


def test_an_unknown_run_or_a_folder_that_exists_is_refused(folder, here, capsys):
    assert call(capsys, "simulate", here / "nowhere", "--rate", "0.9", "-o", here / "out").code == 2
    (here / "there").mkdir()
    assert call(capsys, "simulate", folder / "run", "--rate", "0.9", "-o", here / "there").code == 2
    assert list(here.iterdir()) == [here / "there"]


def test_a_run_that_was_changed_is_refused(folder, here, capsys):
    shutil.copytree(folder / "run", here / "run")
    (here / "run" / "policy.toml").write_text("", encoding="utf-8")
    assert call(capsys, "simulate", here / "run", "--rate", "0.9", "-o", here / "out").code == 2
    assert not (here / "out").exists()


def test_the_library_says_the_same(folder):
    found = matching.simulate(folder / "run", rate=0.9, draws=300)
    assert isinstance(found, Simulation)
    again = matching.simulate(matching.read_run(folder / "run"), rate="90%", draws=300)
    assert again.to_dict() == found.to_dict()
