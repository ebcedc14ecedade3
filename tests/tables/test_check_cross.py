"""What does not fit together between rows and sheets."""

import pytest

from tests.tables.books import of, reading, sheets


def only(tmp_path, book, code):
    result = reading(tmp_path, book)
    found = of(result.findings, code)
    assert (result.instance is None) == any(f.severity == "error" for f in result.findings)
    return [(f.severity, f.sheet, f.row, f.column, f.value) for f in found]


@pytest.mark.parametrize(("sheet", "column", "key"), [
    ("学校", "学校编号*", "sites"), ("需求", "岗位编号", "needs"), ("教师", "教师编号", "teachers")])
def test_a_repeated_id(tmp_path, sheet, column, key):
    book = sheets()
    book[sheet][1][column] = book[sheet][0][column]
    assert only(tmp_path, book, "repeated_id") == [("error", key, 3, column, book[sheet][0][column])]


def test_ids_that_differ_by_zeros(tmp_path):
    book = sheets()
    book["教师"][0]["教师编号"], book["教师"][1]["教师编号"] = "001", 1
    assert only(tmp_path, book, "ids_differ_by_zeros") == [("warning", "teachers", 2, "教师编号", "001")]


def test_a_reference_that_lost_its_zeros_is_suggested(tmp_path):
    book = sheets()
    book["学校"][0]["学校编号*"] = "007"
    for row in book["教师"]:
        row["派出学校编号"] = 7
    finding = of(reading(tmp_path, book).findings, "unknown_site")[0]
    assert (finding.value, finding.suggest) == ("7", ("007",))


@pytest.mark.parametrize(("sheet", "row", "column", "code"), [
    ("结对", {"派出方": "丙县", "受援方": "R1", "约束": "允许"}, "派出方", "unknown_place"),
    ("结对", {"派出方": "S1", "受援方": "河口", "约束": "允许"}, "受援方", "unknown_place"),
    ("距离", {"起点": "东市", "终点": "R1", "公里": 1}, "起点", "unknown_stop"),
    ("距离", {"起点": "S1", "终点": "X", "公里": 1}, "终点", "unknown_stop"),
    ("师资", {"学校编号": "S9", "学段": "小学"}, "学校编号", "unknown_site"),
    ("课时", {"教师编号": "T9", "活动": "授课", "数量": 1}, "教师编号", "unknown_teacher"),
    ("课时", {"教师编号": "T1", "学校编号": "S9", "活动": "授课", "数量": 1}, "学校编号", "unknown_site"),
])
def test_an_unknown_reference(tmp_path, sheet, row, column, code):
    from matching.domain.sheets import SHEETS

    key = next(s.key for s in SHEETS if s.zh == sheet)
    assert only(tmp_path, sheets() | {sheet: [row]}, code) == [("error", key, 2, column, row[column])]


def test_wishes_that_name_nothing_are_ignored_with_a_warning(tmp_path):
    book = sheets()
    book["教师"][1] |= {"意向1": "乙县", "意向2": "N1", "意向3": "甲县", "回避学校": "R1、R7", "上年岗位": "N7"}
    result = reading(tmp_path, book)
    assert [(f.severity, f.code, f.row, f.column, f.value) for f in result.findings] == [
        ("warning", "unknown_wish", 3, "意向1", "乙县"), ("warning", "unknown_avoided_site", 3, "回避学校", "R7"),
        ("warning", "unknown_last_need", 3, "上年岗位", "N7")]
    teacher = result.instance.teachers[1]
    assert (teacher.pref_1, teacher.pref_2, teacher.pref_3) == (None, "N1", "甲县")
    assert (teacher.avoid_sites, teacher.last_need) == (("R1",), None)


def test_without_the_sites_nobody_is_said_to_be_unknown(tmp_path):
    book = sheets()
    del book["学校"]
    assert [f.code for f in reading(tmp_path, book).findings] == ["missing_sheet"]


