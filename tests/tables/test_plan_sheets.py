"""Plans from an edited report."""

import pytest
import xlsxwriter

from matching.domain.findings import InputError
from matching.domain.plan import Placement
from matching.tables import dump_plan, read_plan
from matching.tables.plan_columns import PLACEMENT_COLUMNS
from tests import builders as b
from tests.tables.test_plans import BALANCED

INSTANCE = b.instance([b.site("S1"), b.site("R1")], [b.need("N1", "R1")],
                      [b.teacher("T1", "S1"), b.teacher("T2", "S1")])
FULL = {"teacher": "T2", "name": "乙", "need": "N1", "mode": "驻点", "km": 38.4, "yuan": 25000, "preference": 1,
        "subject_fit": "主教", "stage_fit": "其他学段", "locked": "否"}


def _report(path, rows, headings=("teacher", "need"), sheet="安置明细"):
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, headings)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            page.write(at, column, value)
    book.close()
    return path


def _findings(path):
    with pytest.raises(InputError) as caught:
        read_plan(path, INSTANCE)
    return [(f.code, f.row, f.column) for f in caught.value.findings]


def test_a_plan_file_is_read_whatever_its_name(tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"\xef\xbb\xbf" + dump_plan(BALANCED))
    assert read_plan(tmp_path / "mine.txt", INSTANCE) == BALANCED


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_stated_fact_of_a_report_is_read(tmp_path, lang):
    headings = [getattr(column, lang) for column in PLACEMENT_COLUMNS]
    words = FULL if lang == "zh" else FULL | {"mode": "resident", "subject_fit": "main", "stage_fit": "other",
                                              "locked": "no"}
    sheet = "安置明细" if lang == "zh" else "placements"
    row = [words.get(column.key) for column in PLACEMENT_COLUMNS]
    plan = read_plan(_report(tmp_path / "report.xlsx", [row], headings, sheet), INSTANCE)
    assert plan.edited
    assert plan.placements == (Placement("T2", "N1", "resident", 38.4, 25000, 1, "main", "other", False),)


def test_two_columns_suffice_and_the_rest_is_not_stated(tmp_path):
    plan = read_plan(_report(tmp_path / "r.xlsx", [("T2", "N1"), (), ("T1", "N1"), ("X", "Y")]), INSTANCE)
    nothing = (None,) * 7
    assert plan.placements == (Placement("T1", "N1", *nothing), Placement("T2", "N1", *nothing),
                               Placement("X", "Y", *nothing))


def test_numbers_as_ids_and_text_as_numbers_are_read(tmp_path):
    path = _report(tmp_path / "r.xlsx", [(7, "N1", "38.44", "25,000")], ("教师编号", "岗位编号", "公里", "补助（元）"))
    assert read_plan(path, INSTANCE).placements[0][:5] == ("7", "N1", None, 38.4, 25000)


@pytest.mark.parametrize(("row", "code", "column"), [
    (("T1", "N1", "步行"), "bad_value", "支教形式"),
    (("T1", "N1", None, "远"), "bad_value", "公里"),
    (("T1", "N1", None, True), "bad_value", "公里"),
    (("T1", "N1", None, "nan"), "bad_value", "公里"),
    (("T1", "N1", None, None, 2.5), "bad_value", "补助(元)"),
    (("T1", None), "empty_required", "岗位编号"),
    ((None, None, "驻点"), "empty_required", "教师编号"),
    (("T1", "=1/0"), "error_value", "岗位编号"),
])
def test_a_cell_that_cannot_be_read_is_found(tmp_path, row, code, column):
    headings = ("教师编号", "岗位编号", "支教形式", "公里", "补助(元)")
    book = xlsxwriter.Workbook(str(tmp_path / "r.xlsx"))
    page = book.add_worksheet("安置明细")
    page.write_row(0, 0, headings)
    for at, value in enumerate(row):
        if value == "=1/0":
            page.write_formula(1, at, value, None, "#DIV/0!")
        else:
            page.write(1, at, value)
    book.close()
    assert (code, 2, column) in _findings(tmp_path / "r.xlsx")


def test_a_row_given_twice_is_found_but_a_teacher_placed_twice_is_for_the_audit(tmp_path):
    assert _findings(_report(tmp_path / "a.xlsx", [("T1", "N1"), ("T1", "N1")])) == [("duplicate_row", 3, "teacher")]
    assert len(read_plan(_report(tmp_path / "b.xlsx", [("T1", "N1"), ("T1", "N2")]), INSTANCE).placements) == 2


def test_missing_sheets_and_columns_are_found(tmp_path):
    assert _findings(_report(tmp_path / "a.xlsx", [], sheet="方案")) == [("missing_sheet", None, None)]
    assert _findings(_report(tmp_path / "b.xlsx", [], ("教师编号", "姓名"))) == [("missing_column", 1, "岗位编号")]
    repeated = _report(tmp_path / "c.xlsx", [], ("教师编号", "岗位编号", "teacher"))
    assert _findings(repeated) == [("repeated_heading", 1, "teacher")]


@pytest.mark.parametrize("content", [
    b"", b"no plan", b"\xff\xfe\x00", b"{", b'{"plan": NaN}', b"[" * 10**5, b"PK\x03\x04"])
def test_what_is_no_plan_is_a_finding(tmp_path, content):
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    assert _findings(path)


def test_a_file_that_is_not_there_or_a_folder_is_a_finding(tmp_path):
    assert _findings(tmp_path / "nowhere.json")
    assert _findings(tmp_path)
