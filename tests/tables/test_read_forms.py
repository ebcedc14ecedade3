"""The three forms carry the same, and several files are one input."""

import json

import pytest

from matching.tables import read
from tests.tables.books import TODAY, of, reading, save, save_csv, save_json, sheets


def full():
    book = sheets()
    book["学校"][0] |= {"薄弱学校": "否", "宿舍床位": 12, "50岁以上占比": 0.25, "优势学科": "数学、英语"}
    book["学校"][0]["行政区划代码"] = "620102"
    book["需求"][0] |= {"可兼学科": "语文；英语", "支教形式": "驻点,兼职", "期限(学年)": 0.5, "备注": "=SUM(A1)"}
    book["需求"][0]["须骨干"] = "是"
    book["教师"][0] |= {"称号": "学科带头人", "暂缓": "是", "意向1": "R1", "意向2": "甲县", "意向3": "N2",
                       "回避学校": "B1", "锁定岗位": "R1", "上年岗位": "N1", "最远公里": 40.5}
    return book | {
        "结对": [{"派出方": "S1", "受援方": "甲县", "约束": "必须", "名额下限": 1, "名额上限": 2, "双向": "是"},
               {"派出方": "联合体一", "受援方": "东市", "约束": "允许"}],
        "距离": [{"起点": "S1", "终点": "R1", "公里": 12.35, "车程(分)": 30},
               {"起点": "甲县", "终点": "B1", "公里": 7}],
        "师资": [{"学校编号": "S1", "学段": "小学", "学科": None, "派出上限": 1}],
        "政策": [{"规则编号": "max-km", "类型": "require", "要求": "km <= 60", "下限": "0.20", "启用": "否"}],
        "目标": [{"顺序": 1, "类型": "fill", "松弛": "1%"}],
        "积分": [{"名称": "km", "分值": 3}, {"名称": "promotion_need", "分值": -10}],
        "课时": [{"教师编号": "T1", "学校编号": "R1", "日期": "2026-03-05", "活动": "授课", "数量": 4}],
        "字典": [{"类别": "称号", "名称": "学科带头人", "规范值": "市级"},
               {"类别": "学科", "名称": "围棋课", "规范值": "围棋"}],
    }


def test_workbook_csv_and_json_give_equal_instances(tmp_path):
    book = full()
    folders = [save_csv(tmp_path / code, book, code) for code in ("utf-8-sig", "utf-8", "gb18030")]
    paths = [save(tmp_path / "a.xlsx", book), save_json(tmp_path / "a.json", book), *folders]
    readings = [read(path, today=TODAY) for path in paths]
    assert [r.findings for r in readings] == [()] * 5
    assert all(r.instance == readings[0].instance for r in readings)
    instance = readings[0].instance
    assert instance.pairings[0].two_way
    assert instance.points[1].value == -10
    assert instance.policy[0].at_least == "0.20"
    assert instance.backbone_level(instance.teachers[0]) == "city"


def test_json_may_use_its_own_types(tmp_path):
    book = full()
    plain = read(save_json(tmp_path / "a.json", book)).instance
    book["学校"][0] |= {"薄弱学校": False, "优势学科": ["数学", "英语"]}
    book["需求"][0] |= {"可兼学科": ["语文", "英语"], "支教形式": ["resident", "兼职"], "须骨干": True}
    book["需求"][0]["期限(学年)"] = "0.5"
    book["教师"][0] |= {"暂缓": True, "回避学校": ["B1"], "出生年月": "1985-10-01", "学段": ["小学"]}
    assert read(save_json(tmp_path / "b.json", book)).instance == plain


@pytest.mark.parametrize(("value", "code"), [
    ({"a": 1}, "bad_value"), ([1, 2], "bad_value"), (float("nan"), "bad_value"), ([], "empty_required"),
    (True, "bad_integer"), (None, "empty_required")])
def test_json_values_that_no_cell_can_hold(tmp_path, value, code):
    book = sheets()
    book["需求"][1]["人数"] = value
    [finding] = read(save_json(tmp_path / "a.json", book)).findings
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, "needs", 3, "人数")


def test_json_sheets_may_be_empty_but_not_absent(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"sites": [], "needs": [], "teachers": []}))
    assert read(path).findings == ()
    assert read(path).instance.sites == ()
    path.write_text(json.dumps({"sites": [], "needs": []}))
    assert [f.code for f in read(path).findings] == ["missing_sheet"]


