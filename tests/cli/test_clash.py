"""What must give way is said in words that need no legend."""

from __future__ import annotations

import pytest

from tests.cli.calling import call
from tests.tables.books import save, sheets


@pytest.mark.parametrize(("group", "lang", "said"), [
    (False, "zh", "mandatory（应派必派）[张甲（T1）] 不再必须安置"),
    (False, "en", "mandatory (Those due are placed) [张甲 (T1)] need not"),
    (True, "zh", "group（同行组同去一县）[甲] 不再必须同行"), (True, "en", "[甲] need not stay together"),
])
def test_what_gives_way(capsys, tmp_path, group, lang, said):
    book = sheets()
    book["教师"][0]["应派"] = "是"
    if group:
        for row in book["教师"]:
            row["同行组"] = "甲"
    book["教师"][1 if group else 0]["主教学科"] = "物理"
    save(tmp_path / "in.xlsx", book)
    found = call(capsys, "solve", tmp_path / "in.xlsx", "--policy", "base", "-o", tmp_path / "out", lang=lang)
    assert found.code == 3
    assert said in found.out
    assert ("units in all: 1;" in found.out) == (lang == "en")


@pytest.mark.parametrize(("lang", "said"), [("zh", "many（many）[全部安置] 下限：9 → "),
                                            ("en", "many (many) [whole plan] at least: 9 -> ")])
def test_the_whole_plan_has_its_words(capsys, tmp_path, lang, said):
    book = sheets()
    book["政策"] = [{"规则编号": "many", "类型": "配额", "下限": 9}]
    save(tmp_path / "in.xlsx", book)
    found = call(capsys, "solve", tmp_path / "in.xlsx", "--policy", "base", "-o", tmp_path / "out", lang=lang)
    assert found.code == 3
    assert said in found.out
    assert "[plan]" not in found.out


def test_a_rule_of_many_groups_is_told_in_one_line(capsys, tmp_path):
    book = sheets()
    for row in book["需求"]:
        row["人数"] = 3
    book["教师"] = [book["教师"][0] | {"教师编号": f"T{n}", "姓名": f"张{n}", "应派": "是"} for n in range(8)]
    save(tmp_path / "in.xlsx", book)
    found = call(capsys, "solve", tmp_path / "in.xlsx", "--policy", "base", "-o", tmp_path / "out")
    assert found.code == 3
    assert "[*]" not in found.out
    assert "mandatory（应派必派）[7 个分组：张0（T0）、张1（T1）、张2（T2）等]" in found.out
