"""Marked copies of inputs."""

import datetime
import json

import openpyxl
import pytest
import xlsxwriter

from matching.domain.findings import Finding, InputError
from matching.domain.text import Text
from matching.tables import mark, read
from matching.tables.marks import COLOURS
from tests.tables.books import save, sheets

MESSAGE = Text("学科不认识", "an unknown subject")


def _finding(severity="error", code="x", text=MESSAGE, **place):
    return Finding(severity, code, text, **{"sheet": "needs", "row": 2, "column": "学科", "value": "数学课"} | place)


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    page = book.add_worksheet("需求")
    page.write_row(0, 0, ["岗位编号*", "学科 "])
    page.write_string(1, 0, "=N1", book.add_format({"bold": True}))
    page.write_row(1, 1, ["数学课"])
    page.merge_range(2, 0, 3, 0, "N2")
    page.write_formula(5, 5, "=1+1", None, 2)
    page.write_comment(1, 1, "请核对")
    page.data_validation(1, 1, 9, 1, {"validate": "list", "source": ["数学"]})
    book.add_worksheet("我的备忘").write(0, 0, "自己看的")
    book.close()
    return path


def _colour(cell):
    return cell.fill.start_color.rgb[-6:]


def test_the_cell_is_coloured_and_commented(workbook, tmp_path):
    mark([workbook], [_finding()], tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["需求"]["B2"]
    assert _colour(cell) == COLOURS["error"]
    assert cell.comment.text == "请核对\n学科不认识"
    assert cell.value == "数学课"


def test_the_gravest_colours_and_all_comment(workbook, tmp_path):
    graver = [_finding(), _finding("notice", text=Text("注意", "mind")), _finding("warning", text=Text("当心", "care"))]
    mark([workbook], graver, tmp_path / "out.xlsx", "en")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["需求"]["B2"]
    assert _colour(cell) == COLOURS["error"]
    assert cell.comment.text.splitlines() == ["请核对", "mind", "care", "an unknown subject"]


def test_all_findings_are_listed_first_and_text_is_no_formula(workbook, tmp_path):
    listed = [_finding(value="=1+1", suggest=("数学", "科学")), _finding(sheet=None, row=None, column=None, value=None)]
    mark([workbook], listed, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    page = book.worksheets[0]
    assert page.title == "数据问题"
    assert [c.value for c in page[2]] == ["错误", None, "需求", 2, "学科", "=1+1", "学科不认识", "数学、科学"]
    assert page["F2"].data_type == "s"
    assert page["D2"].hyperlink.location == "'需求'!B2"
    assert page.max_row == 3


def test_everything_else_is_kept_and_the_input_unchanged(workbook, tmp_path):
    before = workbook.read_bytes()
    mark([workbook], [_finding()], tmp_path / "out.xlsx")
    assert workbook.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    page = book["需求"]
    assert book.sheetnames == ["数据问题", "需求", "我的备忘"]
    assert page["A2"].value == "=N1"
    assert page["A2"].data_type == "s"
    assert page["A2"].font.bold
    assert page["F6"].value == "=1+1"
    assert page["F6"].data_type == "f"
    assert len(page.data_validations.dataValidation) == 1
    assert [p.title for p in book.worksheets if p.sheet_view.tabSelected] == ["数据问题"]


@pytest.mark.parametrize(("place", "cell"), [
    ({"row": None}, "B1"),
    ({"row": None, "column": None}, "A1"),
    ({"row": 2, "column": "没有这列"}, "A2"),
    ({"row": 4, "column": "岗位编号*"}, "A3"),
    ({"row": 900, "column": "学科"}, "B900"),
])
def test_a_finding_with_less_of_a_place_marks_what_it_can(workbook, tmp_path, place, cell):
    mark([workbook], [_finding(**place)], tmp_path / "out.xlsx")
    assert _colour(openpyxl.load_workbook(tmp_path / "out.xlsx")["需求"][cell]) == COLOURS["error"]


def test_marking_a_marked_copy_lists_afresh(workbook, tmp_path):
    mark([workbook], [_finding()], tmp_path / "one.xlsx")
    mark([tmp_path / "one.xlsx"], [], tmp_path / "two.xlsx")
    book = openpyxl.load_workbook(tmp_path / "two.xlsx")
    assert book.sheetnames.count("数据问题") == 1
    assert book["数据问题"].max_row == 1


def test_a_marked_copy_is_read_as_the_input_was(tmp_path):
    path = save(tmp_path / "in.xlsx", sheets())
    mark([path], [_finding()], tmp_path / "out.xlsx")
    assert read(tmp_path / "out.xlsx").findings == ()


def test_several_inputs_go_to_a_folder_each_with_its_own(workbook, tmp_path):
    other = tmp_path / "sub" / "in.xlsx"
    other.parent.mkdir()
    other.write_bytes(workbook.read_bytes())
    findings = [_finding(file=str(other)), _finding(file=None, sheet=None, row=None)]
    written = mark([workbook, other], findings, tmp_path / "out")
    assert [p.name for p in written] == ["in.xlsx", "in-2.xlsx"]
    assert [openpyxl.load_workbook(p)["数据问题"].max_row for p in written] == [2, 3]


def test_a_csv_folder_is_written_as_read(tmp_path):
    folder = tmp_path / "表"
    folder.mkdir()
    (folder / "needs.csv").write_text("岗位编号,学科\n=N1,数学课\n\n007,语文\n", encoding="gb18030")
    mark([folder], [_finding(file=str(folder / "needs.csv"))], tmp_path / "out.xlsx")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["需求"]
    assert [[c.value for c in row] for row in page] == [
        ["岗位编号", "学科"], ["=N1", "数学课"], [None, None], ["007", "语文"]]
    assert _colour(page["B2"]) == COLOURS["error"]


def test_json_is_written_as_read(tmp_path):
    (tmp_path / "in.json").write_text(json.dumps({"needs": [{"need_id": "N1", "学科": ["数学", "x"], "count": 2}]}))
    mark([tmp_path / "in.json"], [_finding()], tmp_path / "out.xlsx", "en")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["needs"]
    assert [cell.value for cell in page[2]] == ["N1", "数学;x", 2]
    assert page["B2"].comment.text == "an unknown subject"


def test_what_cannot_be_read_is_only_listed(tmp_path):
    (tmp_path / "in.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    mark([tmp_path / "in.xlsx"], [_finding(sheet=None, row=None)], tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["数据问题"]
    assert book["数据问题"]["A3"].value == "提示"


def test_nothing_is_overwritten(workbook, tmp_path):
    before = workbook.read_bytes()
    for out in (workbook, tmp_path):
        with pytest.raises(InputError):
            mark([workbook], [], out)
    assert workbook.read_bytes() == before


def test_dates_and_control_characters_survive(tmp_path):
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "needs"
    book.active["A1"] = "need_id"
    book.active["A2"] = datetime.date(2026, 9, 1)
    book.save(path)
    mark([path], [_finding(column="need_id", value="\x07bell", text=Text("响\x07", "\ud800"))], tmp_path / "out.xlsx")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["needs"]
    assert page["A2"].value == datetime.datetime(2026, 9, 1)
    assert page["A2"].comment.text == "响\ufffd"


@pytest.mark.parametrize(("inputs", "out", "suggest"), [(1, "out.csv", "out.xlsx"), (2, "out.xlsx", "out")])
def test_a_copy_is_not_called_what_it_is_not(workbook, tmp_path, inputs, out, suggest):
    with pytest.raises(InputError) as caught:
        mark([workbook] * inputs, [_finding()], tmp_path / out)
    assert caught.value.findings[0].suggest == (str(tmp_path / suggest),)
    assert not (tmp_path / out).exists()
