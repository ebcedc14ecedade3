"""A search for conflicts and ways out ends when it is to, and keeps what was found by then."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from itertools import count
from time import sleep

import pytest

from matching.domain.text import Text
from matching.explain.conflicts import conflict as diagnosing
from matching.explain.conflicts.apart import conflicts_apart
from matching.explain.conflicts.conflict import Diagnosis, diagnose
from matching.explain.conflicts.model import Conflict
from matching.explain.conflicts.search import Conflicts, conflicts, further
from matching.explain.patience import Patience
from matching.planner import solve
from matching.policy import load
from matching.policy.model import Quota
from matching.problem import RowLabel, compile
from matching.report.clash import clash_lines
from tests.builders import instance, need, site, teacher
from tests.explain.conflicts import endless
from tests.explain.conflicts.clashing import broken, every_plan, in_process

__all__ = ["in_process"]
BASE = load("base")
MANY = Quota(id="many", title=Text("至少", "At least"), at_least=Fraction(3))
POLICY = replace(BASE, rules=(MANY, *BASE.rules))
CASE = instance([site("A"), site("B", "receiver", county="Y")], [need("N1", "B", 2)],
                [teacher("T1", "A"), teacher("T2", "A")])


def stopping_after(times):
    asked = count()
    return lambda: next(asked) >= times


def test_a_stop_before_it_begins_leaves_all_open():
    found = diagnose(compile(CASE, POLICY), stop=lambda: True)
    assert found == Diagnosis((), (), complete=False, all_tried=False)
    assert found.to_dict()["relaxations_complete"] is False


def test_with_no_time_nothing_is_said_to_be_known():
    assert diagnose(compile(CASE, POLICY), time_limit=0) == Diagnosis((), (), complete=False, all_tried=False)


def test_all_is_tried_where_there_is_time(in_process):
    found = diagnose(compile(CASE, POLICY), in_process=True)
    assert (found.complete, found.all_tried) == (True, True)
    assert found.to_dict()["relaxations_complete"] is True


@pytest.mark.parametrize("times", range(0, 30, 2))
def test_what_is_told_when_stopped_clashes(in_process, times):
    found = diagnose(compile(CASE, POLICY), stop=stopping_after(times), in_process=True)
    for conflict in found.conflicts:
        assert all(set(conflict.rules) & plan for plan in (broken(plan) for plan in every_plan(CASE, POLICY)))
    if not found.all_tried:
        text = "\n".join(clash_lines(CASE, POLICY, found, "en"))
        assert "could be tried in time" in text or "found in time" in text


def test_rules_are_told_before_it_is_known_which_of_them_it_takes():
    first, *_, last = further(CASE, POLICY, Patience())
    assert not first.found[0].irreducible
    assert last.complete
    assert set(last.found[0].rules) < set(first.found[0].rules)
    assert conflicts(CASE, POLICY, Patience()) == last


def test_what_the_process_had_found_when_it_was_ended_is_kept(monkeypatch, tmp_path):
    has_told, later = tmp_path / "told", stopping_after(5)
    monkeypatch.setenv(endless.HAS_TOLD, str(has_told))
    stop = Patience(asked=lambda: has_told.exists() and later())
    found = conflicts_apart(CASE, POLICY, stop, module=endless.__name__)
    assert found == Conflicts((Conflict((RowLabel("many", "plan"),), False),), False)


def test_the_time_limit_ends_the_process():
    assert conflicts_apart(CASE, POLICY, Patience.of(0.1), module=endless.__name__).complete is False


def test_a_solve_hands_what_is_left_of_its_time_and_its_stop_on(monkeypatch):
    seen = {}

    def hear(problem, **named):
        seen.update(named)
        return Diagnosis((), ())

    monkeypatch.setattr(sys.modules["matching.planner.solve"], "diagnose", hear)
    never = stopping_after(10**9)
    solve(CASE, POLICY, time_limit=100, stop=never)
    assert 0 < seen["time_limit"] < 100
    assert seen["stop"] is never


def test_a_clash_is_complete_where_the_least_relaxation_shows_it(in_process, monkeypatch):
    rules = tuple(RowLabel(*label) for label in (("many", "plan"), ("one-post", "T1"), ("one-post", "T2")))
    short = Conflicts((Conflict(rules, True),), False)
    monkeypatch.setattr(diagnosing, "conflicts", lambda *_: short)
    assert diagnose(compile(CASE, POLICY), in_process=True).complete


def test_whatever_breaks_off_the_search_for_ways_out_ends_that_for_conflicts(monkeypatch):
    told = []

    def searching(instance, policy, patience):
        told.append(next((True for _ in range(500) if patience.over or sleep(0.01)), False))
        return Conflicts()

    def broken_off(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(diagnosing, "conflicts_apart", searching)
    monkeypatch.setattr(diagnosing.Bending, "least", broken_off)
    with pytest.raises(KeyboardInterrupt):
        diagnose(compile(CASE, POLICY))
    assert told == [True]
