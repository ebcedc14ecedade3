"""Each wrong cell is found where it stands, and each lawful way of writing a value is understood."""

from datetime import date, datetime, time

import pytest

from matching.tables import read
from tests.tables.books import TODAY, of, reading, save, sheets

WRONG = [
    ("需求", "人数", -1, "below_minimum"),
    ("需求", "人数", 0, "below_minimum"),
    ("需求", "人数", 1.5, "bad_integer"),
    ("需求", "人数", "两人", "bad_integer"),
    ("需求", "人数", "", "empty_required"),
    ("需求", "人数", "　", "empty_required"),
    ("需求", "人数", 1e300, "above_maximum"),
    ("需求", "学科", "数学课", "unknown_subject"),
    ("需求", "学段", "小学部", "unknown_stage"),
    ("需求", "可兼学科", "语文、数术", "unknown_subject"),
    ("需求", "期限(学年)", "一年", "bad_number"),
    ("需求", "期限(学年)", "1e999", "bad_number"),
    ("需求", "优先级", 6, "above_maximum"),
    ("需求", "支教形式", "远程", "unknown_mode"),
    ("需求", "须骨干", "也许", "unknown_backbone"),
    ("需求", "最低职称", "教授", "unknown_title"),
    ("学校", "角色", "接收", "unknown_role"),
    ("学校", "经度", 181, "above_maximum"),
    ("学校", "纬度", -90.1, "below_minimum"),
    ("学校", "坐标系", "CGCS", "unknown_datum"),
    ("学校", "50岁以上占比", 35, "above_maximum"),
    ("学校", "50岁以上占比", "120%", "above_maximum"),
    ("学校", "艰苦边远类别", 7, "above_maximum"),
    ("学校", "行政区划代码", "62010", "bad_adcode"),
    ("学校", "薄弱学校", "对", "unknown_yes_no"),
    ("学校", "宿舍床位", -3, "below_minimum"),
    ("教师", "出生年月", "1985", "bad_month"),
    ("教师", "出生年月", 1985, "bad_month"),
    ("教师", "出生年月", "1985-13", "bad_month"),
    ("教师", "出生年月", time(1, 2), "bad_month"),
    ("教师", "出生年月", "2026-09", "birth_in_future"),
    ("教师", "性别", "女士", "unknown_gender"),
    ("教师", "近三年考核", "合格、良好", "unknown_appraisal"),
    ("教师", "听课评分", 101, "above_maximum"),
    ("教师", "审核状态", "同意", "unknown_status"),
    ("教师", "最远公里", -1, "below_minimum"),
    ("教师", "姓名", None, "empty_required"),
    ("教师", "锁定岗位", "N9", "unknown_post"),
    ("教师", "派出学校编号", "S9", "unknown_site"),
    ("教师", "派出学校编号", "R1", "teacher_at_receiver"),
    ("需求", "受援学校编号", "S1", "need_at_sender"),
    ("需求", "受援学校编号", "X1", "unknown_site"),
]


@pytest.mark.parametrize(("sheet", "column", "value", "code"), WRONG)
def test_a_wrong_cell_is_an_error_at_its_place(tmp_path, sheet, column, value, code):
    book = sheets()
    book[sheet][1][column] = value
    result = reading(tmp_path, book)
    assert result.instance is None
    [finding] = of(result.findings, code)
    key = {"学校": "sites", "需求": "needs", "教师": "teachers"}[sheet]
    assert (finding.severity, finding.sheet, finding.row, finding.column) == ("error", key, 3, column)
    assert (finding.value is None) == (value is None or str(value).strip() == "")
    assert finding.file == str(tmp_path / "in.xlsx")
    assert finding.text.zh
    assert finding.text.en


def test_the_contracts_example(tmp_path):
    book = sheets()
    book["需求"][1]["学科"] = "数学课"
    [finding] = reading(tmp_path, book).findings
    assert (finding.sheet, finding.row, finding.column, finding.value) == ("needs", 3, "学科", "数学课")
    assert (finding.code, finding.suggest) == ("unknown_subject", ("数学",))


def test_all_errors_come_in_one_pass(tmp_path):
    book = sheets()
    for sheet, column, value, _ in WRONG:
        book[sheet][1][column] = value
    book["教师"][0] |= {"职称": "院士", "学段": ""}
    places = {(f.sheet, f.row, f.column) for f in reading(tmp_path, book).findings if f.severity == "error"}
    assert {("teachers", 2, "职称"), ("teachers", 2, "学段"), ("sites", 3, "经度"), ("needs", 3, "人数")} <= places


