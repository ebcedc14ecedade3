from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.domain.plan import GoalLine, Plan
from matching.domain.text import Text
from matching.policy.model import Goal, Policy
from matching.scoring import CRITERIA, Candidate, rank
from matching.scoring.losses import losses
from tests.scoring.plans import candidate, metrics, placement, plan


def policy(**weights: float) -> Policy:
    return Policy("p", Text("", ""), date(2026, 9, 1), ranking={k: Fraction(v) for k, v in weights.items()})


def test_scores_run_from_the_worst_to_the_best() -> None:
    ranking = rank(policy(fill=30, km=10), [
        candidate("main", fill=8, km=40), candidate("near", "near", fill=6, km=20),
        candidate("mid", "mid", fill=7, km=25)])
    assert [p.plan.plan for p in ranking.plans] == ["main", "mid", "near"]
    assert ranking.weights == {"fill": Fraction(3, 4), "km": Fraction(1, 4)}
    assert ranking.plans[1].criteria["km"] == Fraction(3, 4)
    assert ranking.plans[1].score == Fraction(3, 4) * Fraction(1, 2) + Fraction(1, 4) * Fraction(3, 4)
    assert [p.rank for p in ranking.plans] == [1, 2, 3]


def test_equal_values_score_one_and_ties_go_by_id() -> None:
    ranking = rank(policy(fill=1), [candidate("main", fill=5), candidate("b", "b", fill=5),
                                    candidate("a", None, fill=5)])
    assert [(p.plan.plan, p.score) for p in ranking.plans] == [("a", 1), ("b", 1), ("main", 1)]


def test_an_added_plan_is_clipped() -> None:
    ranking = rank(policy(fill=1), [candidate("main", fill=6), candidate("v", "v", fill=4),
                                    candidate("x", None, fill=9), candidate("y", None, fill=1)])
    assert {p.plan.plan: p.score for p in ranking.plans} == {"main": 1, "x": 1, "v": 0, "y": 0}


def test_a_plan_below_the_only_fixed_value_scores_nothing() -> None:
    ranking = rank(policy(km=1), [candidate("main", km=20), candidate("far", None, km=21),
                                  candidate("odd", None, km=None)])
    assert {p.plan.plan: p.score for p in ranking.plans} == {"main": 1, "far": 0, "odd": 0}


def test_weights_of_what_has_no_value_are_shared_out_and_said() -> None:
    ranking = rank(policy(fill=30, km=10, envy=60), [candidate("main", envy=None)])
    assert ranking.weights == {"fill": Fraction(3, 4), "km": Fraction(1, 4)}
    assert CRITERIA["envy"].title.zh in ranking.notes[0].zh
    assert CRITERIA["envy"].title.en in ranking.notes[0].en


def test_without_weights_all_criteria_weigh_the_same() -> None:
    ranking = rank(policy(), [candidate("main")])
    assert set(ranking.weights.values()) == {Fraction(1, len(CRITERIA))}
    assert ranking.notes


def test_a_further_plan_says_what_it_loses_of_each_goal() -> None:
    def stated(name: str, variant: str | None, *values: int) -> Candidate:
        made = candidate(name, variant)
        goals = zip(("fill", "shortfall", "points"), values, strict=True)
        lines = tuple(GoalLine(goal, v, v, v, 0.0) for goal, v in goals)
        return made._replace(plan=replace(made.plan, goals=lines))

    ranking = rank(policy(fill=1), [stated("other", None, 8, 3, 90), stated("main", "main", 9, 2, 100),
                                    stated("v", "v", 7, 0, 0), candidate("edited", None)], [Text("说明", "note")])
    told = {p.plan.plan: p for p in ranking.plans}
    assert told["other"].loss == (("fill", 1), ("shortfall", 1), ("points", -10))
    assert told["other"].to_dict()["loss"][0] == {"goal": "fill", "value": 1}
    assert not any(told[name].loss or "loss" in told[name].to_dict() for name in ("main", "v", "edited"))
    assert ranking.notes[-1].en == "note"


def test_losses_of_leximin_count_groups() -> None:
    fair = replace(policy(), goals=(Goal("fair", leximin=True),))
    main, other = (Plan(name, "optimal", 0, (), tuple(GoalLine("fair", v, v, v, 0.0) for v in values))
                   for name, values in (("main", (500_000, 3)), ("other", (400_000, 5))))
    assert losses(fair, main, other) == (("fair", 100_000), ("fair", 2))


def test_dominated_plans_name_their_betters() -> None:
    ranking = rank(policy(fill=1), [candidate("main", fill=8, km=30), candidate("a", None, fill=8, km=31),
                                    candidate("b", None, fill=7, km=20)])
    assert {p.plan.plan: p.dominated_by for p in ranking.plans} == {"main": (), "a": ("main",), "b": ()}


def test_equal_plans_are_merged_under_the_first_id() -> None:
    same = plan("again", placement("main", "N1"))
    ranking = rank(policy(fill=1), [candidate("main"), Candidate(same, "near", metrics())])
    assert [(p.plan.plan, p.same_as) for p in ranking.plans] == [("main", ("again",))]


def test_the_file_lists_plans_best_first() -> None:
    out = rank(policy(fill=1), [candidate("main", fill=3), candidate("v", "v", fill=7)]).to_dict()
    places = [(p["id"], p["variant"], p["rank"], p["score"]) for p in out["plans"]]
    assert places == [("v", "v", 1, 1.0), ("main", "main", 2, 0.0)]
    assert out["weights"] == {"fill": 1.0}
    assert out["plans"][0]["dominated_by"] == []
    assert out["plans"][1]["dominated_by"] == ["v"]


FIGURES = st.fixed_dictionaries({
    "fill": st.integers(0, 10), "backbone": st.integers(0, 10), "km": st.none() | st.integers(0, 99),
    "wish": st.integers(0, 10), "fair": st.integers(0, 10), "yuan": st.integers(0, 9),
    "envy": st.none() | st.integers(0, 9)})
WEIGHTS = st.fixed_dictionaries({name: st.integers(0, 30) for name in CRITERIA})


@given(WEIGHTS, st.lists(FIGURES, min_size=1, max_size=5), st.lists(FIGURES, max_size=3), FIGURES)
def test_a_further_plan_never_reorders_the_others(weights: dict[str, int], fixed: list[Any], added: list[Any],
                                                  later: Any) -> None:
    before = [candidate(f"v{i}", f"v{i}", **f) for i, f in enumerate(fixed)]
    before += [candidate(f"a{i}", None, **f) for i, f in enumerate(added)]
    first, second = rank(policy(**weights), before), rank(policy(**weights), [*before, candidate("a9", None, **later)])
    kept = [p for p in second.plans if p.plan.plan != "a9"]
    assert [(p.plan.plan, p.score) for p in kept] == [(p.plan.plan, p.score) for p in first.plans]


@given(WEIGHTS, st.lists(FIGURES, min_size=1, max_size=5))
def test_a_dominated_plan_never_scores_higher(weights: dict[str, int], figures: list[Any]) -> None:
    ranking = rank(policy(**weights), [candidate(f"v{i}", f"v{i}", **f) for i, f in enumerate(figures)])
    score = {p.plan.plan: p.score for p in ranking.plans}
    assert all(score[better] >= score[p.plan.plan] for p in ranking.plans for better in p.dominated_by)
    assert any(not p.dominated_by for p in ranking.plans)
