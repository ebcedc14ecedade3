"""Files that are not what they should be, and sheets that are larger than they look."""

import shutil
import subprocess
import tracemalloc
import zipfile

import openpyxl
import pytest

from matching.tables import grid, read
from tests.tables.books import TODAY, of, reading, save, save_csv, sheets


def codes(path):
    result = read(path, today=TODAY)
    assert (result.instance is None) == any(f.severity == "error" for f in result.findings)
    return [f.code for f in result.findings]


@pytest.mark.parametrize(("name", "content", "code"), [
    ("a.xlsx", b"", "empty_file"),
    ("a.xlsx", b"just text", "not_a_workbook"),
    ("a.xlsx", b"%PDF-1.7", "not_a_workbook"),
    ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
    ("a.xlsx", b"PK\x03\x04 and no archive", "damaged_file"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not_a_workbook"),
    ("a.docx", b"x", "not_a_workbook"),
    ("sites.csv", b"\xff\xfe\x81\x20\xff", "unknown_encoding"),
    ("a.json", b"\xff\xfe\x81\x20\xff", "unknown_encoding"),
    ("a.json", b"{", "bad_json"),
    ("a.json", b"[]", "bad_json"),
    ("a.json", b'{"sites": {}}', "bad_json"),
    ("a.json", b'{"sites": [1]}', "bad_json"),
    ("a.json", b'{"sites": [{"name": "a", "name": "b"}]}', "bad_json"),
    ("a.json", b"[" * 100_000, "bad_json"),
    ("a.json", b'{"sites": [{"staff": 1' + b"0" * 5000 + b"}]}", "bad_json"),
    ("sites.csv", b'"' + b"x" * 200_000, "bad_csv"),
])
def test_what_cannot_be_read_is_a_finding(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert codes(tmp_path / name) == [code]


def test_nothing_and_an_empty_folder(tmp_path):
    assert codes(tmp_path / "none.xlsx") == ["no_such_file"]
    assert codes(tmp_path) == ["empty_folder"]


def test_a_cut_workbook_is_damaged(tmp_path):
    whole = save(tmp_path / "a.xlsx", sheets()).read_bytes()
    for length in (100, len(whole) // 2, len(whole) - 30):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        assert codes(tmp_path / "b.xlsx") == ["damaged_file"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_without_a_part_is_damaged(tmp_path, part):
    rewritten(save(tmp_path / "a.xlsx", sheets()), tmp_path / "b.xlsx", part, lambda xml: None)
    assert codes(tmp_path / "b.xlsx")[:1] in (["damaged_file"], ["unsupported_format"])


def test_an_xlsx_under_the_name_of_an_xls_is_read_with_a_warning(tmp_path):
    save(tmp_path / "a.xlsx", sheets()).rename(tmp_path / "a.xls")
    result = read(tmp_path / "a.xls", today=TODAY)
    assert [(f.severity, f.code) for f in result.findings] == [("warning", "renamed_file")]
    assert len(result.instance.teachers) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="makes the old format with LibreOffice")
def test_an_old_xls_is_read_and_refused_under_another_name(tmp_path):
    save(tmp_path / "a.xlsx", sheets())
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to", "xls",
                    "--outdir", tmp_path, tmp_path / "a.xlsx"], check=True, capture_output=True)
    result = read(tmp_path / "a.xls", today=TODAY)
    assert [(f.severity, f.code) for f in result.findings] == [("warning", "old_format")]
    assert result.instance == read(tmp_path / "a.xlsx", today=TODAY).instance
    (tmp_path / "a.xls").rename(tmp_path / "b.xlsx")
    assert codes(tmp_path / "b.xlsx") == ["renamed_file"]


def test_error_values_and_formulas_without_result(tmp_path):
    save(tmp_path / "a.xlsx", sheets())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["教师"]["F3"] = "=A1"
    book["教师"]["E2"], book["教师"]["E2"].data_type = "#REF!", "e"
    book["需求"]["E2"] = "=1+1"
    book["学校"]["Z2"], book["学校"]["Z2"].data_type = "#N/A", "e"
    book.save(tmp_path / "b.xlsx")
    result = read(tmp_path / "b.xlsx", today=TODAY)
    assert [(f.severity, f.code, f.sheet, f.row, f.column, f.value) for f in result.findings] == [
        ("error", "uncached_formula", "needs", 2, "人数", "=1+1"),
        ("error", "error_value", "teachers", 2, "学段", "#REF!"),
        ("error", "uncached_formula", "teachers", 3, "主教学科", "=A1")]


def test_a_formula_with_a_result_is_its_result(tmp_path):
    def cached(xml):
        cell = xml[xml.index(b'<c r="E2"'):]
        cell = cell[:cell.index(b"</c>") + 4]
        return xml.replace(cell, b'<c r="E2"><f>1+2</f><v>3</v></c>')
    rewritten(save(tmp_path / "a.xlsx", sheets()), tmp_path / "b.xlsx", "xl/worksheets/sheet2.xml", cached)
    result = read(tmp_path / "b.xlsx", today=TODAY)
    assert (result.findings, result.instance.needs[0].count) == ((), 3)


def test_a_row_of_nothing_but_errors_far_below_is_still_told_of(tmp_path):
    save(tmp_path / "a.xlsx", sheets())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["教师"]["E900"] = "=A1"
    book.save(tmp_path / "b.xlsx")
    [finding] = read(tmp_path / "b.xlsx", today=TODAY).findings
    assert (finding.code, finding.row, finding.column) == ("uncached_formula", 900, "学段")


