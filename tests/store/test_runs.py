"""Runs recorded, held against their folders, accepted, rebuilt and compared."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from matching.domain.findings import InputError
from matching.store import database, open_store, record_run
from matching.store.compare import compare_runs
from matching.store.folders import digests
from matching.store.rebuild import rebuild
from matching.store.record import accept
from matching.store.recorded import run_named
from tests.store.damage import bytes_of, tamper


def codes(folder):
    return [finding.code for finding in open_store(folder).verify().findings]


def test_a_solve_is_recorded_with_what_it_was_and_came_to(runs):
    one, two = open_store(runs).runs()
    assert (one.id, one.entry.who, one.entry.why, one.body["command"]) == ("one", "li", "第 0 稿", "solve")
    assert one.body["files"] == digests(runs / "one")
    assert one.body["folder"] == "one"
    assert (one.body["status"], one.body["seed"], two.body["seed"]) == ("optimal", 0, 1)
    said = json.loads((runs / "one" / "run.json").read_text(encoding="utf-8"))
    assert one.body["input"] == {"sha256": said["input"]["sha256"], "files": ["in.xlsx"]}
    assert one.body["plans"][0]["goals"][0]["goal"] == "fill"
    assert open_store(runs).verify().ok


def test_nothing_of_teachers_is_kept_but_ids(runs):
    people = json.loads((runs / "one" / "input.json").read_text(encoding="utf-8"))["teachers"]
    kept = b"".join(bytes_of(runs).values()).decode("utf-8", "replace")
    names = [value for teacher in people for key, value in teacher.items() if key in ("姓名", "name") and value]
    assert names
    assert not [name for name in names if name in kept]


def test_a_folder_that_is_gone_is_found_and_may_be_accepted(runs):
    shutil.rmtree(runs / "one")
    finding, = open_store(runs).verify().findings
    assert (finding.code, finding.severity) == ("run_gone", "error")
    assert "accept 1" in finding.text.zh
    store = open_store(runs)
    accept(store, 1, runs / "one", who="li", why="旧稿删去", run="one")
    assert store.verify().ok
    assert store.runs()[0].files is None
    assert store.runs()[0].later[0].why == "旧稿删去"


def test_a_folder_under_another_name_is_recognised(runs):
    (runs / "one").rename(runs / "final")
    finding, = open_store(runs).verify().findings
    assert finding.code == "run_moved"
    assert finding.suggest == (str(runs / "final"),)


@pytest.mark.parametrize(("name", "zh"), [("report.xlsx", "另存"), ("plan-main.json", "备份")])
def test_a_file_that_was_changed_is_named_with_what_is_likely(runs, name, zh):
    with (runs / "two" / name).open("ab") as file:
        file.write(b" ")
    finding, = open_store(runs).verify().findings
    assert finding.code == "run_files"
    assert name in finding.text.zh
    assert name in finding.text.en
    assert zh in finding.text.zh
    accept(open_store(runs), 2, runs / "two", run="two")
    assert codes(runs) == []


def test_a_missing_file_is_named_and_a_further_one_is_nobodys_business(runs):
    (runs / "one" / "policy.toml").unlink()
    (runs / "two" / "~$report.xlsx").write_bytes(b"open in Excel")
    finding, = open_store(runs).verify().findings
    assert "policy.toml" in finding.text.en
    assert "missing" in finding.text.en


def test_a_run_that_nobody_recorded_is_only_a_warning(runs):
    shutil.copytree(runs / "one", runs / "copied")
    found = open_store(runs).verify()
    assert found.ok
    assert [(f.code, f.severity) for f in found.findings] == [("not_recorded", "warning")]


def test_a_later_run_in_a_folder_of_that_name_takes_its_place(runs):
    shutil.rmtree(runs / "one")
    shutil.copytree(runs / "two", runs / "one")
    record_run(runs / "one", "solve")
    found = open_store(runs).runs()
    assert [run.replaced for run in found] == [True, False, False]
    assert codes(runs) == []
    assert run_named(found, "one", runs).entry.number == 3
    assert run_named(found, "#1", runs).entry.number == 1


def test_a_run_is_named_by_id_number_or_folder(runs):
    found = open_store(runs).runs()
    assert {run_named(found, asked, runs).id for asked in ("two", "2", "#2", str(runs / "two"))} == {"two"}
    with pytest.raises(InputError) as refused:
        run_named(found, "tow", runs)
    assert refused.value.findings[0].suggest[0] == "two"


def test_out_of_the_run_folders_a_lost_store_is_made_again(runs):
    (runs / database.NAME).unlink()
    made = rebuild(runs, who="li", why="丢失")
    assert (made.kept_as, made.intact, len(made.found)) == (None, 0, 2)
    assert [entry.kind for entry in made.store.entries()] == ["rebuilt", "run", "run"]
    assert codes(runs) == []
    assert made.store.runs()[0].body["found"]


def test_a_damaged_store_is_made_anew_and_kept(runs):
    store = open_store(runs)
    store.append("note", {"run": 2}, about="two", why="定稿")
    tamper(store.path, "UPDATE entries SET entry = replace(entry, 'li', 'wu') WHERE number = 2")
    damaged = store.path.read_bytes()
    made = rebuild(runs)
    assert made.kept_as.read_bytes() == damaged
    assert made.intact == 1
    assert [path.name for path in made.found] == ["two"]
    assert [entry.kind for entry in made.store.entries()] == ["run", "rebuilt", "run"]
    assert made.store.entries()[1].body["was"]["wrong"] == ["entry_changed"]
    assert codes(runs) == []


def test_a_store_cut_short_is_made_anew(runs):
    path = runs / database.NAME
    path.write_bytes(path.read_bytes()[:4096])
    assert len(rebuild(runs).found) == 2
    assert codes(runs) == []


def test_what_is_intact_or_nothing_is_not_rebuilt(runs, tmp_path):
    before = bytes_of(runs)
    with pytest.raises(InputError) as refused:
        rebuild(runs)
    assert refused.value.findings[0].code == "store_intact"
    assert bytes_of(runs) == before
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError) as refused:
        rebuild(tmp_path / "nothing")
    assert refused.value.findings[0].code == "nothing_to_rebuild"
    assert not list((tmp_path / "nothing").iterdir())


def test_two_runs_are_compared_by_what_differs(runs):
    one, two = open_store(runs).runs()
    found = compare_runs(one, two)
    assert found.facts == {"seed": (0, 1)}
    assert found.policies is None
    plan = json.loads((runs / "two" / "plan-main.json").read_text(encoding="utf-8"))
    plan["placements"] = plan["placements"][1:]
    (runs / "two" / "plan-main.json").write_text(json.dumps(plan), encoding="utf-8")
    assert compare_runs(one, two).moves is None
    accept(open_store(runs), 2, runs / "two", run="two")
    one, two = open_store(runs).runs()
    move, = compare_runs(one, two).moves
    assert (len(move.before), move.after) == (1, ())


@pytest.mark.skipif(os.name == "nt" or not os.getuid(), reason="a file that may not be read")
def test_a_file_that_may_not_be_read_is_named(runs):
    (runs / "one" / "plan-main.json").chmod(0)
    with pytest.raises(InputError) as refused:
        record_run(runs / "one", "solve")
    assert refused.value.findings[0].code == "unreadable_file"
