"""`matching roll` as a person calls it."""

from __future__ import annotations

import json

import pytest

from matching.tables import write
from tests.cli.calling import call
from tests.scenarios.years.cases import town


@pytest.fixture
def book(tmp_path):
    write(town(teachers=2), tmp_path / "in.xlsx")
    return tmp_path / "in.xlsx"


def test_years_are_written_and_told(capsys, book):
    out = book.parent / "out"
    found = call(capsys, "roll", book, "--years", 2, "--from", 2030, "-o", out)
    assert found.code == 0
    assert "2030-2031" in found.out
    assert "违反轮次 0 人次" in found.out
    names = sorted(p.name for p in out.iterdir())
    assert names == ["before.json", "input.json", "ledger.csv", "load.csv", "policy.toml", "report.html", "report.xlsx",
                     "roll.json", "run.json"]
    made = json.loads((out / "roll.json").read_text(encoding="utf-8"))
    assert [y["year"] for y in made["by_year"]] == [2030, 2031]
    assert {p["continuing"] for p in made["by_year"]} == {0}


def test_the_answer_for_machines_and_a_ledger_of_before(capsys, book):
    ledger = book.with_name("before.csv")
    ledger.write_text("teacher_id,site_id,need_id,year,term\nT1,S2,N1,2029,2\n", encoding="utf-8")
    out = book.parent / "out"
    found = call(capsys, "roll", book, "--years", 2, "--from", 2030, "--ledger", ledger, "-o", out, "--json", lang="en")
    first, second = found.json["by_year"]
    assert (first["continuing"], first["begun"], second["continuing"], second["begun"]) == (1, 0, 0, 1)
    assert found.json["turns"] == {"begun": 1, "again": 0, "out_of_turn": 0, "share": 0.0}
    rows = (out / "ledger.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows == ["teacher_id,site_id,need_id,year,term,mode", "T1,S2,N1,2029,2,", "T2,S2,N1,2031,1,resident"]


@pytest.mark.parametrize("words", [("--years", 0), ("--years", 61), ("--years", "ten"), ("--retire-men", 20),
                                   ("--from", 26), ("--ledger", "none.csv"), ("--hardship", 9)])
def test_a_wrong_call_writes_nothing(capsys, book, words):
    out = book.parent / "out"
    found = call(capsys, "roll", book, "-o", out, *words)
    assert found.code == 2
    assert not out.exists()


def test_a_wrong_ledger_is_told_row_by_row(capsys, book):
    ledger = book.with_name("before.csv")
    rows = ("教师编号,学校编号,岗位编号,学年,期限(学年)", "T9,S2,N1,2025,1", "T1,S2,N1,25年,8")
    ledger.write_text("\n".join(rows), encoding="utf-8")
    found = call(capsys, "roll", book, "--ledger", ledger, "-o", book.parent / "out")
    assert found.code == 2
    for said in ("│ 2  │", "T9", "│ 3  │", "2025-2026", "1 到 6"):
        assert said in found.err
    assert not (book.parent / "out").exists()


def test_rules_that_clash_in_the_first_year_end_it(capsys, tmp_path):
    write(town(teachers=2, mandatory=True), tmp_path / "in.xlsx")
    found = call(capsys, "roll", tmp_path / "in.xlsx", "-o", tmp_path / "out")
    assert found.code == 3
    assert "不能同时成立" in found.out
    assert not (tmp_path / "out").exists()


def test_a_simulation_is_done_again_from_its_folder_alone(capsys, book):
    out = book.parent / "out"
    assert call(capsys, "roll", book, "--years", 2, "-o", out).code == 0
    book.unlink()
    found = call(capsys, "runs", "repeat", out)
    assert found.code == 0, found.err