@pytest.mark.parametrize(("given", "missing"), [("经度", "纬度"), ("纬度", "经度")])
def test_half_a_pair_of_coordinates(tmp_path, given, missing):
    book = sheets()
    book["学校"][1][missing] = None
    assert only(tmp_path, book, "half_coordinates") == [("error", "sites", 3, missing, None)]
    for row in book["学校"]:
        del row[missing]
    assert only(tmp_path, book, "half_coordinates") == [("error", "sites", row, missing, None) for row in (2, 3, 4)]


def test_unknown_distances(tmp_path):
    book = sheets()
    for row in book["学校"]:
        del row["经度"], row["纬度"]
    book["学校"][2]["县(市、区)"] = "乙县"
    assert [f[2] for f in only(tmp_path, book, "unknown_distance")] == [2, 3, 4]
    book["距离"] = [{"起点": "R1", "终点": "乙县", "公里": 3}]
    assert only(tmp_path, book, "unknown_distance") == [("warning", "sites", 2, "经度", None)]


def test_unknown_distances_are_those_of_travel(tmp_path):
    from fractions import Fraction

    from matching.travel import Distances

    book = sheets()
    for row in book["学校"][:2]:
        del row["经度"], row["纬度"]
    book["距离"] = [{"起点": "S1", "终点": "B1", "公里": 3}]
    result = reading(tmp_path, book)
    rows = {result.instance.sites[f.row - 2].site_id for f in of(result.findings, "unknown_distance")}
    assert rows == set(Distances(result.instance, Fraction(1)).unknown_sites) == {"R1"}


def test_a_distance_given_twice(tmp_path):
    rows = [{"起点": "S1", "终点": "R1", "公里": 1}, {"起点": "S1", "终点": "R1", "公里": 2},
            {"起点": "R1", "终点": "S1", "公里": 3}]
    found = only(tmp_path, sheets() | {"距离": rows}, "repeated_distance")
    assert found == [("warning", "distances", 3, "公里", "2")]


def test_min_above_max(tmp_path):
    rows = [{"派出方": "S1", "受援方": "R1", "约束": "允许", "名额下限": 3, "名额上限": 2}]
    assert only(tmp_path, sheets() | {"结对": rows}, "min_above_max") == [("error", "pairings", 2, "名额下限", "3")]


def test_circular_pairings_are_lawful(tmp_path):
    rows = [{"派出方": "B1", "受援方": "R1", "约束": "允许"}, {"派出方": "甲县", "受援方": "甲县", "约束": "优先"}]
    assert reading(tmp_path, sheets() | {"结对": rows}).findings == ()


def test_a_shared_dormitory_has_one_number_of_beds(tmp_path):
    book = sheets()
    book["学校"][1] |= {"宿舍点": "河口公寓", "宿舍床位": 4}
    book["学校"][2] |= {"宿舍点": "河口公寓", "宿舍床位": 5}
    assert only(tmp_path, book, "dormitory_beds_differ") == [("error", "sites", 4, "宿舍床位", "5")]


def test_one_seat_locked_twice(tmp_path):
    book = sheets()
    book["教师"][0]["锁定岗位"] = book["教师"][1]["锁定岗位"] = "N1"
    assert only(tmp_path, book, "seat_locked_twice") == [("error", "teachers", 3, "锁定岗位", "N1")]
    book["需求"][0]["人数"] = 2
    assert only(tmp_path, book, "seat_locked_twice") == []


def test_a_lock_on_the_site_takes_one_of_its_seats(tmp_path):
    book = sheets()
    book["教师"][0]["锁定岗位"], book["教师"][1]["锁定岗位"] = "N1", "R1"
    assert only(tmp_path, book, "seat_locked_twice") == [("error", "teachers", 3, "锁定岗位", "R1")]


