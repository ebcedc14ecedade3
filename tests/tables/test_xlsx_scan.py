"""The search of a sheet's XML, in every way that writers set it down."""

import io
import re

import pytest

from matching.tables import read
from matching.tables.xlsx_scan import scan, width
from tests.tables.books import save, sheets
from tests.tables.test_read_files import rewritten

SHEET = b"""<worksheet xmlns="m"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="AB1" s="1"/></row>
<row r="2" spans="1:3"/><row r="3"><c r="A3" s="1"/><c r="B3" s="2" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>
<row r="7"><c r="A7" t="inlineStr"><is><t>#1 t="e" f</t></is></c><c r="C7"><f t="shared" si="0"/><v/></c></row>
<row r="8"><c r="B8" t="str"><f>""</f><v></v></c><c r="D8"><f>1&lt;2</f></c><c r="E8"><f>1</f><v>1</v></c></row>
<row r="9"><c r="A9" s="4"/></row></sheetData><rowBreaks count="1"/></worksheet>"""
BROKEN = {(3, 1): "#DIV/0!", (7, 2): "=", (8, 3): "=1<2"}


def ended(xml):
    """With an end tag for every empty cell, as lxml writes them."""
    return re.sub(rb"<c\b([^>]*)/>", rb"<c\1></c>", xml)


def unnumbered(xml):
    return re.sub(rb'(<(?:c|row)\b)([^>]*?) r="\w+"', rb"\1\2", xml)


@pytest.mark.parametrize("write", [
    lambda xml: xml,
    ended,
    lambda xml: re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml).replace(b"xmlns", b"xmlns:x"),
    lambda xml: re.sub(rb'(\w)="([^"]*)"', rb"\1='\2'", xml),
])
def test_what_is_found(write):
    found = scan(io.BytesIO(write(SHEET)))
    assert (found.rows, found.wide) == ([1, 3, 7, 8], "")
    assert found.broken == BROKEN
    assert width(io.BytesIO(SHEET)) == 28


def test_rows_and_cells_without_numbers_are_counted():
    found = scan(io.BytesIO(unnumbered(SHEET)))
    assert found.rows == [1, 2, 3, 4, 5, 6]
    assert found.broken == {(3, 1): "#DIV/0!", (4, 1): "=", (5, 1): "=1<2"}


def test_pieces_do_not_cut_rows(monkeypatch):
    whole = scan(io.BytesIO(SHEET))
    for size in (40, 64, 97, 300):
        monkeypatch.setattr("matching.tables.xlsx_scan._PIECE", size)
        assert scan(io.BytesIO(SHEET)) == whole


@pytest.mark.parametrize(("cell", "wide"), [(b"GR2", ""), (b"GS2", "GS2"), (b"HA2", "HA2"), (b"AAA2", "AAA2")])
def test_cells_beyond_the_last_column(cell, wide):
    content = SHEET.replace(b'<row r="2" spans="1:3"/>', b'<row r="2"><c r="%s"><v>1</v></c></row>' % cell)
    assert scan(io.BytesIO(content)).wide == wide
    blank = SHEET.replace(b'<row r="2" spans="1:3"/>', b'<row r="2"><c r="%s" s="3"/></row>' % cell)
    assert scan(io.BytesIO(blank)).wide == scan(io.BytesIO(ended(blank))).wide == ""


@pytest.mark.parametrize("change", [
    unnumbered,
    lambda xml: re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
])
def test_such_workbooks_read_alike(tmp_path, change):
    book = sheets()
    for row in book["教师"]:
        del row["锁定岗位"]  # since without numbers a blank cell has no place
    rewritten(save(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx", "xl/worksheets/sheet3.xml", change)
    assert read(tmp_path / "b.xlsx").findings == ()
    assert read(tmp_path / "b.xlsx").instance == read(tmp_path / "a.xlsx").instance
