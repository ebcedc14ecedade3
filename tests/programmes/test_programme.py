"""Whole programmes in small folders: cases, outcomes, what is missing, what is not met."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from matching.domain.findings import InputError
from matching.programmes import find_programmes, programme_to_dict, run_programme, standings
from tests.programmes.folders import save_programme

FILLED = {"id": "main", "policy": "small.toml", "status": "optimal", "teachers": 4, "seats": 5, "filled": 3}
CLASH = {"id": "clash", "workbook": "small.xlsx", "policy": "clash.toml", "status": "infeasible", "conflict": ["many"],
         "relaxation": 2}


@pytest.fixture
def run(tmp_path):
    return lambda *cases, name="small": run_programme(save_programme(tmp_path / name, *cases))


def unmet(programme):
    return {(c.case, c.id): (c.expected, c.found) for c in programme.unmet}


def test_a_programme_that_shows_its_figures(run):
    figure = {"id": "share", "rule": "backbone-share", "value": "1/3", "ok": False}
    programme = run(FILLED | {"figures": [figure]})
    assert (programme.findings, unmet(programme), programme.ok) == ((), {}, True)
    assert [c.id for c in programme.checks] == ["status", "teachers", "seats", "filled", "audit", "share"]
    assert programme.title.zh == "小项目"
    (outcome,) = programme.outcomes
    assert outcome.plan.plan == "main"
    rules = {s.rule.id: (s.ok, s.shortfall, s.groups) for s in standings(outcome)}
    assert rules["backbone-share"] == (False, 1, 1)
    assert rules["seats"] == (True, 0, 3)
    assert rules["subject"] == (True, 0, 0)
    assert "allowance" not in rules


def test_the_answer_for_programs(run):
    answer = programme_to_dict(run(FILLED))
    head = {key: answer[key] for key in ("id", "teachers", "seats", "filled", "status", "audit")}
    assert head == {"id": "small", "teachers": 4, "seats": 5, "filled": 3, "status": "optimal", "audit": True}
    assert {"rule": "backbone-share", "ok": False, "shortfall": 1, "groups": 1} in answer["rules"]
    assert answer["figures"][0] == {"case": "main", "id": "status", "title": {"zh": "求解状态", "en": "Status"},
                                    "expected": "optimal", "found": "optimal", "ok": True}
    json.dumps(answer)


def test_what_is_not_met_is_told_with_what_was_found(run):
    figure = {"id": "urban", "count": "placements", "when": "home.rural = no", "equals": 4}
    programme = run(FILLED | {"filled": 4, "seats": 6, "status": "feasible", "figures": [figure]})
    assert unmet(programme) == {("main", "status"): ("feasible", "optimal"), ("main", "seats"): ("6", "5"),
                                ("main", "filled"): ("4", "3"), ("main", "urban"): ("4", "3")}
    assert not programme.ok
    assert not programme.in_breach


def test_rules_that_clash_are_named_with_their_least_relaxation(run):
    programme = run(CLASH | {"conflict": ["many", "one-post"]})
    found = {c.id: c for c in programme.checks}
    assert found["status"].ok
    assert (found["relaxation"].expected, found["relaxation"].found) == ("2", "2")
    assert "many" in found["conflict"].found
    assert programme.outcomes[0].audit is None


def test_a_case_that_clashes_unforeseen(run):
    programme = run(FILLED | {"policy": "clash.toml"})
    assert unmet(programme)[("main", "status")] == ("optimal", "infeasible")
    assert unmet(programme)[("main", "filled")] == ("3", "-")
    assert unmet(programme)[("main", "audit")] == ("pass", "-")
    assert not programme.in_breach


def test_a_plan_of_our_own_that_the_audit_refuses(run, monkeypatch):
    from matching import planner
    from matching.audit import Breach
    from matching.domain.text import Text

    found = run(FILLED).outcomes[0].audit

    def refused(*_, **__):
        raise planner.AuditFailedError("main", replace(found, breaches=(Breach("seats", "N1", 3, 2, Text("", "")),)))

    monkeypatch.setattr(planner, "solve", refused)
    programme = run(FILLED, name="again")
    assert programme.in_breach
    assert unmet(programme)[("main", "audit")] == ("pass", "breach seats")


def test_cases_are_compared_whichever_comes_first(run):
    lost = {"id": "lost", "difference": "filled", "from": "clash", "equals": 0}
    kept = {"id": "kept", "difference": "filled", "from": "again", "equals": 0}
    programme = run(FILLED | {"figures": [lost, kept]}, CLASH | {"conflict": None}, FILLED | {"id": "again"})
    assert unmet(programme) == {("main", "lost"): ("0", "-")}


@pytest.fixture
def with_plan(tmp_path):
    """Write a programme whose plan places T1 twice."""
    def save(**case):
        folder = save_programme(tmp_path / "small", FILLED, {"id": "plan", "policy": "small.toml", "plan": "p.json"}
                                | case)
        placed = [{"teacher": "T1", "need": n, "mode": "resident", "km": km, "yuan": yuan, "preference": None,
                   "subject_fit": fit, "stage_fit": "main", "locked": False}
                  for n, km, yuan, fit in (("N1", 30.5, 1000, "main"), ("N3", None, 1000, "none"))]
        plan = {"plan": "p", "status": "unknown", "seed": 0, "placements": placed}
        plan |= {key: [] for key in ("goals", "unplaced", "unfilled", "rules", "reserve")}
        (folder / "p.json").write_text(json.dumps(plan), encoding="utf-8")
        return run_programme(folder)

    return save


def test_a_plan_that_is_judged_may_be_in_breach(with_plan):
    programme = with_plan(audit=False, filled=2, figures=[{"id": "f", "count": "placements", "distinct": "teacher_id",
                                                           "equals": 1}])
    assert unmet(programme) == {}
    assert {"subject", "one-post"} <= {b.rule for b in programme.outcomes[1].audit.breaches}


def test_a_breach_that_was_not_expected(with_plan):
    programme = with_plan(breaches=[])
    assert programme.in_breach
    assert set(unmet(programme)) == {("plan", "audit"), ("plan", "breaches")}
    assert "one-post" in unmet(programme)[("plan", "breaches")][1]


def test_what_cannot_be_read_is_a_finding_of_the_programme(run, tmp_path):
    broken = {
        "no_such_file": {"workbook": "none.xlsx"},
        "unknown_policy": {"policy": "none.toml"},
        "unknown_rule": {"figures": [{"id": "f", "rule": "none", "ok": True}]},
    }
    for at, (code, case) in enumerate(broken.items()):
        programme = run_programme(save_programme(tmp_path / str(at) / "small", {"id": "main", "policy": "small.toml"}
                                                 | case))
        assert [f.code for f in programme.findings] == [code]
        answer = programme_to_dict(programme)
        assert (answer["status"], answer["rules"], answer["ok"]) == (None, [], False)


def test_a_missing_plan_file_is_a_finding(run):
    assert [f.code for f in run(FILLED | {"plan": "none.json"}).findings] == ["no_such_file"]


def test_programmes_are_found_by_name(tmp_path):
    for name in ("b", "a"):
        save_programme(tmp_path / name)
    (tmp_path / "c").mkdir()
    assert [p.name for p in find_programmes(tmp_path)] == ["a", "b"]
    assert [p.name for p in find_programmes(tmp_path, ["b"])] == ["b"]
    assert [p.name for p in find_programmes(tmp_path / "a")] == ["a"]


@pytest.mark.parametrize(("folder", "only", "code"), [(".", ["d"], "unknown_programme"), ("c", [], "no_programmes"),
                                                      ("none", [], "no_programmes")])
def test_what_is_not_found_is_a_finding(tmp_path, folder, only, code):
    save_programme(tmp_path / "a")
    (tmp_path / "c").mkdir()
    with pytest.raises(InputError) as refused:
        find_programmes(tmp_path / folder, only)
    assert [f.code for f in refused.value.findings] == [code]
