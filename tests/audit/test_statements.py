"""What a plan says of itself, held against the recount (Contract 3)."""

from dataclasses import replace

import pytest

from matching.audit import audit, audit_to_dict
from matching.domain.plan import GoalLine, Placement, Reserve, RuleLine, Unfilled, Unplaced
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import broken, plan, policy, quota, require

SITES = [b.site("S1", "sender", county="甲县"), b.site("R1", "receiver", county="乙县"),
         b.site("R2", "receiver", county="乙县")]
NEEDS = [b.need("N1", "R1", 1), b.need("N2", "R2", 3, min_title="senior"), b.need("N3", "R2", 1, subject="art"),
         b.need("N4", "R1", 1, stage="junior", subject="math")]
TEACHERS = [
    b.teacher("T1", "S1", pref_1="R1", lock_need="N1"), b.teacher("T2", "S1"),
    b.teacher("T3", "S1", title="senior"), b.teacher("T4", "S1", subject="math"),
    b.teacher("T5", "S1", status="pending"), b.teacher("T6", "S1", title="senior"),
    b.teacher("T7", "S1", subject="math", stages=("junior",)),
]
INSTANCE = b.instance(SITES, NEEDS, TEACHERS, distances=[b.distance("S1", "R1", 38.4)])
RULES = policy(
    require("status", that="status = approved"), require("subject", that="subject_fit != none"),
    require("stage", that="stage_fit != none"), require("min-title", that="title >= need.min_title"),
    quota("seats", per="need_id", at_most="need.count"), quota("one-post", per="teacher_id", at_most=1),
    quota("cap", when="need_id = N2", at_most=1),
    quota("soft", at_least=4, enforce="elastic"), quota("seen", per="host.county", at_most=9, enforce="report"),
    goals=(Goal("shortfall"), Goal("fill"), Goal("points")), points={"km": 1})
GOALS = (GoalLine("shortfall", 1, 1, 1, 0.0), GoalLine("fill", 9, 9, 10, 1 / 9), GoalLine("points", 114, 114, 114, 0.0))
WHOLE = {
    "goals": GOALS,
    "unplaced": (Unplaced("T2", "no_seat_left"), Unplaced("T4", "stage"), Unplaced("T6", "cap")),
    "unfilled": (Unfilled("N2", 2, "cap"), Unfilled("N3", 1, "subject")),
    "rules": (RuleLine("soft", "plan", 3, 4, False, 1), RuleLine("seen", "乙县", 3, 9, True, 0)),
    "reserve": (Reserve("N2", ("T6",)),),
}
PAIRS = (("T1", "N1"), ("T3", "N2"), ("T7", "N4"))


def test_a_plan_of_true_statements_is_clean():
    stated = plan(INSTANCE, RULES, *PAIRS, **WHOLE)
    assert audit(INSTANCE, RULES, stated).breaches == ()
    assert audit(INSTANCE, RULES, stated).ok


def false_places(**changes):
    stated = replace(plan(INSTANCE, RULES, *PAIRS, **WHOLE), **changes)
    found = broken(audit(INSTANCE, RULES, stated))
    assert all(rule in ("statement", "unknown_id") for rule, _ in found)
    return [group for _, group in found]


def test_a_false_fact_is_said_as_the_report_heads_it():
    first, *rest = plan(INSTANCE, RULES, *PAIRS).placements
    stated = replace(plan(INSTANCE, RULES, *PAIRS), placements=(first._replace(locked=False, km=None), *rest))
    assert [b.text.zh for b in audit(INSTANCE, RULES, stated).breaches] == [
        "方案所写教师 T1 的“公里”为 无，复核为 38.4", "方案所写教师 T1 的“锁定”为 否，复核为 是"]


@pytest.mark.parametrize(("field", "value"), [
    ("mode", "online"), ("mode", None), ("km", 38.5), ("km", None), ("yuan", 1), ("preference", None),
    ("preference", 2), ("subject_fit", "alt"), ("stage_fit", "none"), ("locked", False),
])
def test_a_false_fact_of_a_placement(field, value):
    first, *rest = plan(INSTANCE, RULES, *PAIRS).placements
    assert false_places(placements=(first._replace(**{field: value}), *rest)) == [f"placements.T1.{field}"]


