"""`matching runs`: what it prints, its exit codes, and that a damaged store is a clear error and is left as it is."""

from __future__ import annotations

import json
import shutil

import pytest

from matching.store import database, open_store
from tests.cli.calling import call, run
from tests.store.damage import bytes_of, tamper
from tests.tables.books import save, sheets


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded")
    save(folder / "in.xlsx", sheets())
    for name in ("one", "two"):
        assert run(["solve", str(folder / "in.xlsx"), "-o", str(folder / "runs" / name), "--why", "[定稿]"]) == 0
    return folder


@pytest.fixture
def runs(recorded, tmp_path, monkeypatch):
    shutil.copytree(recorded, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    monkeypatch.setenv("COLUMNS", "160")
    return tmp_path / "copy" / "runs"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_tells_the_runs_with_who_and_why(capsys, runs, lang):
    told = call(capsys, "runs", "list", lang=lang)
    assert told.code == 0
    assert told.out.count("[定稿]") == 2
    assert ("运行 2 次" in told.out) == (lang == "zh")
    answer = call(capsys, "runs", "list", "--json").json
    assert [entry["run"] for entry in answer["runs"]] == ["one", "two"]
    assert answer["sweeps"] == []


def test_sweeps_are_listed_with_their_points(capsys, runs):
    from matching.store import Journal

    journal = Journal(open_store(runs), "abc", about={"vary": ["share.at_least=0:1:0.5"]})
    journal.on_point("a", {})
    told = call(capsys, "runs", "list")
    assert "share.at_least=0:1:0.5" in told.out
    assert call(capsys, "runs", "list", "--json").json["sweeps"][0]["points"] == 1


@pytest.mark.parametrize("asked", ["one", "1", "runs/one"])
def test_a_run_is_shown(capsys, runs, asked):
    told = call(capsys, "runs", "show", asked, lang="en")
    assert told.code == 0
    assert "as it was recorded" in told.out
    answer = call(capsys, "runs", "show", asked, "--json").json
    assert (answer["run"], answer["why"], answer["as_recorded"]) == ("one", "[定稿]", True)


def test_a_remark_is_kept_with_the_run(capsys, runs):
    assert call(capsys, "runs", "note", "two", "--why", "报局务会", "--who", "王").code == 0
    assert "报局务会" in call(capsys, "runs", "show", "two").out
    assert call(capsys, "runs", "note", "two").code == 2
    assert open_store(runs).entries("note")[0].who == "王"


def test_two_runs_are_compared(capsys, runs):
    told = call(capsys, "runs", "compare", "one", "two", lang="en")
    assert told.code == 0
    assert "are the same" in told.out
    assert call(capsys, "runs", "compare", "one", "two", "--json").json == {
        "runs": ["one", "two"], "differ": {}, "plans": ["main", "main"], "moves": [], "policy": []}


def test_an_intact_store_is_verified_and_its_head_told(capsys, runs):
    answer = call(capsys, "runs", "verify", "--json").json
    assert (answer["ok"], answer["entries"], answer["intact"], answer["findings"]) == (True, 2, 2, [])
    told = call(capsys, "runs", "verify", "--head", answer["head"])
    assert told.code == 0
    assert answer["head"] in told.out.replace("\n", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_tampered_store_is_told_and_left_as_it_is(capsys, runs, lang):
    tamper(runs / database.NAME, "UPDATE entries SET entry = replace(entry, 'one', 'two') WHERE number = 1")
    before = bytes_of(runs)
    told = call(capsys, "runs", "verify", lang=lang)
    assert told.code == 2
    assert ("第 1 条" if lang == "zh" else "entry 1") in told.out
    assert "rebuild" in told.out.replace("\n", "")
    for words in (["list"], ["show", "one"], ["note", "one", "--why", "x"], ["accept", "one", "--why", "x"]):
        assert call(capsys, "runs", *words, lang=lang).code == 2
    assert bytes_of(runs) == before
    assert call(capsys, "runs", "verify", "--json").json["findings"][0]["code"] == "entry_changed"


def test_a_folder_that_is_gone_is_a_finding_until_it_is_accepted(capsys, runs):
    shutil.rmtree(runs / "one")
    assert call(capsys, "runs", "verify").code == 2
    assert call(capsys, "runs", "accept", "one", "--why", "旧稿").code == 0
    assert call(capsys, "runs", "verify").code == 0
    assert "已删" in call(capsys, "runs", "list").out


def test_a_run_that_came_from_elsewhere_is_added(capsys, runs):
    shutil.copytree(runs / "one", runs / "copied")
    assert "accept" in call(capsys, "runs", "verify").out.replace("\n", "")
    assert call(capsys, "runs", "accept", "runs/copied", "--why", "从市里拷来").code == 0
    assert [run.id for run in open_store(runs).runs()] == ["one", "two", "copied"]


def test_a_damaged_store_is_rebuilt(capsys, runs):
    (runs / database.NAME).write_bytes(b"")
    assert call(capsys, "runs", "list").code == 2
    answer = call(capsys, "runs", "rebuild", "--json").json
    assert answer["found"] == ["one", "two"]
    assert call(capsys, "runs", "verify").code == 0


@pytest.mark.parametrize("words", [["list"], ["verify"], ["show", "x"], ["rebuild"]])
def test_without_a_store_it_is_said_what_can_be_done(capsys, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    told = call(capsys, "runs", *words, lang="en")
    assert told.code == 2
    assert "--store" in told.err.replace("\n", " ")
    assert not list(tmp_path.iterdir())


def test_what_is_unknown_is_refused_with_what_is_near(capsys, runs):
    answer = call(capsys, "runs", "show", "on", "--json")
    assert answer.code == 2
    assert answer.json["findings"][0]["suggest"][0] == "one"
    assert call(capsys, "runs", "verify", "--head", "12").code == 2


def test_a_run_is_done_again_from_its_folder(capsys, runs):
    told = call(capsys, "runs", "repeat", "runs/one", "-o", "again", "--json")
    assert told.code == 0
    assert told.json["ok"]
    assert "plan-main.json" in told.json["same"]
    assert json.loads((runs.parent / "again" / "run.json").read_text(encoding="utf-8"))["repeats"] == "one"
    assert open_store(runs.parent).runs()[0].body["command"] == "repeat"
    assert call(capsys, "runs", "repeat", "runs/one", "-o", "again").code == 2


def test_a_run_that_comes_out_otherwise_is_told(capsys, runs):
    from matching.store.folders import digest

    plans, told = runs / "one" / "plans.json", runs / "one" / "run.json"
    plans.write_text(plans.read_text(encoding="utf-8").replace('"rank": 1', '"rank":  1'), encoding="utf-8")
    described = json.loads(told.read_text(encoding="utf-8"))
    described["files"]["plans.json"] = digest(plans)
    described["versions"]["highspy"] = "1.12.0"
    told.write_text(json.dumps(described), encoding="utf-8")
    answer = call(capsys, "runs", "repeat", "one", lang="en")
    assert answer.code == 1
    assert "plans.json" in answer.out
    assert "1.12.0" in answer.out


def test_a_store_that_cannot_be_written_loses_no_run(capsys, runs):
    (runs / database.NAME).write_bytes(b"not a database" * 10)
    answer = call(capsys, "solve", "in.xlsx", "-o", "runs/three", lang="en")
    assert answer.code == 0
    assert "could not be recorded" in answer.err.replace("\n", " ")
    assert (runs / "three" / "run.json").is_file()
