"""Changes: what is refused, and how the others are written into the instance and the policy."""

from __future__ import annotations

from typing import Any

import pytest

from matching.audit import audit
from matching.domain.findings import InputError
from matching.domain.plan import Plan
from matching.planner import solve
from matching.policy import load, replace, to_toml
from matching.policy.model import Policy
from matching.scenarios.replan import Before, Changes, again, losses_of, replan
from matching.scenarios.replan.edits import edited
from tests.builders import instance, need, site, teacher

POLICY = load("base")
SITES = [site("S1", role="sender", county="A"), site("R1", county="B"), site("R2", county="C")]
CASE = instance(SITES, [need("N1", "R1", 2), need("N2", "R2"), need("N3", "R2", subject="math")],
                [teacher("T1", "S1", pref_1="N1"), teacher("T2", "S1"), teacher("T3", "S1"),
                 teacher("T4", "S1", subject="math")])


@pytest.fixture(scope="module")
def before() -> Before:
    found = solve(CASE, POLICY).best.plan
    kept = tuple(p for p in found.placements if p.need != "N3")
    return Before(CASE, POLICY, Plan("main", "feasible", 0, kept))


@pytest.mark.parametrize(("changes", "code"), [
    (Changes.of(withdraw=["T9"]), "unknown_teacher"),
    (Changes.of(close=["N9"]), "unknown_need"),
    (Changes.of(withdraw=["T4"]), "not_placed"),
    (Changes.of(pin=[("T1", "N1"), ("T1", "N2")]), "pinned_twice"),
    (Changes.of(pin={"T1": "N1"}, withdraw=["T1"]), "pinned_and_withdrawn"),
    (Changes.of(pin={"T1": "N1"}, forbid=[("T1", "N1")]), "pinned_and_forbidden"),
    (Changes.of(pin={"T1": "N1"}, close=["N1"]), "pinned_to_closed"),
    (Changes.of(pin={"T1": "N2", "T2": "N2"}), "too_many_pinned"),
    (Changes.of(pin={"T1": "N3"}), "pin_refused"),
    (Changes.of(close=["N1", "N2", "N3"]), "no_post_left"),
])
def test_what_cannot_be_is_refused(before: Before, changes: Changes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        replan(before, changes)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert all(finding.text.zh and finding.text.en for finding in refused.value.findings)


def test_a_refused_pin_names_the_rule_and_what_is_open(before: Before) -> None:
    with pytest.raises(InputError) as refused:
        replan(before, Changes.of(pin={"T4": "N1"}))
    finding = refused.value.findings[0]
    assert "subject" in finding.text.en
    assert finding.suggest == ("N3",)


def test_the_changed_instance_and_policy_say_all(before: Before) -> None:
    changes = Changes.of(withdraw=["T2"], pin={"T3": "N2"}, forbid=[("T4", "N3")], close=["N1"])
    changed, policy = edited(before, changes)
    assert changed.teacher["T2"].deferred
    assert changed.teacher["T3"].lock_need == "N2"
    assert changed.teacher["T1"].pref_1 is None
    assert "N1" not in changed.need
    found = replan(before, changes)
    assert found.plan is not None
    assert {(p.teacher, p.need) for p in found.plan.placements} == {("T3", "N2")}
    assert {u.teacher: u.reason for u in found.plan.unplaced}["T4"] == "forbid-T4"
    assert to_toml(policy) == to_toml(found.result.policy)


def test_pins_of_a_policy_that_lets_teachers_hold_several_posts_are_rules(before: Before) -> None:
    several: Policy = replace(POLICY, {"one-post.at_most": 2})
    changed, policy = edited(Before(CASE, several, before.plan), Changes.of(pin={"T1": "N2"}))
    assert changed.teacher["T1"].lock_need is None
    found = replan(Before(CASE, several, before.plan), Changes.of(pin={"T1": "N2"}))
    assert found.plan is not None
    assert ("T1", "N2") in {(p.teacher, p.need) for p in found.plan.placements}
    assert audit(changed, policy, found.plan).ok


def test_it_is_done_again_from_what_is_kept(before: Before) -> None:
    found = replan(before, Changes.of(withdraw=["T1"], close=["N2"]))
    assert found.plan is not None
    repeated = again(found.result.instance, found.result.policy, found.details())
    assert repeated.best.plan.placements == found.plan.placements


def test_the_price_of_moving_nobody_else(before: Before) -> None:
    urgent = instance(SITES, [need("N1", "R1", priority=5), need("N2", "R2", priority=1)],
                      [teacher("T1", "S1"), teacher("T2", "S1")])
    plan = solve(urgent, POLICY).best.plan
    at = {p.need: p.teacher for p in plan.placements}
    found = replan(Before(urgent, POLICY, plan), Changes.of(withdraw=[at["N2"]]))
    assert found.moves() == [{"teacher": at["N1"], "from": "N1", "to": "N2"},
                             {"teacher": at["N2"], "from": "N2", "to": None}] or len(found.moves()) == 2
    assert found.least is not None
    assert found.least.best == 1
    assert found.nobody_else is not None
    assert dict(found.nobody_else.goals)["fill"] == 1
    assert not found.nobody_else.enough
    assert any("5" in told.why.zh or "4" in told.why.zh for told in found.told)


@pytest.mark.parametrize("stated", ["points", "points=-1", "=3", "points=x%"])
def test_a_loss_that_cannot_be_read(stated: str) -> None:
    with pytest.raises(InputError, match=r"fill=2"):
        losses_of([stated])


def test_a_loss_of_no_goal(before: Before) -> None:
    wrong: dict[str, Any] = losses_of(["nothing=3"])
    with pytest.raises(InputError, match="nothing"):
        replan(before, Changes.of(withdraw=["T1"]), loss=wrong)
