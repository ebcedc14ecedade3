"""`matching audit` on the screen."""

from __future__ import annotations

import pytest

from matching.domain.plan import Placement, Plan
from matching.tables import dump_plan
from tests.cli.calling import call
from tests.tables.books import save, sheets


@pytest.fixture
def audited(capsys, tmp_path, monkeypatch):
    """Audit a plan of one placement against the small workbook."""
    monkeypatch.setenv("COLUMNS", "300")
    workbook = save(tmp_path / "in.xlsx", sheets())

    def judge(teacher, *words, **facts):
        stated = Placement(teacher, "N1", "resident", 0.0, 0, None, "main", "main", False)._replace(**facts)
        plan = tmp_path / "plan.json"
        plan.write_bytes(dump_plan(Plan("main", "unknown", 0, (stated,))))
        return call(capsys, "audit", workbook, plan, *words)

    return judge


def test_the_policy_is_named_and_the_goals_are_recounted(audited):
    found = audited("T1")
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines()[0] == "按政策“基本规则”（base）审计。"
    assert "重新计数：补足岗位（按优先级加权） 3" in found.out
    assert found.out.splitlines()[-1] == "审计通过。"


def test_a_breach_is_a_sentence_with_its_figures(audited):
    found = audited("T1", yuan=500)
    assert found.code == 6
    assert "违反 statement [placements.T1.yuan]：方案所写教师 T1 的“补助(元)”为 500，复核为 0" in found.out
    assert "审计未通过：1 处违反。" in found.out


def test_a_plan_of_other_data_is_in_breach_and_said_to_be_of_other_data(audited):
    found = audited("X9")
    assert found.code == 6
    assert "编号“X9”在数据里没有" in found.out
    assert "请核对方案和输入是不是同一套数据" in found.out
    assert "unknown_id" in {b["rule"] for b in audited("X9", "--json").json["breaches"]}
