"""A run done again from its folder alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from matching.domain.findings import InputError
from matching.store.repeat import command_of, compared_with, compared_with_folder, repetition, solved_again
from tests.cli.calling import run

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.mark.parametrize(("workbook", "policy"), [
    ("pucheng/pucheng.xlsx", "pucheng"), ("tiny/tiny.xlsx", str(INSTANCES / "tiny" / "policy.toml"))])
def test_the_folder_alone_gives_the_same_bytes(tmp_path, workbook, policy):
    shutil.copy(INSTANCES / workbook, tmp_path / "in.xlsx")
    solved = ["solve", str(tmp_path / "in.xlsx"), "-p", policy, "-o", str(tmp_path / "runs" / "one"), "--seed", "3"]
    assert run(solved) == 0
    shutil.move(tmp_path / "runs" / "one", tmp_path / "alone")
    (tmp_path / "in.xlsx").unlink()
    found = compared_with(*solved_again(tmp_path / "alone"))
    assert found.ok
    assert {"plans.json", "plan-main.json"} <= set(found.same)
    assert not found.versions


def test_an_original_that_was_changed_is_no_hindrance_but_a_changed_folder_is(runs):
    (runs.parent / "in.xlsx").write_bytes(b"changed since")
    assert command_of(runs / "one") is None
    (runs / "one" / "input.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        command_of(runs / "one")
    assert refused.value.findings[0].code == "run_changed"


@pytest.mark.parametrize("further", [{"asked": "all"}, {"seed": None}, {"asked": {"workers": "two"}}])
def test_a_run_that_does_not_say_how_it_was_asked_is_damaged(runs, further):
    path = runs / "one" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **further}), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        solved_again(runs / "one")
    assert refused.value.findings[0].code == "run_damaged"


def test_what_is_otherwise_is_told():
    read = {"files": {"plans.json": "a", "plan-main.json": "b", "plan-old.json": "c"},
            "versions": {"highspy": "1.12.0"}}
    found = repetition("one", read, {"plans.json": "a", "plan-main.json": "x", "plan-new.json": "y"}, ())
    assert (found.same, found.other, found.missing, found.further) == (
        ("plans.json",), ("plan-main.json",), ("plan-old.json",), ("plan-new.json",))
    assert found.versions["highspy"][0] == "1.12.0"
    assert set(found.broken) == {"plan-main.json", "plan-old.json", "plan-new.json"}


def test_a_plan_that_was_not_proven_is_not_promised():
    read = {"files": {"plans.json": "a", "plan-main.json": "b", "plan-wishes.json": "c"}}
    found = repetition("one", read, {"plans.json": "x", "plan-main.json": "b", "plan-wishes.json": "y"}, ("wishes",))
    assert not found.ok
    assert found.broken == ()


def test_the_words_of_another_command_are_about_the_folder(runs):
    path = runs / "one" / "run.json"
    read = {**json.loads(path.read_text(encoding="utf-8")), "command": ["whatif", "{run}/input.json", "--seed", "0"]}
    path.write_text(json.dumps(read), encoding="utf-8")
    assert command_of(runs / "one") == ["whatif", f"{runs / 'one'}/input.json", "--seed", "0"]
    found = compared_with_folder(runs / "one", runs / "two")
    assert "plan-main.json" in (*found.same, *found.other)
    path.write_text(json.dumps(read | {"command": "rm"}), encoding="utf-8")
    with pytest.raises(InputError):
        command_of(runs / "one")


def test_a_replanned_run_without_its_changes_is_incomplete(runs):
    path = runs / "one" / "run.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(read | {"kind": "replan"}), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        solved_again(runs / "one")
    assert refused.value.findings[0].code == "run_incomplete"
    (runs / "one" / "replan.json").write_text('{"moves": []}', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        solved_again(runs / "one")
    assert refused.value.findings[0].code == "run_damaged"
