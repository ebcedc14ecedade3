"""What must give way is said in words that need no legend."""

from __future__ import annotations

import pytest

from tests.cli.calling import call
from tests.tables.books import save, sheets


@pytest.mark.parametrize(("group", "lang", "said"), [
    (False, "zh", "mandatory（应派必派）[T1] 不再必须安置"),
    (False, "en", "mandatory (Those due are placed) [T1] need not"),
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