def test_an_edited_plan_may_leave_facts_unstated_but_not_state_false_ones():
    bare = tuple(Placement(t, n, None, None, None, None, None, None, None) for t, n in PAIRS)
    assert false_places(placements=bare, edited=True, **dict.fromkeys(WHOLE, ())) == []
    wrong = (bare[0]._replace(km=1.0), *bare[1:])
    assert false_places(placements=wrong, edited=True, **dict.fromkeys(WHOLE, ())) == ["placements.T1.km"]


@pytest.mark.parametrize(("at", "field", "value", "place"), [
    (0, "value", 0, "goals.1.shortfall.value"), (1, "value", 10, "goals.2.fill.value"),
    (1, "gap", 0.0, "goals.2.fill.gap"), (2, "gap", 0.5, "goals.3.points.gap"),
])
def test_a_false_goal(at, field, value, place):
    goals = list(GOALS)
    goals[at] = goals[at]._replace(**{field: value})
    assert place in false_places(goals=tuple(goals))


def test_a_bound_that_the_plan_itself_beats_is_false():
    goals = (GOALS[0], GoalLine("fill", 9, 8, 8, 0.0), GoalLine("points", 114, 120, 120, 0.0))
    assert false_places(goals=goals) == ["goals.2.fill.bound", "goals.3.points.bound"]


@pytest.mark.parametrize("goals", [GOALS[:2], GOALS[::-1], (GOALS[0]._replace(goal="fair"), *GOALS[1:])])
def test_goals_are_those_of_the_policy_in_their_order(goals):
    assert false_places(goals=goals) == ["goals"]


def test_optimal_only_without_gaps_and_with_a_bound():
    assert false_places(status="optimal") == ["status"]
    closed = (GOALS[0], GOALS[1]._replace(bound=9, gap=0.0), GOALS[2])
    assert false_places(status="optimal", goals=closed) == []
    assert false_places(status="optimal", **dict.fromkeys(WHOLE, ())) == ["status"]
    assert false_places(status="infeasible") == ["status"]
    assert false_places(status="unknown") == []


@pytest.mark.parametrize(("lines", "places"), [
    ((), []),
    (WHOLE["rules"][:1], ["rules.seen.乙县"]),
    (WHOLE["rules"][1:], ["rules.soft.plan"]),
    ((*WHOLE["rules"], RuleLine("seats", "N1", 1, 1, True, 0)), []),
    ((*WHOLE["rules"], RuleLine("subject", "plan", 0, 0, True, 0)), []),
    ((*WHOLE["rules"], RuleLine("seats", "N1", 2, 1, True, 0)), ["rules.seats.N1"]),
    ((*WHOLE["rules"], RuleLine("seats", "N9", 1, 1, True, 0)), ["rules.seats.N9"]),
    ((RuleLine("soft", "plan", 4, 4, True, 0), WHOLE["rules"][1]), ["rules.soft.plan"]),
])
def test_rule_lines(lines, places):
    assert false_places(rules=lines) == places


@pytest.mark.parametrize(("changes", "places"), [
    ({0: None}, ["unplaced.T2"]), ({0: Unplaced("T1", "cap")}, ["unplaced.T1", "unplaced.T2"]),
    ({0: Unplaced("T9", "cap")}, ["unplaced", "unplaced.T2"]),
    ({0: Unplaced("T5", "status")}, ["unplaced.T5", "unplaced.T2"]),
    ({1: Unplaced("T6", "cap")}, ["unplaced.T6", "unplaced.T4"]),
    ({0: Unplaced("T2", "min-title")}, ["unplaced.T2.reason"]), ({0: Unplaced("T2", "cap")}, ["unplaced.T2.reason"]),
    ({1: Unplaced("T4", "subject")}, ["unplaced.T4.reason"]),
    ({1: Unplaced("T4", "no_candidate")}, ["unplaced.T4.reason"]),
    ({2: Unplaced("T6", "not_needed")}, []), ({2: Unplaced("T6", "no_seat_left")}, ["unplaced.T6.reason"]),
    ({2: Unplaced("T6", "soft")}, ["unplaced.T6.reason"]), ({2: Unplaced("T6", "title")}, ["unplaced.T6.reason"]),
])
def test_unplaced(changes, places):
    lines = [changes.get(at, line) for at, line in enumerate(WHOLE["unplaced"])]
    assert false_places(unplaced=tuple(line for line in lines if line)) == places


