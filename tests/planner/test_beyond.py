"""Problems with too many pairs for one program."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.synthetic import make

import matching
from matching.audit import audit
from matching.planner import beyond
from matching.policy.model import FrontAsked


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(beyond, "MANY", 100)
    return make("S", 1)


def test_a_plan_over_some_pairs_is_audited_and_ranked(made):
    result = matching.solve(*made)
    usual = matching.solve(*made, engine="cpsat")
    assert audit(*made, result.main.plan).ok
    mine, best = (list(r.main.plan.goals) for r in (result, usual))
    assert mine[0].value == best[0].value
    assert mine[0].bound == best[0].value
    assert mine[1].bound <= best[1].value <= mine[1].value


def test_fronts_that_are_not_looked_for_are_named(made):
    instance, policy = made
    result = matching.solve(instance, replace(policy, fronts=(FrontAsked(("fill", "km")),)))
    assert result.fronts == ()
    (note,) = result.ranking.notes
    assert "没有求" in note.zh
    assert "kilometres" in note.en.lower()
    assert matching.solve(instance, policy).ranking.notes == ()


def test_out_of_time_the_result_says_so(made):
    result = matching.solve(*made, time_limit=0)
    assert (result.status, result.main, result.stopped) == ("unknown", None, "time")


def test_what_fits_is_not_taken(made, monkeypatch):
    monkeypatch.setattr(beyond, "MANY", 100_000)
    assert beyond.listed_if_many(*made, "highs") is None
    monkeypatch.setattr(beyond, "MANY", 2_000)
    assert beyond.beyond(*made, beyond.listed_if_many(*made, "highs")) is None
    monkeypatch.setattr(beyond, "MANY", 100)
    assert beyond.listed_if_many(*made, "cpsat") is None
    assert beyond.beyond(*made, beyond.listed_if_many(*made, "highs")) is not None
