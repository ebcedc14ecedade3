"""Sheets and columns are recognised by every name they have, and what is not is told of."""

import openpyxl
import pytest

from matching.domain.sheets import BY_KEY, SHEETS
from matching.domain.vocabulary import fold_heading
from matching.tables import read
from tests.tables.books import of, reading, save, sheets

ALIASES = {
    "sites": {"name": ("单位全称", "学校"), "site_id": ("学校代码",), "county": ("区县", "县区", "县"),
              "school_type": ("学校性质",), "stages": ("主要任教学段", "任教学段")},
    "needs": {"count": ("需求人数",), "subject": ("任教学科", "现任教学科"), "stage": ("主要任教学段", "任教学段"),
              "site_id": ("受援学校", "支教学校")},
    "teachers": {
        "subject": ("任教学科", "现任教学科"), "stages": ("主要任教学段", "任教学段"),
        "title": ("现聘专业技术职称", "现任专业技术职务", "专业技术职务"),
        "backbone": ("最高骨干教师级别", "骨干教师级别"), "joined": ("进入现单位任教时间", "进本校年月"),
        "duty": ("行政职务",), "birth": ("出生日期",),
        "title_since": ("任现职时间",), "home_site": ("派出单位", "现工作单位"), "pref_1": ("第一志愿",),
        "pref_2": ("第二志愿",), "pref_3": ("第三志愿",)},
}


def test_every_alias_of_the_contract_is_known():
    for sheet, columns in ALIASES.items():
        for key, names in columns.items():
            assert {fold_heading(name) for name in names} <= BY_KEY[sheet].by_key[key].names


def test_no_name_stands_for_two_columns_of_a_sheet():
    for sheet in SHEETS:
        names = [name for column in sheet.columns for name in column.names]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("write", [
    "人数", "人数*", "*人数", " 人数 ", "人数（必填）", "人数(persons)", "人数\n（必填）",
    "count", "COUNT", "Ｃｏｕｎｔ", "需求人数"])
def test_headings_compare_loosely(tmp_path, write):
    book = sheets()
    book["需求"] = [{write if key == "人数" else key: value for key, value in row.items()} for row in book["需求"]]
    result = reading(tmp_path, book)
    assert (result.findings, [n.count for n in result.instance.needs]) == ((), [1, 1])


@pytest.mark.parametrize("name", ["sites", "Sites", "学校", " 学校（全县）", "ＳＩＴＥＳ"])
def test_sheet_names_compare_loosely(tmp_path, name):
    book = {name if key == "学校" else key: rows for key, rows in sheets().items()}
    assert reading(tmp_path, book).findings == ()


def test_english_keys_and_any_order_give_the_same_instance(tmp_path):
    english = {}
    for zh, rows in sheets().items():
        sheet = next(s for s in SHEETS if s.zh == zh)
        keys = {fold_heading(c.zh): c.key for c in sheet.columns}
        english[sheet.key] = [dict(reversed([(keys[fold_heading(k)], v) for k, v in row.items()])) for row in rows]
    there = read(save(tmp_path / "en.xlsx", dict(reversed(english.items()))))
    assert there.findings == ()
    assert there.instance == reading(tmp_path, sheets()).instance


def test_one_heading_means_different_columns_on_different_sheets(tmp_path):
    book = sheets()
    for zh, heading in (("需求", "学科"), ("教师", "主教学科")):
        book[zh] = [{{heading: "任教学科"}.get(k, k): v for k, v in row.items()} for row in book[zh]]
    result = reading(tmp_path, book)
    assert result.findings == ()
    assert result.instance.teachers[0].subject == result.instance.needs[0].subject == "math"


def test_schools_may_be_named_under_the_headings_that_say_so(tmp_path):
    book = sheets()
    book["教师"] = [{{"派出学校编号": "现工作单位"}.get(k, k): v for k, v in row.items()} for row in book["教师"]]
    book["教师"][0]["现工作单位"] = " 城关小学"
    book["需求"] = [{{"受援学校编号": "支教学校"}.get(k, k): v for k, v in row.items()} for row in book["需求"]]
    book["需求"][0]["支教学校"] = "河口小学"
    result = reading(tmp_path, book)
    assert result.findings == ()
    assert [t.home_site for t in result.instance.teachers] == ["S1", "S1"]
    assert [n.site_id for n in result.instance.needs] == ["R1", "B1"]


def test_a_name_that_two_schools_have_names_neither(tmp_path):
    book = sheets()
    book["学校"][2]["学校名称"] = "城关小学"
    book["教师"] = [{{"派出学校编号": "派出单位"}.get(k, k): v for k, v in row.items()} for row in book["教师"]]
    book["教师"][1]["派出单位"] = "城关小学"
    [finding] = reading(tmp_path, book).findings
    assert (finding.code, finding.row, finding.column, finding.value) == ("ambiguous_name", 3, "派出单位", "城关小学")
    assert finding.suggest == ("S1", "B1")


