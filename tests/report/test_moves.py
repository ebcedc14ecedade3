"""The sheet and the section of who moves."""

from __future__ import annotations

from dataclasses import replace

from matching.report.page.moves import moves as section
from matching.report.xlsx.moves import moves as sheets
from tests.report.replanned import changed
from tests.report.samples import sample


def test_who_moves_has_a_sheet_and_a_section() -> None:
    report = replace(sample(), replanned=changed(sample()))
    (grid,) = sheets(report, "en")
    kinds = next(column for column in grid.columns if column.heading == "Change")
    assert list(kinds.cells) == ["withdrawn", "moves"]
    shown = section(report, "zh")
    assert shown is not None
    assert [row.why for row in shown.rows] == ["", "原岗位已关闭"]
    assert "已证明最少" in shown.said[0]


def test_of_any_other_plan_there_is_none() -> None:
    assert not sheets(sample(), "zh")
    assert section(sample(), "zh") is None