@pytest.mark.parametrize("change", [{"审核状态": "退回"}, {"暂缓": "是"}])
def test_who_is_not_placed_takes_no_seat(tmp_path, change):
    book = sheets()
    book["教师"][0]["锁定岗位"] = book["教师"][1]["锁定岗位"] = "N1"
    book["教师"][0] |= change
    assert reading(tmp_path, book).findings == ()


def test_one_teacher_locked_twice(tmp_path):
    book = sheets()
    book["教师"][0] |= {"锁定岗位": "N1"}
    book["教师"][1] |= {"姓名": "张甲", "锁定岗位": "N2"}
    assert only(tmp_path, book, "teacher_locked_twice") == [("error", "teachers", 3, "锁定岗位", "N2")]
    book["教师"][1] |= {"姓名": "李乙", "锁定岗位": "N1、N2"}
    assert only(tmp_path, book, "teacher_locked_twice") == [("error", "teachers", 3, "锁定岗位", "N1、N2")]


def test_a_person_given_twice(tmp_path):
    book = sheets()
    book["教师"][1]["姓名"] = "张甲"
    assert only(tmp_path, book, "repeated_person") == [("warning", "teachers", 3, "姓名", "张甲")]
    book["教师"][1]["出生年月"] = "1985-11"
    assert only(tmp_path, book, "repeated_person") == []


def test_the_dictionary_is_read_before_all_else(tmp_path):
    book = sheets()
    book["教师"][0] |= {"主教学科": "珠算", "职称": "小教高级", "学段": "小学部", "称号": "名师、教学能手"}
    book["教师"][0]["骨干级别"] = "骨干"
    book["需求"][0]["学科"] = "编程"
    book["字典"] = [{"类别": category, "名称": name, "规范值": value} for category, name, value in (
        ("学科", "珠算", "数学"), ("学科", "编程", "编程"), ("职称", "小教高级", "一级"), ("学段", "小学部", "小学"),
        ("称号", "名师", "省级"), ("骨干", "骨干", "县级"))]
    result = reading(tmp_path, book)
    assert result.findings == ()
    teacher = result.instance.teachers[0]
    assert (teacher.subject, teacher.title, teacher.stages) == ("math", "first", ("primary",))
    assert teacher.backbone == "county"
    assert result.instance.needs[0].subject == "编程"
    assert result.instance.backbone_level(teacher) == "province"


@pytest.mark.parametrize(("row", "code", "severity", "column"), [
    (("职称", "小教高级", "高高级"), "unknown_title", "error", "规范值"),
    (("称号", "名师", "全国"), "unknown_backbone", "error", "规范值"),
    (("科目", "珠算", "数学"), "unknown_category", "error", "类别"),
    (("学科", "语文", "数学"), "word_taken", "warning", "名称"),
])
def test_a_wrong_row_of_the_dictionary(tmp_path, row, code, severity, column):
    book = sheets() | {"字典": [dict(zip(("类别", "名称", "规范值"), row, strict=True))]}
    assert [f[:4] for f in only(tmp_path, book, code)] == [(severity, "dictionary", 2, column)]


def test_a_word_with_two_meanings(tmp_path):
    rows = [{"类别": "称号", "名称": "名师", "规范值": level} for level in ("市级", "省级")]
    assert only(tmp_path, sheets() | {"字典": rows}, "repeated_word") == [("error", "dictionary", 3, "名称", "名师")]


def test_a_wrong_coordinate_is_not_said_to_be_missing_as_well(tmp_path):
    book = sheets()
    book["学校"][1]["经度"] = "东经103度"
    assert [f.code for f in reading(tmp_path, book).findings] == ["bad_number"]


def test_more_exchange_teachers_than_staff(tmp_path):
    book = sheets() | {"师资": [{"学校编号": "S1", "学段": "小学", "教师数": 2, "交流教师数": 5},
                                {"学校编号": "R1", "学段": "小学", "教师数": 5, "交流教师数": 5}]}
    assert only(tmp_path, book, "exchange_above_staff") == [("warning", "staffing", 2, "交流教师数", "5")]
