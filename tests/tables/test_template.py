"""The empty workbook."""

import openpyxl
import pytest

from matching.domain.findings import InputError
from matching.domain.sheets import SHEETS
from matching.domain.vocabulary import fold_heading
from matching.tables import read, write_template
from matching.tables.notes import meanings, note

HANDED_OUT = [(lang, sheet, column) for lang in ("zh", "en") for sheet in SHEETS for column in sheet.columns]


@pytest.fixture(params=["zh", "en"])
def template(request, tmp_path):
    write_template(tmp_path / "t.xlsx", request.param)
    return request.param, tmp_path / "t.xlsx"


def test_it_reads_back_with_a_word_on_its_examples_alone(template):
    found = [(f.severity, f.code, f.sheet, f.row) for f in read(template[1]).findings]
    assert found == [("warning", "example_row", sheet, row)
                     for sheet, row in (("sites", 2), ("sites", 3), ("needs", 2), ("teachers", 2))]


def test_its_examples_refer_to_each_other(template):
    instance = read(template[1]).instance
    (need,), (teacher,) = instance.needs, instance.teachers
    assert instance.site[need.site_id].role == "receiver"
    assert instance.site[teacher.home_site].role == "sender"
    assert teacher.pref_1 == need.site_id
    assert (teacher.subject, teacher.stages[0]) == (need.subject, need.stage)


def test_its_examples_say_that_they_are(template):
    lang, path = template
    book = openpyxl.load_workbook(path)
    for sheet in SHEETS[:3]:
        first = book[sheet.zh if lang == "zh" else sheet.key]["A2"]
        assert first.value.startswith("示例" if lang == "zh" else "example")
        assert first.font.italic
        assert first.comment.text


def test_every_sheet_and_heading_is_there_with_its_note_and_star(template):
    lang, path = template
    book = openpyxl.load_workbook(path)
    for sheet in SHEETS:
        page = book[sheet.zh if lang == "zh" else sheet.key]
        for column, cell in zip(sheet.columns, page[1], strict=True):
            assert fold_heading(cell.value) in column.names
            assert cell.value.endswith("*") == (column.required and lang == "zh")
            assert cell.comment.text


def test_an_id_or_month_typed_below_stays_text(template):
    lang, path = template
    page = openpyxl.load_workbook(path)["教师" if lang == "zh" else "teachers"]
    assert page.column_dimensions["A"].number_format == "@"


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "t.xlsx").write_text("mine")
    with pytest.raises(InputError):
        write_template(tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").read_text() == "mine"


def test_a_place_that_is_not_there_is_a_finding(tmp_path):
    with pytest.raises(InputError):
        write_template(tmp_path / "nowhere" / "t.xlsx")


def test_a_template_is_a_workbook_by_its_name_too(tmp_path):
    with pytest.raises(InputError) as caught:
        write_template(tmp_path / "t.csv")
    assert caught.value.findings[0].suggest == (str(tmp_path / "t.xlsx"),)
    assert not list(tmp_path.iterdir())


def test_meanings_are_of_the_columns_that_there_are():
    assert {sheet: set(rows) for sheet, rows in meanings().items()} == {s.key: set(s.by_key) for s in SHEETS}


@pytest.mark.parametrize(("lang", "sheet", "column"), HANDED_OUT)
def test_a_note_is_in_its_language(lang, sheet, column):
    text = note(sheet, column, lang, meanings())
    assert any("\u4e00" <= c <= "\u9fff" for c in text) == (lang == "zh")
    assert len(text) < 400


def test_a_note_says_what_is_accepted():
    sheet = SHEETS[1]
    assert note(sheet, sheet.by_key["priority"], "zh", meanings()) == (
        "优先级，1 最急，5 最缓。\n填整数，1 到 5。\n不填按“3”。")
    assert note(sheet, sheet.by_key["modes"], "en", meanings()).splitlines()[1:] == [
        "One of resident, part_time, online.", "Several are separated by commas or semicolons.",
        "Empty means resident."]
