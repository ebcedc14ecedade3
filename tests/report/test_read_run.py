"""A run folder read back, and every way in which it may no longer be what was solved."""

from __future__ import annotations

import json
import shutil

import pytest

import matching
from matching.domain.findings import InputError
from matching.report.read_run import read_run
from tests.cli.calling import run
from tests.tables.books import save, sheets


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """A folder with a workbook and its run."""
    folder = tmp_path_factory.mktemp("solved")
    save(folder / "in.xlsx", sheets())
    assert run(["solve", str(folder / "in.xlsx"), "-o", str(folder / "runs" / "one")]) == 0
    return folder


@pytest.fixture
def copy(solved, tmp_path):
    """A copy that a test may spoil."""
    shutil.copytree(solved, tmp_path / "copy")
    return tmp_path / "copy"


def refused(folder):
    with pytest.raises(InputError) as found:
        read_run(folder)
    return found.value.findings


def test_a_run_is_read_as_it_was_solved(copy):
    run = read_run(copy / "runs" / "one")
    kept = json.loads((copy / "runs" / "one" / "plans.json").read_text(encoding="utf-8"))
    assert run.id == "one"
    assert list(run.plans) == [plan["id"] for plan in kept["plans"]]
    assert run.ranking.to_dict()["plans"][0] == kept["plans"][0] | {"same_as": []}
    assert run.choice().plan == run.plans[next(iter(run.plans))]
    assert run.choice("main").plan.plan == "main"
    assert [t.teacher_id for t in run.instance.teachers] == ["T1", "T2", "T3"][:len(run.instance.teachers)]


def test_a_run_is_asked_like_a_result(copy):
    best = matching.read_run(str(copy / "runs" / "one")).choice("main")
    assert len(best.placements) == 2
    assert "安置到" in best.explain("T1").zh
    assert best.why_not("T1", best.plan.placements[0].need).verdict == "placed"


def test_questions_of_a_run_begin_at_a_file_of_its_folder(copy):
    folder = copy / "runs" / "one"
    found = read_run(folder)
    assert found.inquiry("main").start.place == folder / "start-main.bin"
    assert found.choice("main").inquiry.start.place == folder / "start-main.bin"


def test_a_plan_that_was_merged_is_found_by_its_own_id(copy):
    folder = copy / "runs" / "one"
    listed = json.loads((folder / "plans.json").read_text(encoding="utf-8"))
    listed["plans"][0]["same_as"] = ["twin"]
    (folder / "plans.json").write_text(json.dumps(listed), encoding="utf-8")
    described = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    del described["files"]
    (folder / "run.json").write_text(json.dumps(described), encoding="utf-8")
    run = read_run(folder)
    assert run.plan_id("twin") == "main"


def test_an_unknown_plan_names_the_nearest(copy):
    with pytest.raises(InputError) as found:
        read_run(copy / "runs" / "one").choice("mian")
    assert found.value.findings[0].code == "unknown_plan"
    assert found.value.findings[0].suggest == ("main",)


def test_an_input_that_was_edited_since_is_refused_with_both_digests(copy):
    before = json.loads((copy / "runs" / "one" / "run.json").read_text(encoding="utf-8"))["input"]["files"][0]
    assert before["path"] == "../../in.xlsx"
    book = sheets()
    book["教师"][0]["姓名"] = "另一人"
    (copy / "in.xlsx").unlink()
    save(copy / "in.xlsx", book)
    (finding,) = refused(copy / "runs" / "one")
    assert finding.code == "input_changed"
    assert before["sha256"][:8] in finding.text.zh
    assert before["sha256"][:8] in finding.text.en
    assert "solve again" in finding.text.en


def test_an_original_that_is_no_longer_there_is_no_hindrance(copy):
    (copy / "in.xlsx").unlink()
    assert read_run(copy / "runs" / "one").plans


@pytest.mark.parametrize("name", ["input.json", "policy.toml", "plans.json", "plan-main.json"])
def test_a_file_of_the_folder_that_was_changed_or_lost_is_named(copy, name):
    path = copy / "runs" / "one" / name
    path.write_bytes(path.read_bytes() + b"\n")
    (finding,) = refused(copy / "runs" / "one")
    assert (finding.code, finding.file) == ("run_changed", str(path))
    path.unlink()
    (finding,) = refused(copy / "runs" / "one")
    assert (finding.code, finding.file) == ("run_incomplete", str(path))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"input": 3}', '{"id": "x", "input": {"sha256": "1"}}',
                                  '{"input": {"sha256": "1", "files": [3]}, "policy": {"sha256": "1"}}', "\udcff"])
def test_a_damaged_description_is_a_finding(copy, text):
    path = copy / "runs" / "one" / "run.json"
    path.write_bytes(text.encode(errors="surrogateescape"))
    (finding,) = refused(copy / "runs" / "one")
    assert finding.code == "run_damaged"


@pytest.mark.parametrize("text", ["{}", '{"plans": []}', '{"plans": [{"id": "main"}]}', '{"plans": 1}'])
def test_a_damaged_list_of_plans_is_a_finding(copy, text):
    folder = copy / "runs" / "one"
    (folder / "plans.json").write_text(text, encoding="utf-8")
    described = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    del described["files"]
    (folder / "run.json").write_text(json.dumps(described), encoding="utf-8")
    (finding,) = refused(folder)
    assert finding.code == "run_damaged"


def test_what_is_no_run_suggests_the_runs_near_it(copy):
    one = str(copy / "runs" / "one")
    assert refused(copy / "runs" / "oen")[0].suggest == (one,)
    assert refused(copy / "runs")[0].suggest == (one,)
    assert refused(copy / "runs" / "one" / "plan-main.json")[0].suggest == (one,)
    assert refused(copy / "nowhere" / "at-all")[0].suggest == ()
