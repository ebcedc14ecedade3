"""Every programme shows its figures: each instance with an expected.json is solved, audited and held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.policy import load
from matching.programmes import FILE, read_expected, run_programme

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "instances").glob(f"*/{FILE}"))
LIST = (
    "national_10_20", "gansu_2014", "lanzhou_longnan", "yeji", "hefei_resident", "hefei_part_time", "ganzhou",
    "two_way", "miyun", "beijing_m", "triangle", "jiangxi", "staffing_ratio", "hand_in_hand", "mentor", "zhengzhou",
    "sync_lesson",
)
LATER = ("pucheng", "yinling_65", "dalian")
LIMIT = 300.0
"""Seconds for a case, so that none can hang; every one is solved in far less."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_programme_meets_its_figures(folder):
    programme = run_programme(folder, time_limit=LIMIT)
    assert [finding.text.zh for finding in programme.findings] == []
    assert [check for check in programme.checks if not check.ok] == []
    assert programme.checks
    judged = [o for o in programme.outcomes if o.audit is not None]
    assert all(o.audit.ok == o.case.audit for o in judged)
    assert all(o.audit is not None for o in programme.outcomes if o.status in ("optimal", "feasible"))


@pytest.mark.parametrize("name", LIST + LATER)
def test_every_row_of_the_list_is_there_whole(name):
    folder = Path(__file__).parents[2] / "instances" / name
    files = {"__init__.py", "generate.py", "README.md", "expected.json", f"{name}.xlsx"}
    assert files <= {path.name for path in folder.iterdir()}
    assert load(name).source
    expected = read_expected(folder / FILE)
    assert expected.source
    sources = [figure.source for case in expected.cases for figure in case.figures]
    assert any(sources) or (sources and name in LATER)


def test_nothing_else_is_shown_as_a_programme():
    assert {folder.name for folder in FOLDERS} == {*LIST, *LATER}
