"""The range of each weight in which the first plan stays first, against ranking again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.scoring import CRITERIA, Candidate, Range, firmness, rank
from tests.scoring.plans import candidate
from tests.scoring.test_ranking import policy

FIGURES = st.fixed_dictionaries({
    "fill": st.integers(0, 6), "backbone": st.integers(0, 6), "km": st.none() | st.integers(0, 9),
    "wish": st.integers(0, 6), "fair": st.integers(0, 6), "yuan": st.integers(0, 5), "envy": st.integers(0, 4)})
WEIGHTS = st.dictionaries(st.sampled_from(list(CRITERIA)), st.integers(1, 30), min_size=1, max_size=4)
PLANS = st.lists(FIGURES, min_size=1, max_size=5)


def first(candidates: list[Candidate], weights: dict[str, Fraction], name: str, at: Fraction) -> str:
    """The plan that is first with that share of all weights, the others in proportion."""
    rest = 1 - weights[name]
    moved = {n: at if n == name else w * (1 - at) / rest for n, w in weights.items()}
    return rank(policy(**moved), candidates).best.plan.plan


@given(WEIGHTS, PLANS, st.fractions(0, 1, max_denominator=50))
def test_the_first_stays_first_within_and_not_beyond(weights: dict[str, int], figures: list[Any], share: Fraction
                                                     ) -> None:
    candidates = [candidate(f"v{i}", f"v{i}", **f) for i, f in enumerate(figures)]
    ranking = rank(policy(**weights), candidates)
    best = ranking.best.plan.plan
    for name, found in firmness(ranking).items():
        assert 0 <= found.low <= found.weight <= found.high <= 1
        if found.weight == 1:
            assert found[1:] == (0, 1, None, None)
            continue
        inside = found.low + share * (found.high - found.low)
        if found.low < inside < found.high:
            assert first(candidates, dict(ranking.weights), name, inside) == best
        for end, then, way in ((found.low, found.below, -1), (found.high, found.above, 1)):
            assert (then is None) == (end in (0, 1))
            if then is not None:
                assert then != best
                just = end + way * Fraction(1, 10**9)
                assert first(candidates, dict(ranking.weights), name, just) == then


def test_two_plans_cross_where_they_are_worth_the_same() -> None:
    ranking = rank(policy(fill=3, km=1), [candidate("main", fill=8, km=40), candidate("near", "near", fill=6, km=20)])
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    assert firmness(ranking) == {"fill": Range(3 * quarter, half, Fraction(1), "near", None),
                                 "km": Range(quarter, Fraction(0), half, None, "near")}
    assert ranking.to_dict()["firmness"]["km"] == {
        "weight": 0.25, "low": 0.0, "high": 0.5, "exact": {"low": "0", "high": "1/2"}, "below": None, "above": "near"}


def test_a_plan_alone_stays_first_whatever_the_weights() -> None:
    ranking = rank(policy(fill=1, km=1), [candidate("main")])
    assert {one[1:] for one in firmness(ranking).values()} == {(0, 1, None, None)}