@pytest.mark.parametrize(("lines", "places"), [
    ((), ["unfilled.N2", "unfilled.N3"]),
    ((Unfilled("N2", 1, "cap"), Unfilled("N3", 1, "subject")), ["unfilled.N2"]),
    ((Unfilled("N2", 2, "cap"), Unfilled("N3", 1, "no_candidate")), ["unfilled.N3.reason"]),
    ((Unfilled("N2", 2, "all_placed_elsewhere"), Unfilled("N3", 1, "subject")), ["unfilled.N2.reason"]),
    ((*WHOLE["unfilled"], Unfilled("N1", 1, "cap")), ["unfilled.N1"]),
    ((*WHOLE["unfilled"], Unfilled("N8", 1, "cap")), ["unfilled"]),
])
def test_unfilled(lines, places):
    assert false_places(unfilled=lines) == places


def test_lists_that_are_all_empty_say_nothing():
    assert false_places(unplaced=(), unfilled=(), rules=()) == []
    assert false_places(unplaced=(), unfilled=(), goals=()) == []


def test_all_placed_elsewhere_and_no_candidate():
    """T6 too is at N2's site; of the rules the first, status, refuses no need everyone unless none is approved."""
    pairs = (("T3", "N2"), ("T6", "N2"))
    rules = replace(RULES, rules=tuple(r for r in RULES.rules if r.id != "cap"))
    lines = (Unfilled("N1", 1, "not_needed"), Unfilled("N2", 1, "all_placed_elsewhere"), Unfilled("N3", 1, "subject"),
             Unfilled("N4", 1, "not_needed"))
    assert broken(audit(INSTANCE, rules, plan(INSTANCE, rules, *pairs, unfilled=lines))) == []
    first = replace(rules, rules=rules.rules[1:])
    lines = tuple(x._replace(reason="no_candidate") if x.need == "N3" else x for x in lines)
    assert broken(audit(INSTANCE, first, plan(INSTANCE, first, *pairs, unfilled=lines))) == []


@pytest.mark.parametrize(("line", "places"), [
    (Reserve("N2", ("T6", "T1")), ["reserve.N2.T1"]), (Reserve("N2", ("T2",)), ["reserve.N2.T2"]),
    (Reserve("N2", ("T9",)), ["reserve.N2"]), (Reserve("N9", ("T6",)), ["reserve"]), (Reserve("N1", ("T2",)), []),
])
def test_reserve(line, places):
    assert false_places(reserve=(line,)) == places


def test_unknown_ids_and_repeated_pairs():
    one = plan(INSTANCE, RULES, ("T1", "N1"))
    odd = (*one.placements, one.placements[0], one.placements[0]._replace(teacher="T9"),
           one.placements[0]._replace(need="N9"))
    found = audit(INSTANCE, policy(), replace(one, placements=odd))
    assert [(x.rule, x.group, x.value) for x in found.breaches] == [
        ("unknown_id", "placements", "T9"), ("unknown_id", "placements", "N9"), ("repeated_pair", "T1 -> N1", 2)]
    assert len(found.placements) == 2


def test_as_json():
    found = audit(INSTANCE, RULES, plan(INSTANCE, RULES, ("T1", "N1"), ("T2", "N1")))
    data = audit_to_dict(found)
    assert data["ok"] is False
    assert {k: data["breaches"][0][k] for k in ("rule", "group", "value", "required")} == {
        "rule": "seats", "group": "N1", "value": 2, "required": 1}
    assert data["goals"] == [{"goal": "shortfall", "value": 2}, {"goal": "fill", "value": 6},
                             {"goal": "points", "value": 76}]
    assert data["unverified"] == []