READ = [
    ("teachers", "出生年月", "birth", date(1985, 9, 1),
     ["1985-09", "1985/9", "1985.09", "1985年9月", "1985-9-30", "1985/09/30", "1985年9月30日", "１９８５－０９",
      " 1985-09 ", "1985-09-30 00:00:00", date(1985, 9, 30), datetime(1985, 9, 30, 1, 2), 1985.09]),
    ("teachers", "应派", "mandatory", True, ["是", "Y", "y", "yes", "TRUE", "true", True, 1, "1", "１", " 是 "]),
    ("teachers", "应派", "mandatory", False, ["否", "N", "no", "false", False, 0, "0", "", None, "  "]),
    ("teachers", "学段", "stages", ("primary", "junior"),
     ["小学;初中", "小学；初中", "小学,初中", "小学，初中", "小学、 初中", "primary;JUNIOR", "、小学、、初中、"]),
    ("teachers", "最远公里", "max_km", 40.5, [40.5, "40.5", "４０.５", " 40.50 ", "4.05e1"]),
    ("teachers", "兼职课时上限", "max_hours", 12, [12, 12.0, "12", "12.0", "１２"]),
    ("teachers", "职称", "title", "senior", ["高级", "副高", "中学高级", "高级讲师", "Senior", "senior"]),
    ("teachers", "职称", "title", "none", ["未取得", "试用期", "未评"]),
    ("teachers", "语言", "languages", ("藏语", "英语"), ["藏语、英语", "藏语;英语"]),
    ("teachers", "近三年考核", "appraisals", ("pass", "pass", "excellent"), ["合格、合格、优秀"]),
    ("teachers", "可承担形式", "modes", ("resident",), [None, "驻点"]),
    ("teachers", "项目", "programme", "2026", [2026, 2026.0, "2026", " 2026"]),
    ("sites", "50岁以上占比", "share_50plus", 0.35, [0.35, "35%", "0.35", "３５％", "35.0 %"]),
    ("sites", "行政区划代码", "adcode", "620102", [620102, "620102", "６２０１０２"]),
    ("sites", "农村", "rural", True, [None, "是"]),
    ("sites", "坐标系", "datum", "GCJ02", ["gcj02", "GCJ-02", "ＧＣＪ０２"]),
    ("needs", "须骨干", "backbone_required", "no", [None, "否", "N"]),
    ("needs", "须骨干", "backbone_required", "yes", ["是", "yes", True]),
    ("needs", "须骨干", "backbone_required", "city", ["市级", "city"]),
    ("needs", "学科", "subject", "politics", ["道德与法治", "政治", "道法", "思品", "politics"]),
    ("needs", "期限(学年)", "term", 1.0, [None, 1, "1"]),
    ("needs", "优先级", "priority", 3, [None, 3]),
]


@pytest.mark.parametrize(("sheet", "column", "field", "meaning", "written"), READ)
def test_every_way_of_writing_is_understood(tmp_path, sheet, column, field, meaning, written):
    zh = {"sites": "学校", "needs": "需求", "teachers": "教师"}[sheet]
    for value in written:
        book = sheets()
        book[zh][1][column] = value
        result = reading(tmp_path, book)
        assert result.findings == (), value
        read_back = getattr(getattr(result.instance, sheet)[1], field)
        assert (read_back, type(read_back)) == (meaning, type(meaning)), value


def test_october_cut_to_january_is_a_warning(tmp_path):
    book = sheets()
    book["教师"][0]["出生年月"] = 1985.1
    result = reading(tmp_path, book)
    [finding] = result.findings
    assert (finding.severity, finding.code, finding.value) == ("warning", "month_from_number", "1985.1")
    assert finding.suggest == ("1985-01", "1985-10")
    assert result.instance.teachers[0].birth == date(1985, 1, 1)


def test_true_and_one_are_told_apart(tmp_path):
    book = sheets()
    book["需求"][0]["人数"], book["需求"][1]["人数"] = 1, True
    [finding] = reading(tmp_path, book).findings
    assert (finding.code, finding.row, finding.value) == ("bad_integer", 3, "TRUE")


def test_many_wrong_words_are_told_of_quickly(tmp_path):
    book = sheets()
    book["教师"] = [book["教师"][0] | {"教师编号": f"T{i}", "姓名": f"甲{i}", "职称": f"乱{i}"} for i in range(3000)]
    assert len(of(reading(tmp_path, book).findings, "unknown_title")) == 3000


def test_rural_follows_the_role(tmp_path):
    assert [s.rural for s in read(save(tmp_path / "a.xlsx", sheets()), today=TODAY).instance.sites] == [
        False, True, False]


@pytest.mark.parametrize(("word", "told"), [("数学课", "可以填：数学"), ("xyz", "若是新学科，请加到字典表")])
def test_what_would_be_right_is_said_of_an_unknown_subject(tmp_path, word, told):
    book = sheets()
    book["需求"][0]["学科"] = word
    [finding] = reading(tmp_path, book).findings
    assert told in finding.text.zh
