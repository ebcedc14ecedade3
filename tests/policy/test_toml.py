"""A policy written as TOML loads back equal."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.text import Text
from matching.policy import load, presets, replace, to_toml
from matching.policy.model import Goal, Policy, Slack, Variant
from tests.policies import random_policies
from tests.policy.helpers import write

FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8).map(str.strip).filter(bool)
NUMBERS = st.fractions(0, 1000, max_denominator=1000)


def loaded(folder, policy):
    """The policy after a way through a file."""
    return load(write(folder, to_toml(policy)))


@pytest.mark.parametrize("name", presets())
def test_presets(tmp_path, name):
    policy = load(name)
    again = loaded(tmp_path, policy)
    assert again == policy
    assert to_toml(again) == to_toml(policy)


@settings(max_examples=40, deadline=None, suppress_health_check=FIXTURE)
@given(random_policies())
def test_random_policies(tmp_path, policy):
    lawful = any(goal.kind == "fill" for goal in policy.goals)  # what shares of placed ask for
    goals = policy.goals if lawful else (Goal("fill"), *(policy.goals or (Goal("points"),)))
    stated = Policy(**{**vars(policy), "goals": goals})
    try:
        again = loaded(tmp_path, stated)
    except Exception as reason:
        raise AssertionError(to_toml(stated)) from reason
    assert again == stated


@settings(max_examples=40, deadline=None, suppress_health_check=FIXTURE)
@given(st.data())
def test_any_words_and_numbers(tmp_path, data):
    base = load("base")
    slack = Slack(Fraction(data.draw(st.integers(0, 999)), 8), data.draw(st.booleans()))
    title = Text(data.draw(WORDS), data.draw(WORDS))
    variant = Variant(data.draw(WORDS.filter(lambda w: w != "main")), title, {"km": 3},
                      (Goal("shortfall", rules=("beds", "seats")), Goal("fill", slack=slack)))
    policy = Policy(**{**vars(base), "id": data.draw(WORDS), "source": data.draw(WORDS), "variants": (variant,),
                       "detour": 1 + data.draw(NUMBERS), "alternatives": 3, "differ": 7})
    changed = replace(policy, {"beds.at_most": data.draw(NUMBERS), "beds.title": {"zh": data.draw(WORDS), "en": "x"}})
    assert loaded(tmp_path, changed) == changed


def test_it_extends_nothing_so_that_what_was_cleared_stays_so(tmp_path):
    policy = replace(load("base"), {"beds.at_most": None, "beds.enforce": "report"})
    again = loaded(tmp_path, policy)
    assert again == policy
    assert again.rule("beds").at_most is None


def test_a_third_is_kept_exactly(tmp_path):
    policy = replace(load("base"), {"beds.at_most": Fraction(10, 3)})
    assert loaded(tmp_path, policy).rule("beds").at_most == Fraction(10, 3)
