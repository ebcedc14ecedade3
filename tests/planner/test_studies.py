"""Studies of a plan as data frames."""

from __future__ import annotations

from pathlib import Path

import matching

TINY = Path(__file__).parents[2] / "instances" / "tiny"


def test_studies_are_frames_by_id() -> None:
    instance = matching.read(TINY / "tiny.xlsx")
    best = matching.solve(instance, matching.policy(TINY / "policy.toml", instance=instance)).best
    frames = best.studies()
    assert {"subjects", "swaps", "unverified"} <= set(frames)
    assert list(frames["swaps"]) == ["cycle", "teachers", "needs", "gains"]
    assert frames["profile"].query("kind == 'title'")["count"].sum() == len(set(best.placements["teacher"]))
