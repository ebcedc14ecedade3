"""What a bureau may hand in by mistake: a finding with its place, exit code 2, nothing written, nothing changed."""

from __future__ import annotations

import openpyxl
import pytest

from tests.cli.calling import call
from tests.tables.books import save, save_csv, sheets


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")


def changed(path, change):
    """Write a lawful workbook and change it with openpyxl."""
    save(path, sheets())
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def cell(sheet, heading, row, value, kind=None):
    """Return the change of one cell."""
    def change(book):
        page = book[sheet]
        at = next(c.column for c in page[1] if c.value == heading)
        page.cell(row, at).value = value
        page.cell(row, at).data_type = kind or page.cell(row, at).data_type

    return change


def no_workbook(path):
    path.write_text("这不是工作簿", encoding="utf-8")


def old_workbook(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


WRONG = {
    "not a workbook": (no_workbook, ["不是 Excel 工作簿", "另存为 .xlsx"]),
    "broken .xls": (old_workbook, ["不是 Excel 工作簿"]),
    "missing sheet": (lambda p: changed(p, lambda b: b.remove(b["需求"])), ["│ 需求", "缺少“需求”表"]),
    "repeated id": (lambda p: changed(p, cell("教师", "教师编号", 3, "T1")),
                    ["│ 教师", "│ 3 ", "│ 教师编号", "│ T1", "第 2 行已经有了"]),
    "unknown site": (lambda p: changed(p, cell("需求", "受援学校编号", 2, "R01")),
                     ["│ 需求", "│ 2 ", "│ 受援学校编号", "│ R01", "学校表中没有编号为“R01”的学校", "│ R1"]),
    "negative count": (lambda p: changed(p, cell("需求", "人数", 3, -2)),
                       ["│ 需求", "│ 3 ", "│ 人数", "│ -2", "不能小于 1"]),
    "error value": (lambda p: changed(p, cell("教师", "职称", 2, "#REF!", "e")),
                    ["│ 教师", "│ 2 ", "│ 职称", "│ #REF!", "请改正"]),
    "merged cells": (lambda p: changed(p, lambda b: b["教师"].merge_cells("C2:C3")),
                     ["│ 3 ", "│ 派出学校编号", "合并后只有首格有值", "C2 起的合并单元格"]),
    "wrong rule": (lambda p: save(p, sheets() | {"政策": [{"规则编号": "beds", "类型": "配额", "适用": "agee < 40"}]}),
                   ["│ 政策", "│ 2 ", "│ 适用", "│ agee", "beds.适用：没有“agee”这个字段"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_place_is_told_and_nothing_is_written(capsys, tmp_path, name):
    make, told = WRONG[name]
    path = tmp_path / "in.xlsx"
    make(path)
    before = path.read_bytes()
    found = call(capsys, "check", path)
    assert found.code == 2
    assert [words for words in told if words not in found.out] == []
    found = call(capsys, "solve", path, "-o", tmp_path / "out")
    assert (found.code, found.out) == (2, "")
    assert [words for words in told if words not in found.err] == []
    assert sorted(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", WRONG)
def test_the_marked_copy_lists_what_the_screen_does(capsys, tmp_path, name):
    path, copy = tmp_path / "in.xlsx", tmp_path / "marked.xlsx"
    WRONG[name][0](path)
    found = call(capsys, "check", path, "-o", copy, "--json")
    assert found.code == 2
    assert f"标注副本：{copy}" in found.err
    page = openpyxl.load_workbook(copy)["数据问题"]
    listed = [row[6] for row in page.iter_rows(min_row=2, values_only=True)]
    said = [f["zh"] for f in found.json["findings"]]
    assert listed[:len(said)] == said
    assert all("无法复制标注" in more for more in listed[len(said):])


def test_empty_rows_a_formula_as_a_name_and_gb18030_are_no_mistakes(capsys, tmp_path):
    def spread(book):
        page = book["教师"]
        for column in range(1, page.max_column + 1):
            page.cell(50_000, column).value = page.cell(3, column).value
            page.cell(3, column).value = None

    changed(tmp_path / "rows.xlsx", spread)
    book = sheets()
    book["教师"][0]["姓名"] = "=HYPERLINK(1)"
    for path in (tmp_path / "rows.xlsx", save(tmp_path / "name.xlsx", book),
                 save_csv(tmp_path / "csv", book, "gb18030")):
        found = call(capsys, "check", path)
        assert (found.code, found.err) == (0, "")
        assert "读到学校 3 所，岗位 2 个（共 2 席），教师 2 人。" in found.out
        assert "0 个错误，0 个警告，0 个提示。" in found.out


def test_files_of_one_name_are_told_apart(capsys, tmp_path):
    paths = [tmp_path / school / "in.xlsx" for school in ("甲校", "乙校")]
    for path in paths:
        path.parent.mkdir()
        no_workbook(path)
    save(tmp_path / "whole.xlsx", sheets() | {"备忘": []})
    found = call(capsys, "check", *paths, tmp_path / "whole.xlsx")
    assert found.code == 2
    assert [path for path in paths if str(path) not in found.out] == []


def test_the_policy_named_is_checked_too(capsys, tmp_path):
    rule = {"规则编号": "exchange-share", "类型": "资格", "要求": "km < 9"}
    path = save(tmp_path / "in.xlsx", sheets() | {"政策": [rule]})
    assert call(capsys, "check", path).code == 0
    found = call(capsys, "check", path, "--policy", "national_10_20", "--json", lang="en")
    assert [(f["sheet"], f["row"], f["column"]) for f in found.json["findings"]] == [("policy", 2, "类型")]
    assert found.code == 2


def test_counts_are_said_in_good_english(capsys, tmp_path):
    no_workbook(tmp_path / "in.xlsx")
    assert "1 error, 0 warnings, 0 notices." in call(capsys, "check", tmp_path / "in.xlsx", lang="en").out
