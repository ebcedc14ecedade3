"""Plans as files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.domain.plan import GoalLine, Placement, Plan, Reserve, RuleLine, Unfilled, Unplaced
from matching.tables.plan_json import dump_plan, plan_from_json, plan_to_json

# The example of Contract 3, whole.
CONTRACT = """
{"plan": "balanced", "status": "optimal", "seed": 0,
 "goals": [{"goal": "fill", "value": 6168, "best": 6168, "bound": 6168, "gap": 0.0}],
 "placements": [{"teacher": "T0001", "need": "N0042", "mode": "resident", "km": 38.4, "yuan": 25000,
                 "preference": 1, "subject_fit": "main", "stage_fit": "main", "locked": false}],
 "unplaced": [{"teacher": "T0002", "reason": "no_seat_left"}],
 "unfilled": [{"need": "N0007", "gap": 2, "reason": "no_candidate"}],
 "rules": [{"rule": "backbone-share", "group": "plan", "value": "9/47", "required": "1/5", "ok": false,
            "shortfall": 1}],
 "reserve": [{"need": "N0042", "teachers": ["T0033", "T0071"]}]}
"""
BALANCED = Plan(
    "balanced", "optimal", 0, (Placement("T0001", "N0042", "resident", 38.4, 25000, 1, "main", "main", False),),
    (GoalLine("fill", 6168, 6168, 6168, 0.0),), (Unplaced("T0002", "no_seat_left"),),
    (Unfilled("N0007", 2, "no_candidate"),), (RuleLine("backbone-share", "plan", "9/47", "1/5", False, 1),),
    (Reserve("N0042", ("T0033", "T0071")),))

ids = st.text(st.characters(exclude_categories=("Cs",)), max_size=5)
whole = st.integers(-10**12, 10**12)
placements = st.builds(
    Placement, ids, ids, st.sampled_from(("resident", "part_time", "online")),
    st.none() | st.integers(0, 99999).map(lambda n: n / 10), whole, st.sampled_from((1, 2, 3, None)),
    st.sampled_from(("main", "alt", "none")), st.sampled_from(("main", "other", "none")), st.booleans())
plans = st.builds(
    Plan, ids, st.sampled_from(("optimal", "feasible", "infeasible", "unknown")), whole,
    st.lists(placements, max_size=4).map(tuple),
    st.lists(st.builds(GoalLine, ids, whole, whole, whole, st.floats(0, 9)), max_size=2).map(tuple),
    st.lists(st.builds(Unplaced, ids, ids), max_size=2).map(tuple),
    st.lists(st.builds(Unfilled, ids, whole, ids), max_size=2).map(tuple),
    st.lists(st.builds(RuleLine, ids, ids, whole | ids, whole | ids, st.booleans(), whole), max_size=2).map(tuple),
    st.lists(st.builds(Reserve, ids, st.lists(ids, max_size=3).map(tuple)), max_size=2).map(tuple))


def test_the_contracts_example_is_read_and_written_as_it_stands():
    assert plan_from_json(json.loads(CONTRACT)) == BALANCED
    assert plan_to_json(BALANCED) == json.loads(CONTRACT)


def test_keys_stand_in_the_contracts_order():
    assert json.dumps(plan_to_json(BALANCED)) == json.dumps(json.loads(CONTRACT))


@given(plans)
def test_a_plan_survives_its_file(plan):
    assert plan_from_json(json.loads(dump_plan(plan))) == plan


def test_a_file_has_one_placement_a_line_and_plain_chinese():
    lines = dump_plan(Plan("均衡", "feasible", 1, BALANCED.placements * 2)).decode().splitlines()
    assert lines[1] == ' "plan": "均衡",'
    assert sum(line.startswith('  {"teacher"') for line in lines) == 2


def test_kilometres_have_one_decimal():
    plan = Plan("p", "optimal", 0, (BALANCED.placements[0]._replace(km=0.1 + 0.2),))
    assert plan_to_json(plan)["placements"][0]["km"] == 0.3


def test_an_edited_plan_is_no_plan_file():
    with pytest.raises(ValueError, match="edited"):
        plan_to_json(Plan("p", "unknown", 0, (), edited=True))


def _broken(change):
    document = json.loads(CONTRACT)
    change(document)
    with pytest.raises(InputError) as caught:
        plan_from_json(document)
    return [(f.code, f.column) for f in caught.value.findings]


@pytest.mark.parametrize(("change", "found"), [
    (lambda d: d.pop("seed"), ("missing_key", "seed")),
    (lambda d: d["placements"][0].pop("km"), ("missing_key", "placements[0].km")),
    (lambda d: d.update(status="done"), ("wrong_type", "status")),
    (lambda d: d.update(placements={}), ("wrong_type", "placements")),
    (lambda d: d["placements"].append(7), ("wrong_type", "placements[1]")),
    (lambda d: d["placements"][0].update(km="far"), ("wrong_type", "placements[0].km")),
    (lambda d: d["placements"][0].update(yuan=True), ("wrong_type", "placements[0].yuan")),
    (lambda d: d["placements"][0].update(mode="bus"), ("wrong_type", "placements[0].mode")),
    (lambda d: d["placements"][0].update(teacher=None), ("wrong_type", "placements[0].teacher")),
    (lambda d: d["reserve"][0].update(teachers=[1]), ("wrong_type", "reserve[0].teachers")),
    (lambda d: d["rules"][0].update(value=0.5), ("wrong_type", "rules[0].value")),
])
def test_each_fault_is_found_where_it_is(change, found):
    assert _broken(change) == [found]


def test_all_faults_are_found_at_once():
    assert len(_broken(lambda d: (d.pop("seed"), d["goals"][0].clear()))) == 6


@pytest.mark.parametrize("document", [None, [], 3, "plan", {}])
def test_what_is_no_plan_is_refused(document):
    with pytest.raises(InputError):
        plan_from_json(document)
