"""`matching replan` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import matching
from tests.cli.calling import Captured, call

TINY = Path("instances/tiny")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from matching.cli.main import run

    folder = tmp_path_factory.mktemp("runs") / "base"
    words = ["solve", str(TINY / "tiny.xlsx"), "--policy", str(TINY / "policy.toml"), "-o", str(folder), "--json"]
    assert run(words) == 0
    return folder


def test_the_least_change_is_written_and_can_be_audited_and_changed_again(base: Path, tmp_path: Path, capsys: Captured
                                                                          ) -> None:
    done = call(capsys, "replan", base, "--withdraw", "T06", "--withdraw", "T07", "-o", tmp_path / "one", "--json")
    assert done.code == 0, done.err
    assert {"teacher": "T06", "from": "N3", "to": None} in done.json["moves"]
    assert done.json["proven"]
    assert done.json["kind"] == "replan"
    folder = tmp_path / "one"
    plan, policy = folder / "plan-main.json", folder / "policy.toml"
    checked = call(capsys, "audit", folder / "input.json", plan, "--policy", policy, "--json")
    assert checked.code == 0
    assert checked.json["ok"]
    again = call(capsys, "replan", folder, "--close", "N2", "-o", tmp_path / "two")
    assert again.code == 0
    assert "已证明最少" in again.out
    sheet = openpyxl.load_workbook(tmp_path / "two" / "report.xlsx")["调整名单"]
    assert sheet.max_row > 3
    assert "调整" in (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "two" / "replan.json").read_text(encoding="utf-8"))["changes"]["close"] == ["N2"]


def test_a_sheet_edited_in_excel_is_replanned_from(base: Path, tmp_path: Path, capsys: Captured) -> None:
    book = openpyxl.load_workbook(base / "report.xlsx")
    sheet = book["安置明细"]
    gone = {str(sheet.cell(2, column).value) for column in range(1, sheet.max_column + 1)} & {
        t.teacher_id for t in matching.read_run(base).instance.teachers}
    sheet.delete_rows(2)
    book.save(tmp_path / "edited.xlsx")
    done = call(capsys, "replan", base, "--plan", tmp_path / "edited.xlsx", "-o", tmp_path / "one", "--json")
    assert done.code == 0, done.err
    assert done.json["least"]["best"] == 0
    assert {move["teacher"] for move in done.json["moves"] if move["from"] is None} <= gone | {
        u.teacher for u in matching.read_run(base).plans["main"].unplaced}


def test_further_teachers_and_posts_are_added(base: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "more").mkdir()
    known = {s.site_id for s in matching.read_run(base).instance.sites}
    site = next(n.site_id for n in matching.read_run(base).instance.needs if n.need_id == "N2")
    assert site in known
    (tmp_path / "more" / "needs.csv").write_text(
        f"need_id,site_id,subject,stage,count\nX1,{site},语文,小学,1\n", encoding="utf-8")
    done = call(capsys, "replan", base, "--add", tmp_path / "more", "-o", tmp_path / "one", "--json")
    assert done.code == 0, done.out + done.err
    assert "X1" in matching.read_run(tmp_path / "one").instance.need
    twice = call(capsys, "replan", tmp_path / "one", "--add", tmp_path / "more", "-o", tmp_path / "two", "--json")
    assert twice.code == 2
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(("words", "code"), [
    (["--withdraw", "T99"], "unknown_teacher"),
    (["--close", "N99"], "unknown_need"),
    (["--pin", "T06"], "bad_pair"),
    (["--pin", "T06=N1"], "pin_refused"),
    (["--loss", "points=much"], "bad_loss"),
    ([], "nothing_changed"),
    (["--plan", "nearer"], "unknown_plan"),
])
def test_what_cannot_be_is_refused_and_nothing_written(base: Path, tmp_path: Path, capsys: Captured, words: list[str],
                                                       code: str) -> None:
    refused = call(capsys, "replan", base, *words, "-o", tmp_path / "one", "--json")
    assert refused.code == 2
    assert [finding["code"] for finding in refused.json["findings"]] == [code]
    assert not (tmp_path / "one").exists()


def test_no_run(tmp_path: Path, capsys: Captured) -> None:
    assert call(capsys, "replan", tmp_path / "none", "--withdraw", "T1").code == 2


def test_as_a_library(base: Path) -> None:
    found = matching.replan(base, withdraw=["T06"])
    assert found.proven
    assert [step.teacher for step in found.gone] == ["T06"]
