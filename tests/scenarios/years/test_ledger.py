"""The ledger as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.scenarios.years.ledger_read import read_ledger
from matching.scenarios.years.ledger_write import to_csv, to_json
from matching.scenarios.years.service import Ledger, Service
from tests.scenarios.years.cases import town

INSTANCE = town(needs=2, count=2, teachers=4)
HEAD = "教师编号,学校编号,岗位编号,学年,期限(学年),支教形式"
services = st.builds(
    lambda who, place, year, term, mode: Service(who, *place, year, term, mode),
    st.sampled_from(("T1", "T2", "T3", "T4")),
    st.sampled_from((("S2", "N1"), ("S2", "N2"), ("S2", None), (None, None))),
    st.integers(1960, 2019), st.integers(1, 6), st.sampled_from((None, "part_time", "online", "resident")))


@settings(max_examples=60, deadline=None)
@given(st.lists(services, max_size=6), st.sampled_from(("zh", "en")))
def test_what_is_written_is_read_back(tmp_path_factory, rows, lang):
    ledger = Ledger(tuple(_apart(rows)))
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "l.csv").write_text(to_csv(ledger, lang), encoding="utf-8-sig", newline="")
    (folder / "l.json").write_text(json.dumps(to_json(ledger)), encoding="utf-8")
    expected = [s._replace(site="S2") if s.need else s for s in ledger.services]
    for name in ("l.csv", "l.json"):
        assert list(read_ledger(folder / name, INSTANCE, 2026).services) == expected


def _apart(rows: list[Service]) -> list[Service]:
    """Leave out what would be two terms of one teacher at once."""
    kept: list[Service] = []
    for row in rows:
        if not any(k.teacher == row.teacher and k.year < row.end and row.year < k.end for k in kept):
            kept.append(row)
    return kept


def read(tmp_path: Path, *rows: str, head: str = HEAD, first: int = 2026) -> Ledger:
    (tmp_path / "l.csv").write_text("\n".join((head, *rows)), encoding="gb18030")
    return read_ledger(tmp_path / "l.csv", INSTANCE, first)


def codes(tmp_path: Path, *rows: str, **options: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as refused:
        read(tmp_path, *rows, **options)
    return [(f.code, f.row) for f in refused.value.findings]


def test_a_school_year_is_written_in_several_ways(tmp_path):
    found = read(tmp_path, "T1,S2,N1,2019,1,驻点", "T1,S2,N1,2020-2021,1,", "T1,S2,N1,2021学年,2学年,",
                 "T1,S2,N1,2023/24学年,1,")
    assert [s.year for s in found.services] == [2019, 2020, 2021, 2023]
    assert [s.term for s in found.services] == [1, 1, 2, 1]
    assert found.services[0].mode == "resident"


def test_every_fault_is_found_with_its_row(tmp_path):
    assert codes(
        tmp_path, "T9,S2,N1,2019,1,", "T1,S9,,2019,1,", "T1,S2,N9,2019,1,", "T1,S2,N1,2019.5,1,",
        "T1,S2,N1,2019-2021,1,", "T1,S2,N1,2026,1,", "T1,S2,N1,2019,0,", "T1,S2,N1,2019,7,", "T1,S2,N1,2019,1.5,",
        "T1,S2,N1,2019,1,骑马", "T1,,,2019,,", "T1,S1,N1,2019,1,",
    ) == [("unknown_teacher", 2), ("unknown_site", 3), ("unknown_need", 4), ("not_a_year", 5), ("not_a_year", 6),
          ("year_ahead", 7), ("term_out_of_range", 8), ("term_out_of_range", 9), ("term_out_of_range", 10),
          ("unknown_mode", 11), ("empty", 12), ("other_site", 13)]


def test_two_terms_at_once_and_more_than_there_are_seats(tmp_path):
    assert codes(tmp_path, "T1,S2,N1,2019,3,", "T1,S2,N2,2021,1,") == [("terms_overlap", 3)]
    running = [f"T{k},S2,N1,2025,2," for k in (1, 2, 3)]
    assert codes(tmp_path, *running) == [("seats_taken", 4)]
    assert codes(tmp_path, "T1,S2,,2025,2,") == [("post_missing", 2)]


def test_what_would_be_right_is_said(tmp_path):
    with pytest.raises(InputError) as refused:
        read(tmp_path, "T01,S2,N1,2019,9,")
    unknown, term = refused.value.findings
    assert "T1" in unknown.suggest
    assert "1 到 6" in term.text.zh
    assert "1 to 6" in term.text.en
    assert (unknown.column, unknown.value) == ("教师编号", "T01")


def test_a_file_that_is_no_ledger(tmp_path):
    assert codes(tmp_path, head="姓名,学校") == [("missing_column", 1)] * 3
    (tmp_path / "l.json").write_text("[1]", encoding="utf-8")
    for path in (tmp_path / "l.json", tmp_path / "none.csv"):
        with pytest.raises(InputError):
            read_ledger(path, INSTANCE, 2026)


def test_text_that_looks_like_a_formula_is_kept_from_being_one():
    assert "'=1+1" in to_csv(Ledger((Service("=1+1", None, None, 2020, 1, None),)))