@pytest.mark.parametrize(("heading", "zh"), [
    ("派出单位", "编号或名称为“乌有小学”"), ("派出学校编号", "编号为“乌有小学”")])
def test_an_unknown_school_is_told_by_what_may_stand_there(tmp_path, heading, zh):
    book = sheets()
    book["教师"] = [{{"派出学校编号": heading}.get(k, k): v for k, v in row.items()} for row in book["教师"]]
    book["教师"][1][heading] = "乌有小学"
    [finding] = reading(tmp_path, book).findings
    assert zh in finding.text.zh


def test_elsewhere_a_name_is_no_id_but_the_id_is_suggested(tmp_path):
    book = sheets()
    book["教师"][1]["派出学校编号"] = "城关小学"
    [finding] = reading(tmp_path, book).findings
    assert (finding.code, finding.suggest) == ("unknown_site", ("S1",))


def test_a_missing_column_is_an_error_in_row_1(tmp_path):
    book = sheets()
    for row in book["需求"]:
        del row["人数"]
    [finding] = reading(tmp_path, book).findings
    assert finding[:2] == ("error", "missing_column")
    assert (finding.sheet, finding.row, finding.column, finding.value) == ("needs", 1, "人数", None)


def test_headings_below_a_title_are_one_error_and_nothing_is_said_of_what_lies_below(tmp_path):
    book = sheets()
    book["教师"][0]["意向1"] = "N1"
    path = save(tmp_path / "in.xlsx", book)
    workbook = openpyxl.load_workbook(path)
    workbook["需求"].insert_rows(1)
    workbook["需求"]["A1"] = "2026 年支教岗位需求表"
    workbook.save(path)
    [finding] = read(path).findings
    assert (finding.severity, finding.code, finding.sheet, finding.row) == ("error", "headings_below", "needs", 2)
    assert "删除" in finding.text.zh


def test_a_repeated_heading_is_an_error(tmp_path):
    book = sheets()
    for row in book["教师"]:
        row["现任教学科"] = "语文"
    [finding] = reading(tmp_path, book).findings
    assert finding[:2] == ("error", "repeated_column")
    assert (finding.sheet, finding.row, finding.column) == ("teachers", 1, "现任教学科")


def test_unknown_columns_and_sheets_are_notices_and_not_used(tmp_path):
    book = sheets()
    for row in book["教师"]:
        row |= {"爱好": "钓鱼", "职 称 级": "#"}
    book["说明"] = [{"甲": 1}]
    book["教 师"] = [{"甲": 1}]
    result = reading(tmp_path, book)
    assert [(f.severity, f.code, f.sheet, f.row, f.column) for f in result.findings] == [
        ("notice", "unknown_sheet", "说明", None, None), ("notice", "unknown_sheet", "教 师", None, None),
        ("notice", "unknown_column", "teachers", 1, "爱好"), ("notice", "unknown_column", "teachers", 1, "职 称 级")]
    assert result.findings[3].suggest[0] == "职称"
    assert result.instance == reading(tmp_path, sheets()).instance


def test_a_row_with_nothing_but_unknown_columns_is_blank(tmp_path):
    book = sheets()
    book["教师"].append({"备注栏": "以上共两人"})
    assert len(reading(tmp_path, book).instance.teachers) == 2


def test_data_without_a_heading_is_told_of(tmp_path):
    book = sheets()
    book["教师"][0][" "] = "散落"
    [finding] = reading(tmp_path, book).findings
    assert (finding.severity, finding.code, finding.column) == ("notice", "no_heading", "J")


@pytest.mark.parametrize("missing", ["学校", "需求", "教师"])
def test_a_missing_sheet_is_one_error(tmp_path, missing):
    book = sheets()
    del book[missing]
    errors = [f for f in reading(tmp_path, book).findings if f.severity == "error"]
    assert [(f.code, f.suggest) for f in errors] == [("missing_sheet", (missing,))]
    assert errors[0].file.endswith(".xlsx")


def test_one_sheet_twice_is_an_error(tmp_path):
    book = sheets()
    book["sites"] = book["学校"]
    [finding] = of(reading(tmp_path, book).findings, "repeated_sheet")
    assert (finding.sheet, finding.value) == ("sites", "sites")


def test_an_optional_sheet_that_was_only_opened_is_nothing(tmp_path):
    assert reading(tmp_path, sheets() | {"距离": [{}]}).findings == ()
