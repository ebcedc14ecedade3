"""A real sweep on a real scheduler and two workers, one of which is killed in the middle."""

from pathlib import Path

from benchmarks.killed_worker import compared

from matching.cli.case import load_case

PUCHENG = Path(__file__).parents[3] / "instances" / "pucheng" / "pucheng.xlsx"


def test_a_worker_killed_in_the_middle_changes_no_point_and_no_file():
    found, killed, other = compared(load_case([PUCHENG], "pucheng"), "strong-share.at_least", "0.3:0.84:0.02", 1)
    assert killed
    assert other == []
    assert found.complete
    assert len(found.points) == 28
    assert sum(point.by == point.key for point in found.points) >= 10
