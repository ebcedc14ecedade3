"""What is told before solving, each with its row."""

import pytest

from matching import policy as policies
from matching.domain.records import LedgerRow, PolicyRow, Staffing
from matching.policy import with_rows
from matching.preflight import preflight
from matching.problem import compile
from tests.builders import instance, need, pairing, site, teacher

BASE = policies.load("base")
SITES = [site("A", "sender", county="甲县", prefecture="甲市"), site("B", "receiver", county="乙县", prefecture="乙市"),
         site("C", "receiver", county="丙县", prefecture="乙市")]
NEEDS = [need("N1", "B"), need("N2", "C", subject="math")]
BLANK = PolicyRow(*(None,) * len(PolicyRow._fields))


def found(teachers, under=BASE, places=None, **sheets):
    made = instance(SITES, NEEDS, teachers, **sheets)
    return preflight(compile(made, with_rows(under, made)), places)


def one(teachers, under=BASE, places=None, **sheets):
    (finding,) = found(teachers, under, places, **sheets)
    assert finding.severity == "warning"
    assert finding.text.zh
    assert finding.text.en
    return finding


def test_a_plain_instance_has_none():
    assert found([teacher("T1", "A")]) == ()


def test_someone_due_without_a_post_is_named_with_the_last_rule():
    finding = one([teacher("T1", "A"), teacher("T2", "A", subject="physics", mandatory=True)])
    assert (finding.code, finding.sheet, finding.row, finding.value) == ("must_go_nowhere", "teachers", 3, "T2")
    assert "subject" in finding.text.en
    assert "学科相符" in finding.text.zh


@pytest.mark.parametrize(("enforce", "zh", "en"), [
    ("硬性", "必须安置", "T2 is to be placed"), ("弹性", "应尽量安置", "T2 should if possible be placed")])
def test_an_elastic_rule_only_wishes_them_placed(enforce, zh, en):
    row = BLANK._replace(id="all", kind="place", enforce=enforce)
    finding = one([teacher("T1", "A"), teacher("T2", "A", subject="physics")], policy=[row])
    assert f"{zh}，但" in finding.text.zh
    assert finding.text.en.startswith(en)


def test_the_row_is_where_it_was_read():
    finding = one([teacher("T1", "A", subject="physics", mandatory=True)], places={("teachers", 0): ("many.xlsx", 17)})
    assert (finding.file, finding.row) == ("many.xlsx", 17)


def test_a_group_whose_members_can_never_meet():
    finding = one([teacher("T1", "A", group="甲组"), teacher("T2", "A", subject="math", group="甲组")])
    assert (finding.code, finding.row, finding.column, finding.value) == ("group_never_meets", 2, "同行组", "甲组")


def test_a_group_that_can_meet_is_not_named():
    assert found([teacher("T1", "A", group="甲组"), teacher("T2", "A", group="甲组")]) == ()


@pytest.mark.parametrize(("origin", "destination"), [("A", "B"), ("甲县", "B"), ("甲市", "B")])
def test_a_pair_that_is_both_required_and_forbidden(origin, destination):
    rows = [pairing(origin, destination, "must"), pairing("A", "B", "forbid"), pairing("A", "C", "allow")]
    codes = {f.code: f for f in found([teacher("T1", "A")], pairings=rows)}
    finding = codes["required_and_forbidden"]
    assert (finding.sheet, finding.row, finding.column, finding.value) == ("pairings", 2, "约束", "必须")
    assert "3" in finding.text.zh


def test_a_floor_beyond_all_who_may_go():
    row = BLANK._replace(id="many", kind="quota", per="host.county", at_least="2")
    first, second = found([teacher("T1", "A")], policy=[row])
    assert (first.code, first.sheet, first.row, first.column, first.value) == (
        "floor_out_of_reach", "policy", 2, "下限", "2")
    assert "乙县" in first.text.zh
    assert "丙县" in second.text.zh


def test_a_floor_is_the_rules_own_number_and_what_is_there_is_said():
    row = BLANK._replace(id="many", kind="quota", when="host.county = 乙县", per="host", at_least="5",
                         other="已有 = host.exchange_staff")
    staffing = [Staffing("B", "primary", None, 9, 2, None, None)]
    finding = found([teacher("T1", "A")], policy=[row], staffing=staffing)[0]
    assert finding.value == "5"
    assert "至少 5，已有 2，而可去的人全去也只能再加 1" in finding.text.zh
    assert "at least 5 in B, where 2 is there already; all who may go add 1" in finding.text.en


def test_a_floor_of_a_pairing_stands_at_its_row():
    material = pairing("A", "B", "must", type="material")
    rows = [pairing("A", "C", "allow"), material, pairing("A", "B", "must", minimum=2)]
    finding = one([teacher("T1", "A")], pairings=rows)
    assert (finding.code, finding.sheet, finding.row, finding.column, finding.value) == (
        "floor_out_of_reach", "pairings", 4, "名额下限", "2")
    assert "A > B" in finding.text.zh


def test_a_rule_that_speaks_of_a_county_that_is_not_there_suggests_the_nearest():
    row = BLANK._replace(id="few", kind="quota", when="host.county = 乙线县", at_most="3")
    finding = one([teacher("T1", "A")], policy=[row])
    assert (finding.code, finding.sheet, finding.row, finding.column, finding.value) == (
        "unknown_name", "policy", 2, "适用", "乙线县")
    assert finding.suggest[0] == "乙县"


CREDIT = """
[policy]
id = "t"
[[rule]]
id = "observing"
kind = "credit"
activity = "听课"
unit = "class_hours"
amount = 1
"""


def test_an_activity_that_nothing_credits(tmp_path):
    (tmp_path / "t.toml").write_text(CREDIT, "utf-8")
    rows = [LedgerRow("T1", None, None, "听课", 3, None), LedgerRow("T1", None, None, "听可", 3, None)]
    finding = one([teacher("T1", "A")], policies.load(tmp_path / "t.toml"), ledger=rows)
    assert (finding.code, finding.sheet, finding.row, finding.value) == ("unknown_activity", "ledger", 3, "听可")
    assert finding.suggest == ("听课",)


def test_a_ledger_under_a_policy_that_credits_nothing_has_one_notice():
    rows = [LedgerRow("T1", None, None, "听课", 3, None), LedgerRow("T1", None, None, "听可", 3, None)]
    (finding,) = found([teacher("T1", "A")], ledger=rows)
    assert (finding.severity, finding.code, finding.sheet, finding.row, finding.column) == (
        "notice", "nothing_credited", "ledger", 2, "活动")
    assert "没有任何活动的折算" in finding.text.zh
    assert "credits no activity; the ledger (rows: 2)" in finding.text.en
