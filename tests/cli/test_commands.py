"""The command line on small inputs: answers, exit codes, and nothing written or changed where it must not be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TINY = ROOT / "instances" / "tiny"


def matching(*words, lang="zh"):
    """Run the command as a user does."""
    found = subprocess.run([sys.executable, "-m", "matching", *map(str, words), "--lang", lang], capture_output=True,
                           encoding="utf-8", timeout=300, env=None)
    assert "Traceback" not in found.stderr, found.stderr
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    found = matching("solve", TINY / "tiny.xlsx", "--policy", TINY / "policy.toml", "-o", folder)
    assert found.returncode == 0, found.stdout + found.stderr
    return folder


def test_check_says_that_all_is_well():
    found = matching("check", TINY / "tiny.xlsx", "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout)["errors"] == 0


def test_json_is_utf_8_on_a_console_that_is_not(tmp_path):
    command = [sys.executable, "-m", "matching", "check", str(tmp_path / "没有.xlsx"), "--json"]
    found = subprocess.run(command, capture_output=True, timeout=60, env=os.environ | {"PYTHONIOENCODING": "gbk"})
    assert "没有.xlsx" in json.loads(found.stdout.decode("utf-8"))["findings"][0]["zh"]


def test_check_of_something_else_ends_with_2_and_a_finding(tmp_path):
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_text("not a workbook", encoding="utf-8")
    found = matching("check", wrong, "--json")
    assert found.returncode == 2
    assert json.loads(found.stdout)["findings"][0]["severity"] == "error"
    assert wrong.read_text(encoding="utf-8") == "not a workbook"


def test_a_template_reads_back_without_an_error(tmp_path):
    assert matching("template", tmp_path / "t.xlsx").returncode == 0
    assert matching("check", tmp_path / "t.xlsx").returncode == 0


def test_solve_writes_the_whole_run_folder(run):
    whole = {"run.json", "input.json", "policy.toml", "plans.json", "plan-main.json", "report.xlsx", "report.html"}
    assert whole <= {p.name for p in run.iterdir()}
    plan = json.loads((run / "plan-main.json").read_text(encoding="utf-8"))
    assert plan["status"] == "optimal"
    assert [(g["goal"], g["value"]) for g in plan["goals"]] == [("fill", 37), ("shortfall", 2), ("points", 803)]


def test_solve_again_from_the_run_folder_gives_the_same_bytes(run, tmp_path):
    again = tmp_path / "again"
    found = matching("solve", run / "input.json", "--policy", run / "policy.toml", "-o", again)
    assert found.returncode == 0, found.stdout + found.stderr
    for plan in run.glob("plan-*.json"):
        assert (again / plan.name).read_bytes() == plan.read_bytes()


def test_solve_refuses_a_folder_that_exists(run):
    before = {p.name: p.read_bytes() for p in run.iterdir()}
    assert matching("solve", TINY / "tiny.xlsx", "-o", run).returncode == 2
    assert {p.name: p.read_bytes() for p in run.iterdir()} == before


def test_audit_passes_every_plan_of_a_run_and_its_report(run):
    for plan in [*run.glob("plan-*.json"), run / "report.xlsx"]:
        found = matching("audit", TINY / "tiny.xlsx", plan, "--policy", TINY / "policy.toml", "--json")
        assert found.returncode == 0, found.stdout
        assert json.loads(found.stdout)["ok"]


def test_audit_names_the_broken_rule_and_ends_with_6(run, tmp_path):
    plan = json.loads((run / "plan-main.json").read_text(encoding="utf-8"))
    plan["placements"].append(plan["placements"][0] | {"need": plan["placements"][1]["need"]})
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(plan), encoding="utf-8")
    found = matching("audit", TINY / "tiny.xlsx", broken, "--policy", TINY / "policy.toml", "--json")
    assert found.returncode == 6
    assert "one-post" in {b["rule"] for b in json.loads(found.stdout)["breaches"]}


def test_rules_that_clash_end_with_3_and_are_named(tmp_path):
    policy = tmp_path / "clash.toml"
    policy.write_text('[policy]\nid = "clash"\ntitle = "冲突"\nextends = "base"\n[[rule]]\nid = "many"\n'
                      'kind = "quota"\ntitle = "至少一百人"\nper = "plan"\nat_least = 100\n', encoding="utf-8")
    found = matching("solve", TINY / "tiny.xlsx", "--policy", policy, "-o", tmp_path / "out", "--json")
    assert found.returncode == 3, found.stderr
    answer = json.loads(found.stdout)
    assert {"rule": "many", "group": "plan"} in answer["conflict"]
    assert answer["relaxations"][0]["changes"][0]["rule"] == "many"
    assert not (tmp_path / "out").exists()


def test_an_unknown_policy_is_refused_with_a_suggestion():
    found = matching("policy", "show", "gansu_2015", "--json")
    assert found.returncode == 2
    assert "gansu_2014" in found.stdout


@pytest.mark.parametrize("words", [("policy", "list"), ("policy", "show", "national_10_20"),
                                   ("policy", "diff", "base", "gansu_2014"), ("--help",), ("solve", "--help")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_commands_that_only_print(words, lang):
    command = [sys.executable, "-m", "matching", *words] + ([] if "--help" in words else ["--lang", lang])
    found = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip()
