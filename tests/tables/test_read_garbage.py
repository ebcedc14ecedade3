"""Whatever stands in the cells, reading ends in findings and never raises."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.sheets import SHEETS
from matching.domain.terms import VOCABULARIES
from matching.tables import read
from matching.tables.cells import parse
from matching.tables.reading import finding_to_dict
from tests.tables.books import TODAY, save_json, sheets

WORDS = st.sampled_from(["", " ", "是", "S1", "R1", "N1", "小学", "数学；", "1985.1", "1985-13", "9" * 400, "1e400",
                         "-0", "١٢", "%", "0.5%", "１", "=1", "#REF!", "\x00",
                         "\u200b", "2026年9月", "²", "1_000", "nan", "inf"])
scalars = st.one_of(WORDS, st.text(max_size=8), st.none(), st.booleans(), st.integers(), st.floats())
values = st.one_of(scalars, st.dates(), st.datetimes(), st.times(), st.timedeltas(),
                   st.lists(scalars, max_size=3).map(tuple))
columns = st.sampled_from([column for sheet in SHEETS for column in sheet.columns])
json_values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2)
                           | st.dictionaries(WORDS, inner, max_size=2), max_leaves=3)


@given(columns, st.lists(values, max_size=6))
@settings(deadline=None, max_examples=300)
def test_a_column_of_anything(column, raw):
    parsed = parse(column, raw, VOCABULARIES)
    assert len(parsed.values) == len(raw)
    for value in parsed.values:
        assert isinstance(value, (str, bool, int, float, tuple, date, type(None)))
        assert not isinstance(value, (time, timedelta, datetime))


@given(st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_anything(tmp_path, data):
    book = sheets()
    for sheet in SHEETS:
        heads = data.draw(st.lists(st.sampled_from([c.zh for c in sheet.columns]), max_size=4, unique=True))
        for row in book.setdefault(sheet.zh, [{}, {}]):
            row.update({head: data.draw(json_values) for head in heads})
    result = read(save_json(tmp_path / "a.json", book), today=TODAY)
    assert (result.instance is None) == any(f.severity == "error" for f in result.findings)
    for finding in result.findings:
        assert finding.row is None or finding.row >= 1
        assert set(finding_to_dict(finding)) == {
            "severity", "sheet", "row", "column", "value", "code", "zh", "en", "suggest", "file"}


@given(st.binary(max_size=200), st.sampled_from(["a.xlsx", "a.xls", "sites.csv", "a.json"]),
       st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b'{"sites": ', b"site_id,name\n"]))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_any_bytes(tmp_path, content, name, head):
    (tmp_path / name).write_bytes(head + content)
    assert read(tmp_path / name).instance is None
