"""A clash and its ways out in words, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.domain.text import Text
from matching.explain.conflicts.conflict import EVERY_GROUP, Change, Conflict, Diagnosis, Recruits, Relaxation
from matching.policy import condition, load
from matching.policy.conditions import FieldRef
from matching.policy.model import Quota, Require
from matching.problem import RowLabel
from matching.report.clash import MOST_CHANGES, MOST_CONFLICTS, clash_lines
from tests.builders import instance, need, site, teacher

SHARE = Quota(id="share", title=Text("占比", "Share"), of="placed", at_least=FieldRef("host.beds"))
NEAR = Require(id="near", title=Text("就近", "Near"), that=(condition("km <= 60"),))
POLICY = load("base")
POLICY = replace(POLICY, rules=(SHARE, NEAR, *POLICY.rules))
CASE = instance([site("A", county="X"), site("B", "receiver", county="Y")], [need("N1", "B")],
                [teacher(f"T{at}", "A") for at in range(30)])


def told(*relaxations, conflicts=(), complete=True, lang="zh"):
    return "\n".join(clash_lines(CASE, POLICY, Diagnosis(tuple(conflicts), relaxations, complete), lang))


def moved(rule, bound, before, after, kind, **given):
    return Relaxation(3, (Change(rule, EVERY_GROUP, bound, before, after),), kind, 3, **given)


@pytest.mark.parametrize(("way", "zh", "en"), [
    (moved("share", "at_least", "1/5", "9/47", "number"),
     "只改“占比”的一个数（合计 3 个单位；已验证可行；再少一点就不行，已证明）：\n"
     "  share（占比）[所有分组] 下限：20% → 19.1%（9/47）",
     "Only the number of 'Share' changes (units in all: 3; verified feasible; proven: any less does not do):\n"
     "  share (Share) [all its groups] at least: 20% -> 19.1% (9/47)"),
    (moved("near", "km <=", "60", "65", "reach", used=3),
     "只移动“就近”的界限（方案中 3 人次超过原界限；", "placements beyond the old limit: 3;"),
    (moved("near", "km <=", "60", "65", "reach", used=3), "near（就近）[所有分组] 公里 <= 60 → 65",
     "near (Near) [all its groups] distance in km <= 60 -> 65"),
    (moved("max-km", "km <=", "max_km", "max_km + 5", "reach", used=1), "公里 <= 教师的最远公里 → 教师的最远公里 + 5",
     "distance in km <= teacher: max_km -> teacher: max_km + 5"),
    (moved("subject", "require", 0, 2, "least", proven=False), "破例 2 人次", "exceptions: 2"),
    (moved("subject", "require", 0, 2, "least", proven=False), "时限内未证明不能更少",
     "not proven in time to be the least"),
    (Relaxation(1, (), "teachers", 1, recruits=(Recruits(1, "physics", "junior", True, "X", "", "T3"),)),
     "规则不变，增加教师（共 1 人；已验证可行；再少一点就不行，已证明）：\n"
     "  再增加 1 名初中物理骨干教师（X派出，条件如 T3）",
     "backbone teachers of physics, junior: 1 more (from X, like T3)"),
    (Relaxation(2, (Change("mandatory", "T1", "place", 1, 0),), "rule", 6), "合计 2 个单位，代价 6；",
     "units in all: 2; cost: 6;"),
])
def test_each_way_out_has_its_words(way, zh, en):
    assert zh in told(way)
    assert en in told(way, lang="en")


def test_a_share_is_rounded_to_the_side_on_which_it_still_does():
    assert "→ 66.6%（2/3）" in told(moved("share", "at_least", "7/10", "2/3", "number"))
    assert "→ 66.7%（2/3）" in told(moved("share", "at_most", "1/2", "2/3", "number"))


def test_several_ways_are_numbered_and_one_is_not():
    way = moved("share", "at_least", "1/5", "9/47", "number")
    assert "1. 只改" in told(way, replace(way, kind="rule"))
    assert "2. 只放宽" in told(way, replace(way, kind="rule"))
    assert "1. " not in told(way)
    assert "时限内没有找到可行的放宽办法" in told()


def test_conflicts_are_told_one_by_one_and_the_many_are_counted():
    one = Conflict((RowLabel("near", "plan"), RowLabel("mandatory", "T1")), True)
    two = Conflict(tuple(RowLabel("mandatory", f"T{at}") for at in range(9)), False)
    said = told(conflicts=(one, two))
    assert "冲突 1：以下规则互相冲突，去掉任何一条，其余即可满足：\n" in said
    assert "  near（就近）[全体]\n  mandatory（应派必派）[教师T1（T1）]" in said
    assert "冲突 2：以下规则互相冲突，时限内未证明每一条都少不了：\n" in said
    assert "  mandatory（应派必派）[9 个分组：教师T0（T0）、" in said
    assert "其余规则可以同时满足" in said
    assert "可能还有别的冲突" in told(conflicts=(one,), complete=False)
    many = told(conflicts=(one,) * (MOST_CONFLICTS + 2), lang="en")
    assert "2 further conflicts (--json lists them all)." in many
    assert f"Conflict {MOST_CONFLICTS + 1}" not in many


def test_no_more_changes_are_listed_than_can_be_read():
    changes = tuple(Change("mandatory", f"T{at}", "place", 1, 0) for at in range(MOST_CHANGES + 4))
    said = told(Relaxation(len(changes), changes, "least", len(changes)))
    assert said.count("不再必须安置") == MOST_CHANGES
    assert "另有 4 处（--json 里列全）" in said


def test_the_answer_for_machines_keeps_the_contract_s_keys():
    way = moved("share", "at_least", "1/5", "9/47", "number")
    answer = Diagnosis((Conflict((RowLabel("share", "plan"),), True),), (way,)).to_dict()
    assert answer["conflict"] == [{"rule": "share", "group": "plan"}]
    assert answer["conflicts"] == [{"rules": answer["conflict"], "irreducible": True}]
    (relaxation,) = answer["relaxations"]
    assert relaxation["total"] == 3
    assert relaxation["changes"] == [{"rule": "share", "group": "*", "bound": "at_least", "from": "1/5", "to": "9/47"}]
    assert Diagnosis((), ()).conflict == ()
