"""Figures are not met by luck: without the rule that they speak of, some are missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.programmes import FILE, run_programme

INSTANCES = Path(__file__).parents[2] / "instances"
OFF = "on = false"
CHANGES = (
    ("national_10_20", "backbone-share", OFF),
    ("national_10_20", "exchange-share", 'when = "host.rural = yes"'),
    ("lanzhou_longnan", "all-backbone", OFF),
    ("lanzhou_longnan", "pairing-max", OFF),
    ("yeji", "group", OFF),
    ("yeji", "credit-year", "amount = 2"),
    ("yeji", "promotion", OFF),
    ("yeji", "promotion-year", OFF),
    ("yeji", "send-max-subject", OFF),
    ("hefei_resident", "age-limit", OFF),
    ("hefei_resident", "one-year", OFF),
    ("hefei_resident", "pairing", OFF),
    ("hefei_resident", "status", OFF),
    ("hefei_part_time", "cannot-be-released", OFF),
    ("hefei_part_time", "one-post", "on = true"),
    ("hefei_part_time", "one-site", OFF),
    ("hefei_part_time", "part-time-only", OFF),
    ("hefei_part_time", "ledger-site", OFF),
    ("hefei_part_time", "credit-mentees", "at_most = 3"),
    ("hefei_part_time", "credit-observed", "min_per_term = 20"),
    ("two_way", "age-limit", OFF),
    ("two_way", "reciprocity", 'enforce = "report"'),
    ("beijing_m", "settled", OFF),
    ("beijing_m", "backbone-share", OFF),
    ("beijing_m", "own-subject", OFF),
    ("ganzhou", "away-from-urban", OFF),
    ("ganzhou", "heads", OFF),
    ("ganzhou", "heads-only", OFF),
    ("triangle", "linked", OFF),
    ("triangle", "own-subject", OFF),
    ("triangle", "students-to-town", OFF),
    ("triangle", "village-to-university", OFF),
    ("triangle", "half-year-counts-as-one", OFF),
    ("jiangxi", "beds", OFF),
    ("staffing_ratio", "staffing-junior", "pupils_per_post = 13"),
    ("hand_in_hand", "deputy-head", OFF),
    ("hand_in_hand", "both-ways", OFF),
    ("hand_in_hand", "each-subject", OFF),
    ("hand_in_hand", "one-school-term", OFF),
    ("hand_in_hand", "own-subject", OFF),
    ("mentor", "one-post", OFF),
    ("mentor", "same-stage", OFF),
    ("mentor", "same-subject", OFF),
    ("mentor", "mentor-max", OFF),
    ("zhengzhou", "all-round", OFF),
    ("zhengzhou", "far", 'when = "km >= 31"'),
    ("zhengzhou", "workload", OFF),
    ("sync_lesson", "online-partner", OFF),
    ("pucheng", "age-limit", OFF),
    ("pucheng", "exchange-share", OFF),
    ("pucheng", "strong-share", OFF),
    ("pucheng", "term", OFF),
    ("pucheng", "years-here", OFF),
    ("dalian", "years-here", OFF),
)
"""A programme, a rule, and what is written of the rule in its place."""


@pytest.mark.parametrize(("name", "rule", "instead"), CHANGES)
def test_a_figure_is_missed_where_a_rule_is_changed(tmp_path, name, rule, instead):
    expected = json.loads((INSTANCES / name / FILE).read_text(encoding="utf-8"))
    case = expected["cases"][0]
    figures = [figure for figure in case["figures"] if "difference" not in figure]
    if instead == OFF:
        figures = [figure for figure in figures if figure.get("rule") != rule]
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}.xlsx").write_bytes((INSTANCES / name / f"{name}.xlsx").read_bytes())
    (folder / "changed.toml").write_text(f'[policy]\nid = "changed"\nextends = "{name}"\n[[rule]]\nid = "{rule}"\n'
                                         f"{instead}\n", encoding="utf-8")
    case |= {"policy": "changed.toml", "figures": figures}
    (folder / FILE).write_text(json.dumps({"source": "", "cases": [case]}), encoding="utf-8")
    programme = run_programme(folder)
    assert programme.findings == ()
    assert programme.unmet
