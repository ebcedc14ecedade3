"""How a rule stands: the audit's lines, the room that each leaves, and who would be next."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import policy as policies
from matching.audit import audit
from matching.domain.findings import InputError
from matching.domain.plan import Plan, RuleLine
from matching.domain.text import Text
from matching.explain.rules.rule import explain_rule
from matching.explain.rules.slack import room
from matching.policy.model import Quota, Require, Staffing, Subsidy
from matching.problem import compile
from tests import builders as b
from tests.policies import random_policies
from tests.scoring.plans import placement
from tests.strategies import instances

BASE = policies.load("base")
SHARES = st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=9)


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(instances(), random_policies(), st.data())
def test_groups_are_the_audits_lines_and_every_answer_has_words(instance, policy, data):
    problem = compile(instance, policy)
    chosen = data.draw(st.sets(st.integers(0, len(problem.arcs) - 1), max_size=5)) if len(problem.arcs) else set()
    x = np.zeros(problem.program.n_columns, np.int64)
    x[sorted(chosen)] = 1
    plan = Plan("main", "feasible", 0, problem.decode(x))
    lines = audit(instance, policy, plan).rules
    for rule in policy.rules:
        why = explain_rule(problem, plan, rule.id)
        assert json.dumps(why.to_dict())
        assert all(why.words("zh"))
        assert all(why.words("en"))
        if not isinstance(rule, Subsidy) and not (isinstance(rule, Require) and rule.enforce == "hard"):
            found = sorted((g.group, str(g.value), str(g.required), g.ok) for g in why.groups)
            assert found == sorted((ln.group, str(ln.value), str(ln.required), ln.ok) for ln in lines
                                   if ln.rule == rule.id)
        for group in why.groups if isinstance(rule, Quota) and rule.measure == "seats" and rule.plus is None else ():
            assert len(group.placements) == int(str(group.value).partition("/")[0])


@given(st.integers(0, 40), st.integers(0, 40), SHARES)
def test_the_room_of_a_share_of_those_placed_is_exact(counted, others, share):
    placed = counted + others
    low, high = (Quota(id="q", title=Text("", ""), of="placed", **{bound: share}) for bound in ("at_least", "at_most"))
    line = RuleLine("q", "plan", f"{counted}/{placed}", str(share), True, 0)
    if counted >= share * placed:
        more = room(low, line)
        assert counted >= share * (placed + more)
        assert counted < share * (placed + more + 1)
    if counted <= share * placed:
        more = room(high, line)
        assert counted + more <= share * (placed + more)
        assert counted + more + 1 > share * (placed + more + 1)


@pytest.mark.parametrize(("bounds", "value", "required", "left"), [
    ({"at_most": Fraction(7)}, 5, 7, 2), ({"at_least": Fraction(3)}, 5, 3, 2),
    ({"at_least": Fraction(3), "at_most": Fraction(6)}, 5, "3..6", 1),
    ({"at_most": Fraction(1, 3), "of": "demand"}, "2/9", "1/3", 1),
    ({"at_least": Fraction(1, 3), "of": "demand"}, "4/10", "1/3", 0),
    ({"at_most": Fraction(70), "measure": "km"}, "61.5", 70, 8.5),
    ({"at_least": Fraction(3), "from_seats": 9}, 1, 3, None),
    ({"at_most": Fraction(1), "of": "placed"}, "1/1", 1, None),
])
def test_room(bounds, value, required, left):
    rule = Quota(id="q", title=Text("", ""), **bounds)
    assert room(rule, RuleLine("q", "plan", value, required, True, 0)) == left


def waiting():
    """A school that may send one of three: one is placed, one waits, one is too far away."""
    sites = [b.site("A", "sender", lon=103.0, lat=36.0, send_max=1), b.site("H", "receiver", lon=103.5, lat=36.0)]
    instance = b.instance(sites, [b.need("N1", "H", 3)], [b.teacher("T1", "A"), b.teacher("T2", "A"),
                                                         b.teacher("T3", "A", max_km=40.0)])
    return compile(instance, BASE), Plan("main", "optimal", 0, (placement("T1", "N1", km=58.5),))


def test_who_would_be_next_if_a_cap_gave_way():
    why = explain_rule(*waiting(), "send-max")
    assert [(g.group, g.value, g.required, g.room, g.placements) for g in why.groups] == [
        ("A", 1, 1, 0, (("T1", "N1"),))]
    assert [(n.teacher, n.need, n.others) for n in why.groups[0].next] == [("T2", "N1", ())]
    assert why.words("zh")[1] == "- A学校：现为 1 人，至多 1，没有余量；计入教师T1"


def test_who_would_be_next_if_a_limit_on_eligibility_gave_way():
    problem, plan = waiting()
    free = replace(problem.instance, sites=tuple(s._replace(send_max=None) for s in problem.instance.sites))
    why = explain_rule(compile(free, BASE), plan, "max-km")
    assert (why.refused, why.alone) == (1, 1)
    assert [(n.teacher, n.need, n.refusal.misses[0].over) for n in why.next] == [("T3", "N1", 18.5)]


def test_one_group_alone_or_refused_with_the_nearest():
    problem, plan = waiting()
    assert [g.group for g in explain_rule(problem, plan, "one-post", "T2").groups] == ["T2"]
    for rule, group in (("send-mac", None), ("one-post", "T4")):
        with pytest.raises(InputError) as refused:
            explain_rule(problem, plan, rule, group)
        assert refused.value.findings[0].suggest


def test_a_rule_that_is_off_says_so():
    problem, plan = waiting()
    off = tuple(replace(r, on=False) if r.id == "beds" else r for r in BASE.rules)
    why = explain_rule(compile(problem.instance, replace(BASE, rules=off)), plan, "beds")
    assert why.words("zh") == ["规则“宿舍床位”（beds）：硬性，未启用。"]


def test_a_subsidy_tells_what_it_pays():
    problem, plan = waiting()
    paid = Subsidy(id="pay", title=Text("补助", "Pay"), item="a", amount=Fraction(25000))
    policy = replace(BASE, rules=(paid, *BASE.rules))
    why = explain_rule(compile(problem.instance, policy), plan, "pay")
    assert why.words("en")[1] == "25,000 yuan a person and school year, paid for 1 placement of the plan."


def test_where_a_rule_is_from_is_said_to_be_so_and_a_subsidy_is_not_called_hard():
    problem, plan = waiting()
    paid = Subsidy(id="pay", title=Text("补助", "Pay"), item="a", amount=Fraction(25000), source="某文件")
    why = explain_rule(compile(problem.instance, replace(BASE, rules=(paid, *BASE.rules))), plan, "pay")
    assert why.words("zh")[0] == "规则“补助”（pay）：发放标准。依据：某文件"
    assert why.words("en")[0] == 'Rule "Pay" (pay): what is paid. Source: 某文件'


@pytest.mark.parametrize(("second", "zh", "en", "last"), [
    ("N1", "共 2 组：全部达到。", "2 groups: kept in all.", "达到；计入教师T1、教师T2"),
    ("N2", "共 2 组：1 组未达到。", "2 groups: 1 falls short.", "未达到")])
def test_a_rule_on_people_who_travel_together_has_no_room_to_speak_of(second, zh, en, last):
    sites = [b.site("A", "sender"), b.site("H", "receiver", county="Y"), b.site("K", "receiver", county="Z")]
    staff = [b.teacher(f"T{k}", "A", group="G" if k < 3 else "F") for k in range(1, 5)]
    problem = compile(b.instance(sites, [b.need("N1", "H", 3), b.need("N2", "K")], staff), BASE)
    plan = Plan("main", "feasible", 0, (placement("T1", "N1"), placement("T2", second)))
    why = explain_rule(problem, plan, "group")
    assert (why.words("zh")[1], why.words("en")[1]) == (zh, en)
    assert next(line for line in why.words("zh") if line.startswith("- G")).startswith(f"- G：{last}")


def test_of_staff_the_figures_are_told_since_it_may_be_unknown():
    sites = [b.site("A", "sender", pupils=38, staff=3), b.site("H", "receiver", pupils=38)]
    rule = Staffing(id="staff", title=Text("编制", "Staff"), stage="primary", pupils_per_post=Fraction(19))
    problem = compile(b.instance(sites, [b.need("N1", "H")], [b.teacher("T1", "A")]),
                      replace(BASE, rules=(rule, *BASE.rules)))
    why = explain_rule(problem, Plan("main", "feasible", 0, ()), "staff")
    assert [line.partition("达到")[2] for line in why.words("zh")[2:]] == ["（现为 3，要求 2）", "（现为 —，要求 2）"]
