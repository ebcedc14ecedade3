"""What is private is not read: neither into the instance, nor into any finding."""

from datetime import date

import pytest

from matching.tables import read
from tests.tables.books import TODAY, of, reading, save_json, sheets

FAKE = "110101198503071235"  # made up; its check place is right
assert sum(int(d) * 2 ** (17 - i) for i, d in enumerate(FAKE[:17])) % 11 == 12 - 5


@pytest.mark.parametrize("heading", [
    "身份证号", "身份证", "身份证号码", "居民身份证号", "公民身份号码", "手机", "手机号码", "联系电话", "住址",
    "家庭住址", "ID card"])
def test_private_columns_are_not_read(tmp_path, heading):
    book = sheets()
    for row in book["教师"]:
        row[heading] = FAKE
    result = reading(tmp_path, book)
    assert [(f.severity, f.code, f.column) for f in result.findings] == [("notice", "private_column", heading)]
    assert result.instance == reading(tmp_path, sheets()).instance
    assert FAKE not in repr(result)


@pytest.mark.parametrize(("number", "birth"), [
    (FAKE, date(1985, 3, 1)), (" １１０１０１１９８５０３０７１２３５ ", date(1985, 3, 1)),
    ("110101850307123", date(1985, 3, 1)), (int(FAKE), date(1985, 3, 1)), ("110101198503071238", None),
    ("110101198513071239", None), ("12345", None), (None, None)])
def test_the_month_of_birth_is_taken_from_a_valid_number(tmp_path, number, birth):
    book = sheets()
    for row in book["教师"]:
        del row["出生年月"]
        row["身份证号"] = number
    result = reading(tmp_path, book) if not isinstance(number, int) else read(save_json(tmp_path / "a.json", book))
    assert [t.birth for t in result.instance.teachers] == [birth, birth]
    assert str(number).strip() not in repr(result) or number is None


def test_a_stated_birth_comes_first_and_an_empty_one_is_filled(tmp_path):
    book = sheets()
    for row in book["教师"]:
        row["身份证号"] = FAKE
    book["教师"][1]["出生年月"] = None
    assert [t.birth for t in reading(tmp_path, book).instance.teachers] == [date(1985, 10, 1), date(1985, 3, 1)]


def test_an_identity_number_is_no_id(tmp_path):
    book = sheets()
    book["教师"][1]["教师编号"] = FAKE
    result = reading(tmp_path, book)
    [finding] = of(result.findings, "identity_number_as_id")
    assert (finding.severity, finding.row, finding.column, finding.value) == ("error", 3, "教师编号", None)
    assert FAKE not in repr(result.findings)


def test_a_broken_private_cell_is_not_told_of(tmp_path):
    book = sheets()
    for row in book["教师"]:
        row["手机"] = {"a": "13800000000"}
    assert "13800000000" not in repr(read(save_json(tmp_path / "a.json", book), today=TODAY))
