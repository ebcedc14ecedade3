"""`matching programmes` on small folders."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest

from matching.cli import exits
from matching.cli.programmes import exit_code
from matching.programmes import Programme
from matching.programmes.expected import Title
from matching.programmes.outcome import Check
from tests.cli.calling import call
from tests.programmes.folders import save_programme

HAN = re.compile(r"[\u4e00-\u9fff]")
FILLED = {"id": "main", "policy": "small.toml", "status": "optimal", "filled": 3}


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")


@pytest.fixture
def folder(tmp_path):
    save_programme(tmp_path / "all" / "good", FILLED)
    save_programme(tmp_path / "all" / "wrong", FILLED | {
        "filled": 4, "figures": [{"id": "f", "title": {"zh": "城里", "en": "Urban"}, "count": "sites", "equals": 9}]})
    return tmp_path / "all"


def test_the_table_has_a_row_each_and_what_is_not_met_below_it(capsys, folder):
    found = call(capsys, "programmes", folder)
    assert found.code == 1
    lines = found.out.splitlines()
    assert lines[0].split() == ["项目", "教师", "席位", "安置", "规则达标", "状态", "审计", "数字相符", "秒"]
    name, title, *numbers, rules, status, audit, figures, seconds = lines[1].split()
    assert (name, title, numbers, status, audit) == ("good", "小项目", ["4", "5", "3"], "已证最优", "通过")
    held, rules = map(int, rules.split("/"))
    assert (held, figures, float(seconds) >= 0) == (rules - 1, "3/3", True)
    assert lines[2] == lines[4] == "    未达标：骨干占比（差 1 人）"
    assert lines[5:7] == ["    不符 main.filled 已安置：应为 4，实为 3", "    不符 main.f 城里：应为 9，实为 4"]
    assert lines[7] == "共 2 个项目，算完 2 个，1 个全部相符。"
    assert "正在计算 good" in found.err


def test_the_same_in_english(capsys, folder):
    found = call(capsys, "programmes", folder, "--only", "wrong", lang="en")
    assert "not met: main.f Urban: expected 9, found 4" in found.out
    assert "Backbone share (1 short)" in found.out
    assert not HAN.search(found.out + found.err)


def test_the_answer_for_programs_and_the_files(capsys, folder, tmp_path):
    out = tmp_path / "out"
    found = call(capsys, "programmes", folder, "--only", "good", "--json", "-o", out)
    assert found.code == 0
    (answer,) = found.json["programmes"]
    assert (answer["id"], answer["teachers"], answer["filled"], answer["audit"]) == ("good", 4, 3, True)
    assert {"rule": "seats", "ok": True, "shortfall": 0, "groups": 3} in answer["rules"]
    assert json.loads((out / "programmes.json").read_text(encoding="utf-8")) == found.json
    book = openpyxl.load_workbook(out / "programmes.xlsx")
    assert book.sheetnames == ["项目", "数字", "规则"]
    assert book["项目"]["A3"].value == "good 小项目"
    assert call(capsys, "programmes", folder, "-o", out).code == 2


def test_one_that_cannot_be_read_does_not_stop_the_others(capsys, folder):
    (folder / "good" / "good.xlsx").unlink()
    save_programme(folder / "last", FILLED)
    found = call(capsys, "programmes", folder)
    assert found.code == 2
    assert "找不到文件" in found.err
    assert "读不了" in found.out
    assert "last 小项目" in found.out
    assert "共 3 个项目，1 个用不了，算完 2 个，1 个全部相符。" in found.out


def test_what_could_not_be_used_is_not_called_run(capsys, folder):
    (folder / "good" / "good.xlsx").unlink()
    found = call(capsys, "programmes", folder, "--only", "good", lang="en")
    assert "Programmes: 1; could not be used: 1; run: 0; all figures met: 0." in found.out


def test_where_there_are_none_it_says_what_to_do(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for lang, words in (("zh", "取得源代码"), ("en", "get the source")):
        found = call(capsys, "programmes", lang=lang)
        assert (found.code, found.out) == (2, "")
        assert words in found.err
    found = call(capsys, "programmes", save_programme(tmp_path / "small"), "--only", "smal")
    assert found.code == 2
    assert "small" in found.err


def test_a_stop_keeps_what_is_done(capsys, folder, monkeypatch):
    from matching import planner

    solve, asked = planner.solve, []

    def stopped(*args, stop, **settings):
        asked.append(1)
        if len(asked) > 1:
            stop.set()
        return solve(*args, stop=stop, **settings)

    monkeypatch.setattr(planner, "solve", stopped)
    found = call(capsys, "programmes", folder)
    assert found.code == 4
    assert "共 2 个项目，算完 1 个，1 个全部相符。" in found.out


def checked(name, expected, found):
    return Programme("p", checks=(Check("main", name, Title(), expected, found, expected == found),))


def test_the_gravest_reason_gives_the_exit_code():
    unmet, breach = checked("f", "1", "2"), checked("audit", "pass", "breach seats")
    assert exit_code([checked("f", "1", "1")]) == exits.DONE
    assert exit_code([unmet]) == exits.FAILED
    assert exit_code([unmet, breach]) == exits.BREACH
    assert exit_code([checked("audit", "breach", "pass")]) == exits.FAILED
