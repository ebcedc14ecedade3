"""What is written reads back as it was."""

import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.records import PolicyRow
from matching.tables import read, write
from tests import builders as b
from tests.strategies import instances
from tests.wild import wild_instances

FORMS = ("i.xlsx", "i.json", "folder")
SMALL = b.instance([b.site("S1", share_50plus=0.285), b.site("R1", "receiver")],
                   [b.need("N1", "R1", alt_subjects=("math", "pe"), backbone_required="yes")],
                   [b.teacher("T1", "S1", birth=datetime.date(1985, 10, 1), mandatory=True, max_km=40.5)])
few = settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _again(instance, folder, form, lang):
    path = folder / form
    write(instance, path, lang)
    reading = read(path)
    assert [f for f in reading.findings if f.severity == "error"] == []
    return reading.instance


@pytest.mark.parametrize("form", FORMS)
@few
@given(instance=instances(), lang=st.sampled_from(("zh", "en")))
def test_an_instance_survives_every_form(tmp_path_factory, form, instance, lang):
    assert _again(instance, tmp_path_factory.mktemp("w"), form, lang) == instance


@pytest.mark.parametrize("form", FORMS)
@few
@given(instance=wild_instances(), lang=st.sampled_from(("zh", "en")))
def test_every_column_and_odd_text_survives(tmp_path_factory, form, instance, lang):
    assert _again(instance, tmp_path_factory.mktemp("w"), form, lang) == instance


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS[:2])
def test_equal_instances_give_equal_bytes(tmp_path, form, lang):
    write(SMALL, tmp_path / form, lang)
    first = (tmp_path / form).read_bytes()
    write(SMALL, tmp_path / form, lang)
    assert (tmp_path / form).read_bytes() == first


def test_cells_are_what_they_look_like(tmp_path):
    write(SMALL, tmp_path / "i.xlsx")
    book = openpyxl.load_workbook(tmp_path / "i.xlsx")
    teachers, sites, needs = book["教师"], book["学校"], book["需求"]
    cells = {head.value: cell for head, cell in zip(teachers[1], teachers[2], strict=True)}
    assert (cells["出生年月"].value, cells["出生年月"].number_format) == ("1985-10", "@")
    assert (cells["最远公里"].value, cells["最远公里"].data_type) == (40.5, "n")
    assert (cells["应派"].value, cells["暂缓"].value) == ("是", None)
    assert cells["学段*"].value == "小学"
    share = {head.value: cell for head, cell in zip(sites[1], sites[2], strict=True)}["50岁以上占比"]
    assert (share.value, share.number_format) == (0.285, "0.##%")
    assert {head.value: cell.value for head, cell in zip(needs[1], needs[2], strict=True)}["可兼学科"] == "数学、体育"
    assert teachers.freeze_panes == "C2"
    assert book.sheetnames == ["学校", "需求", "教师", "_lists"]
    assert book["_lists"].sheet_state == "hidden"


def test_words_offered_include_the_dictionarys(tmp_path):
    instance = b.instance([b.site("S1")], [], [], dictionary=[b.dictionary_row("subject", "校园足球", "足球")])
    write(instance, tmp_path / "i.xlsx")
    book = openpyxl.load_workbook(tmp_path / "i.xlsx")
    area = book.defined_names["list_subject"].attr_text.split("!")[1].replace("$", "")
    assert "足球" in [row[0].value for row in book["_lists"][area]]
    rules = {next(iter(r.sqref.ranges)).bounds[0]: r for r in book["教师"].data_validations.dataValidation}
    assert rules[7].formula1 == "list_subject"
    assert rules[3].formula1.startswith("'学校'!$A$2:")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", "http://a.b", "{=1}"])
def test_text_is_never_a_formula_nor_a_link(tmp_path, text):
    write(b.instance([b.site("S1", name=text)], [], []), tmp_path / "i.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "i.xlsx")["学校"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_keep_every_digit(tmp_path):
    odd = b.instance([b.site("S1", lon=0.1 + 0.2, lat=1 / 3)], [], [])
    write(odd, tmp_path / "i.xlsx")
    assert read(tmp_path / "i.xlsx").instance == odd


def test_policy_cells_are_text(tmp_path):
    row = PolicyRow(*("x",) * 8, "0.20", "-", *("y",) * 5)._replace(kind="quota", on="是")
    instance = b.instance([b.site("S1")], [], [], policy=[row])
    write(instance, tmp_path / "i.xlsx")
    assert openpyxl.load_workbook(tmp_path / "i.xlsx")["政策"]["I2"].value == "0.20"
    assert read(tmp_path / "i.xlsx").instance == instance


def test_csv_opens_in_excel_and_has_only_sheets_with_rows(tmp_path):
    write(SMALL, tmp_path / "new" / "folder", "en")
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == ["needs.csv", "sites.csv", "teachers.csv"]
    assert (tmp_path / "new" / "folder" / "sites.csv").read_bytes().startswith(b"\xef\xbb\xbfsite_id,name,")


@pytest.mark.parametrize("name", ["i.xls", "nowhere/i.xlsx", "full"])
def test_what_cannot_be_written_is_a_finding(tmp_path, name):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(InputError):
        write(SMALL, tmp_path / name)


def test_text_too_long_for_a_cell_is_a_finding_with_its_place(tmp_path):
    instance = b.instance([b.site("S1", name="长" * 40_000)], [], [])
    with pytest.raises(InputError) as caught:
        write(instance, tmp_path / "i.xlsx")
    assert [(f.sheet, f.row, f.column) for f in caught.value.findings] == [("sites", 2, "学校名称")]
    assert not (tmp_path / "i.xlsx").exists()
