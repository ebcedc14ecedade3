"""Figures counted on a small plan whose counts are known: T1 and T2 to N1, T3 to N2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.audit import audit
from matching.domain.findings import InputError
from matching.domain.plan import Plan, Reserve, Unfilled, Unplaced
from matching.policy import load
from matching.programmes.expected import Case
from matching.programmes.figures import check
from matching.programmes.names import check_names
from matching.programmes.outcome import Outcome, Setting
from tests.programmes.folders import POLICY, small

PAIRS = (("T1", "N1"), ("T2", "N1"), ("T3", "N2"))


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "small.toml"
    path.write_text(POLICY, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def setting(policy):
    return Setting(Case(id="main"), small(), policy)


def planned(setting, pairs):
    placements = tuple(setting.facts.placement(t, n) for t, n in pairs)
    plan = Plan("main", "feasible", 0, placements, unplaced=(Unplaced("T4", "no_candidate"),),
                unfilled=(Unfilled("N3", 2, "no_candidate"),), reserve=(Reserve("N1", ("T3", "T4")),))
    return Outcome(setting, "feasible", plan, audit(setting.instance, setting.policy, plan))


@pytest.fixture(scope="module")
def outcome(setting):
    return planned(setting, PAIRS)


@pytest.fixture
def seen(setting, outcome):
    """Return what a figure's check finds, and whether it is met."""
    def run(**figure):
        case = Case.model_validate_json(json.dumps({"id": "main", "figures": [{"id": "f"} | figure]}))
        assert check_names(Setting(case, setting.instance, setting.policy), Path("small")) == ()
        others = {"main": outcome, "less": planned(setting, PAIRS[:1]), "none": Outcome(setting, "infeasible")}
        found = check(case.figures[0], outcome, others)
        return found.found, found.ok

    return run


COUNTS = [
    ({"count": "placements"}, "3"),
    ({"count": "placements", "when": "home.county = host.county"}, "3"),
    ({"count": "placements", "when": "km > 20"}, "2"),
    ({"count": "placements", "when": "backbone = yes"}, "1"),
    ({"count": "placements", "when": ["title = 高级", "主教学科 = 数学"]}, "2"),
    ({"count": "placements", "when": "group = '甲组'", "distinct": "host.township"}, "1"),
    ({"count": "placements", "distinct": "home"}, "2"),
    ({"count": "placements", "measure": "km"}, "71"),
    ({"count": "placements", "measure": "yuan"}, "4000"),
    ({"count": "placements", "measure": "class_hours"}, "32"),
    ({"count": "placements", "when": "backbone = yes", "share_of": ""}, "1/3"),
    ({"count": "placements", "where": {"mode": "resident", "km": 30.5}}, "2"),
    ({"count": "placements", "where": {"preference": None}}, "3"),
    ({"count": "teachers", "when": "home.county = 'Y'"}, "2"),
    ({"count": "teachers", "where": {"title": "一级"}}, "2"),
    ({"count": "teachers", "where": {"职称": "senior"}}, "1"),
    ({"count": "teachers", "when": "credited_hours = 0"}, "4"),
    ({"count": "needs"}, "5"),
    ({"count": "needs", "when": "need.subject in 数学|美术; host.county = 'Y'"}, "3"),
    ({"count": "needs", "when": "need.subject = 美术", "share_of": "host.county = 'Y'"}, "2/3"),
    ({"count": "sites", "when": "host.weak = yes"}, "1"),
    ({"count": "sites", "where": {"role": "派出"}}, "2"),
    ({"count": "pairings", "where": {"type": "material"}}, "2"),
    ({"count": "pairings", "where": {"type": "物质", "from": "S2"}}, "1"),
    ({"count": "pairings", "where": {"two_way": False}, "distinct": "to"}, "2"),
    ({"count": "ledger", "where": {"activity": "授课", "quantity": 6}}, "1"),
    ({"count": "unplaced"}, "1"),
    ({"count": "unplaced", "when": "subject = 音乐", "where": {"reason": "no_candidate"}}, "1"),
    ({"count": "unfilled", "when": "host.county = 'Y'"}, "2"),
    ({"count": "reserve", "distinct": "teachers"}, "2"),
    ({"count": "ledger", "distinct": "site_id"}, "1"),
]


@pytest.mark.parametrize(("figure", "number"), COUNTS, ids=[json.dumps(f, ensure_ascii=False) for f, _ in COUNTS])
def test_counts(seen, figure, number):
    assert seen(**figure, equals=number) == (number, True)
    assert seen(**figure, equals="1000001") == (number, False)


def test_bounds_are_exact(seen):
    share = {"count": "placements", "when": "backbone = yes", "share_of": ""}
    assert seen(**share, at_least=0.3333)[1]
    assert not seen(**share, at_least=0.33334)[1]
    assert seen(**share, at_most="1/3", at_least="1/3")[1]