def test_json_without_a_required_column(tmp_path):
    book = sheets()
    for row in book["需求"]:
        del row["学科"]
    [finding] = read(save_json(tmp_path / "a.json", book)).findings
    assert (finding.code, finding.row, finding.column) == ("missing_column", None, "学科")


def test_a_csv_file_may_stand_alone_or_be_named_in_chinese(tmp_path):
    folder = save_csv(tmp_path / "csv", sheets())
    (folder / "needs.csv").rename(folder / "需求.csv")
    files = sorted(folder.iterdir())
    assert read(files).findings == ()
    assert read(files).instance == read(folder).instance


def test_csv_rows_of_uneven_length(tmp_path):
    folder = save_csv(tmp_path / "csv", sheets())
    text = (folder / "needs.csv").read_text("utf-8-sig").splitlines()
    (folder / "needs.csv").write_text("\n".join([text[0] + ",,", text[1], "", text[2] + ",,,,散落", ",,,"]))
    result = read(folder)
    assert [n.need_id for n in result.instance.needs] == ["N1", "N2"]
    assert result.places["needs", 1] == (str(folder / "needs.csv"), 4)
    assert [f.code for f in result.findings] == ["no_heading"]


def split_book():
    """The same input as three files: the sites, and the needs and teachers of two schools each."""
    book, one, two = sheets(), sheets(), sheets()
    one["教师"], two["教师"] = [book["教师"][0]], [book["教师"][1]]
    one["需求"], two["需求"] = [book["需求"][0]], [book["需求"][1]]
    del one["学校"], two["学校"]
    return {"学校": book["学校"]}, one, two


def test_several_files_are_read_as_one(tmp_path):
    paths = [save(tmp_path / f"{i}.xlsx", book) for i, book in enumerate(split_book())]
    result = read(paths, today=TODAY)
    assert result.findings == ()
    assert result.instance == reading(tmp_path, sheets()).instance
    assert result.places["teachers", 1] == (str(paths[2]), 2)


def test_an_id_or_a_person_given_in_two_files_is_told_of(tmp_path):
    sites, one, two = split_book()
    two["需求"][0]["岗位编号"] = "N1"
    two["教师"][0]["姓名"] = "张甲"
    paths = [save(tmp_path / f"{i}.xlsx", book) for i, book in enumerate((sites, one, two))]
    found = read(paths, today=TODAY).findings
    assert [(f.severity, f.code, f.sheet, f.row, f.column, f.value, f.file) for f in found] == [
        ("error", "repeated_id", "needs", 2, "岗位编号", "N1", str(paths[2])),
        ("warning", "repeated_person", "teachers", 2, "姓名", "张甲", str(paths[2]))]
    assert str(paths[1]) in found[0].text.zh


def test_files_may_have_different_columns(tmp_path):
    sites, one, two = split_book()
    two["教师"] = [{{"姓名": "name", "派出学校编号": "派出单位"}.get(k, k): v for k, v in two["教师"][0].items()}]
    two["教师"][0] |= {"派出单位": "城关小学", "应派": "是"}
    paths = [save(tmp_path / f"{i}.xlsx", book) for i, book in enumerate((sites, one, two))]
    result = read(paths, today=TODAY)
    assert result.findings == ()
    assert [(t.name, t.home_site, t.mandatory) for t in result.instance.teachers] == [
        ("张甲", "S1", False), ("李乙", "S1", True)]


def test_one_bad_file_does_not_hide_what_is_wrong_in_the_others(tmp_path):
    _, one, two = split_book()
    (tmp_path / "0.xlsx").write_bytes(b"no workbook")
    two["教师"][0]["职称"] = "院士"
    paths = [tmp_path / "0.xlsx", save(tmp_path / "1.xlsx", one), save(tmp_path / "2.xlsx", two)]
    result = read(paths, today=TODAY)
    assert result.instance is None
    assert [f.code for f in result.findings] == ["not_a_workbook", "unknown_title"]


def test_one_path_need_not_be_a_list(tmp_path):
    path = save(tmp_path / "a.xlsx", sheets())
    assert read(path).instance == read(str(path)).instance == read([path]).instance


def test_the_input_is_never_changed(tmp_path):
    book = sheets()
    book["需求"][1]["人数"] = -1
    path = save(tmp_path / "a.xlsx", book)
    before = path.read_bytes()
    assert of(read(path).findings, "below_minimum")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