def test_merged_cells_hold_their_value_in_the_first(tmp_path):
    save(tmp_path / "a.xlsx", sheets())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["学校"].merge_cells("E2:E4")
    book.save(tmp_path / "b.xlsx")
    result = read(tmp_path / "b.xlsx", today=TODAY)
    assert [(f.code, f.row, f.column) for f in result.findings if f.severity == "error"] == [
        ("empty_required", 3, "县(市、区)"), ("empty_required", 4, "县(市、区)")]
    assert "合并" in of(result.findings, "empty_required")[0].text.zh
    assert [(f.severity, f.row) for f in of(result.findings, "merged_cells")] == [("notice", 2)]


def test_blank_rows_are_skipped_and_places_stay_true(tmp_path):
    book = sheets()
    book["教师"] = [book["教师"][0], {}, {"姓名": "  "}, *[{}] * 50_000, book["教师"][1] | {"职称": "院士"}]
    [finding] = of(reading(tmp_path, book).findings, "unknown_title")
    assert finding.row == 50_005
    book["教师"][-1]["职称"] = "一级"
    result = reading(tmp_path, book)
    assert [t.teacher_id for t in result.instance.teachers] == ["T1", "T2"]
    assert result.places["teachers", 1] == (str(tmp_path / "in.xlsx"), 50_005)
    assert len(result.places) == 7


def styled(path, cell, value=None):
    book = openpyxl.load_workbook(path)
    book["教师"][cell].font = openpyxl.styles.Font(bold=True)
    book["教师"][cell] = value
    book.save(path)
    return path


def test_a_stray_cell_in_the_last_row_is_refused_without_filling_memory(tmp_path):
    path = styled(save(tmp_path / "a.xlsx", sheets()), "A1048576", "x")
    tracemalloc.start()
    [finding] = read(path, today=TODAY).findings
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert finding[:2] == ("error", "too_many_rows")
    assert (finding.sheet, finding.row) == ("teachers", 1_048_576)


def test_a_stray_cell_far_below_costs_no_memory(tmp_path):
    path = styled(save(tmp_path / "a.xlsx", sheets()), "C999999", "S9")
    tracemalloc.start()
    findings = read(path, today=TODAY).findings
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert {f.row for f in findings} == {999_999}
    assert {"unknown_site", "empty_required"} <= {f.code for f in findings}


def test_a_stray_cell_in_the_last_column_is_refused(tmp_path):
    [finding] = read(styled(save(tmp_path / "a.xlsx", sheets()), "XFD3", "x"), today=TODAY).findings
    assert (finding.code, finding.sheet, finding.value) == ("too_many_columns", "teachers", "XFD3")


@pytest.mark.parametrize("cell", ["A1048576", "XFD3"])
def test_a_stray_format_is_nothing(tmp_path, cell):
    assert read(styled(save(tmp_path / "a.xlsx", sheets()), cell), today=TODAY).findings == ()


def test_200_columns_are_allowed_and_201_are_not(tmp_path):
    for count, code in ((191, []), (192, ["too_many_columns"])):
        book = sheets()
        book["教师"][0] |= {f"附加{i}": "x" for i in range(count)}
        found = {f.code for f in reading(tmp_path, book).findings} - {"unknown_column"}
        assert sorted(found) == code
        shutil.rmtree(tmp_path / "csv", ignore_errors=True)
        keys = {f.code for f in read(save_csv(tmp_path / "csv", book), today=TODAY).findings} - {"unknown_column"}
        assert sorted(keys) == code


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("matching.tables.xlsx_archive.MAX_BYTES", 10_000)
    assert codes(save(tmp_path / "a.xlsx", sheets())) == ["file_too_large"]
    monkeypatch.setattr("matching.tables.csv_in.MAX_BYTES", 10)
    assert codes(save_csv(tmp_path / "csv", sheets())) == ["file_too_large"] * 3


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path):
    path = save(tmp_path / "a.xlsx", sheets())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    data = path.read_bytes()
    at = data.rindex(b"xl/sharedStrings.xml") - 22
    assert int.from_bytes(data[at:at + 4], "little") == size
    path.write_bytes(data[:at] + (size - 9).to_bytes(4, "little") + data[at + 4:])
    assert codes(path) == ["damaged_file"]


def test_too_many_rows_or_cells_are_refused(tmp_path, monkeypatch):
    path = save(tmp_path / "a.xlsx", sheets())
    for limit, found in (("MAX_ROWS", ["too_many_rows"]), ("MAX_CELLS", ["too_many_cells"] * 3)):
        with monkeypatch.context() as patch:
            patch.setattr(f"matching.tables.xlsx_in.{limit}", 3)
            assert codes(path) == found
    assert (grid.MAX_ROWS, grid.MAX_COLUMNS, grid.MAX_BYTES) == (1_000_000, 200, 2**30)


@pytest.mark.parametrize("change", [
    lambda xml: xml.replace(b'"', b"'"),
    lambda xml: b"".join(xml.split(b"<dimension")[:1]) + b"<sheetViews" + xml.split(b"<sheetViews", 1)[1],
])
def test_other_ways_of_writing_the_xml(tmp_path, change):
    part = "xl/worksheets/sheet3.xml"
    rewritten(save(tmp_path / "a.xlsx", sheets()), tmp_path / "b.xlsx", part, change)
    assert read(tmp_path / "b.xlsx").instance == read(tmp_path / "a.xlsx").instance


def rewritten(source, target, part, change):
    """Copy a workbook with one part changed, or left out where the change gives None."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(old.read(name)) if name == part else old.read(name)
            if content is not None:
                new.writestr(name, content)