def test_per_holds_in_every_group_that_has_a_record(seen):
    hours = {"count": "placements", "measure": "class_hours", "per": "teacher_id"}
    assert seen(**hours, at_least=10) == ("10 .. 12", True)
    assert seen(**hours, at_least=11) == ("T1: 10; T2: 10", False)
    assert seen(count="placements", per="host * subject", equals=1) == ("R1 * chinese: 2", False)
    assert seen(count="placements", per="group", equals=1) == ("1", True)
    assert seen(count="pairings", per="from", where={"type": "material"}, equals=1) == ("1", True)


def test_no_record_is_none(seen):
    nobody = {"count": "placements", "when": "title = 正高级", "per": "host"}
    assert seen(**nobody, at_most=1) == ("0", True)
    assert seen(**nobody, equals=1) == ("0", False)
    assert seen(count="placements", share_of="title = 正高级", equals=0) == ("3/0", False)


def test_lines_of_a_rule(seen):
    assert seen(rule="backbone-share", group="plan", value="1/3", required="1/2", ok=False, shortfall=1) == (
        "plan: value 1/3, required 1/2, ok no, shortfall 1", True)
    assert not seen(rule="backbone-share", value="2/6")[1]
    assert not seen(rule="backbone-share", ok=True)[1]
    assert seen(rule="seats", ok=True)[1]
    assert seen(rule="seats", group="N1", value=2) == ("N1: value 2", True)
    assert seen(rule="seats", value=2) == ("N2: value 1; N3: value 0", False)
    assert seen(rule="seats", group="N9", ok=True) == ("-", False)


def test_rows_of_a_study(seen):
    found = {"study": "staffing", "where": {"site": "R1"}}
    assert seen(**found, equals=0) == ("0", True)
    assert seen(study="profile", where={"key": "senior", "count": 1}, equals=1) == ("1", True)


def test_differences_between_cases(seen):
    assert seen(difference="filled", equals=2, **{"from": "less"}) == ("2", True)
    assert seen(difference="km", equals=40.5, **{"from": "less"}) == ("40.5", True)
    assert seen(difference="yuan", equals=3000, **{"from": "less"}) == ("3000", True)
    assert seen(difference="fill", at_least=1, **{"from": "less"})[1]
    assert seen(difference="fair", equals=0, **{"from": "less"}) == ("-", False)
    assert seen(difference="filled", equals=0, **{"from": "none"}) == ("-", False)


def test_without_a_plan_nothing_of_it_is_counted(setting):
    none = Outcome(setting, "infeasible")
    for count, number in (("placements", "-"), ("unplaced", "-"), ("teachers", "4")):
        figure = {"id": "f", "count": count, "at_least": 0}
        case = Case.model_validate_json(json.dumps({"id": "main", "figures": [figure]}))
        assert check(case.figures[0], none, {}).found == number


WRONG = [
    ({"count": "placements", "when": "agee < 3", "equals": 1}, "f].when", "age"),
    ({"count": "placements", "when": "subject = 数学课", "equals": 1}, "f].when", "数学"),
    ({"count": "teachers", "when": "need.stage = 小学", "equals": 1}, "f].when", None),
    ({"count": "needs", "when": "km < 3", "equals": 1}, "f].when", None),
    ({"count": "sites", "share_of": "home.weak = yes", "equals": 1}, "f].share_of", None),
    ({"count": "pairings", "where": {"kind": "material"}, "equals": 1}, "f].where", None),
    ({"count": "placements", "distinct": "host.villag", "equals": 1}, "f].distinct", None),
    ({"count": "teachers", "per": "home * host", "equals": 1}, "f].per", None),
    ({"rule": "backbone", "ok": True}, "f].rule", "backbone-share"),
    ({"study": "staff", "equals": 1}, "f].study", "staffing"),
    ({"study": "staffing", "where": {"sit": 1}, "equals": 1}, "f].where", "site"),
]


@pytest.mark.parametrize(("figure", "place", "near"), WRONG, ids=[json.dumps(f, ensure_ascii=False) for f, *_ in WRONG])
def test_what_is_not_there_is_a_finding_with_its_place(setting, tmp_path, figure, place, near):
    case = Case.model_validate_json(json.dumps({"id": "main", "figures": [{"id": "f"} | figure]}))
    (finding,) = check_names(Setting(case, setting.instance, setting.policy), tmp_path)
    assert str(finding.column).endswith(place)
    assert finding.file == str(tmp_path / "expected.json")
    assert near is None or near in finding.suggest


def test_an_unknown_rule_of_a_conflict_or_breach_is_a_finding(setting, tmp_path):
    clash = Case(id="main", status="infeasible", conflict=("seat",))
    breach = Case(id="main", audit=False, breaches=("seat", "statement"))
    for case in (clash, breach):
        (finding,) = check_names(Setting(case, setting.instance, setting.policy), tmp_path)
        assert finding.suggest[0] == "seats"


def test_an_unreadable_condition_never_reaches_the_count(setting, outcome):
    figure = {"id": "f", "count": "needs", "when": "x", "equals": 1}
    case = Case.model_validate_json(json.dumps({"id": "main", "figures": [figure]}))
    with pytest.raises(InputError):
        check(case.figures[0], outcome, {})
