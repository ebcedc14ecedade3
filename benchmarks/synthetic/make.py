"""An instance and its policy from a size and a seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from benchmarks.synthetic.flow import plain_optimum
from benchmarks.synthetic.people import people
from benchmarks.synthetic.places import homes, places
from benchmarks.synthetic.posts import Posts, posts
from benchmarks.synthetic.records import instance
from benchmarks.synthetic.sizes import BUDGET_SHARE, COUNTY_FLOOR, SIZES, Supply

from matching.domain.instance import Instance
from matching.policy import load, replace
from matching.policy.model import Policy, Subsidy

POLICY = Path(__file__).with_name("policy.toml")
THOUSAND = 1000


def make(size: str, seed: int, *, backbone: Supply = "loose", budget: Supply = "loose") -> tuple[Instance, Policy]:
    """Return the instance of a size and a seed, and its policy.

    The settings change nothing but who is backbone and the budget's figure: all else is drawn alike.

    Parameters
    ----------
    size : a name of `SIZES`
    backbone : supply of backbone teachers, 30% of the volunteers or 20.5%, of whom 20% are called for everywhere
    budget : 97% or 93% of the yuan that the plain optimum costs
    """
    shape = SIZES[size]
    random = np.random.default_rng(seed)
    where = places(random, shape)
    schools = homes(random, shape, where)
    volunteers = people(random, shape, where, schools, backbone)
    asked = posts(random, shape, where, volunteers)
    filled = plain_optimum(shape, where, volunteers, asked)
    made = instance(random, shape, where, schools, volunteers, asked)
    return made, _policy(asked, filled, budget)


def _policy(asked: Posts, filled: np.ndarray, budget: Supply) -> Policy:
    """Return the policy with the budget in whole thousands of yuan."""
    policy = load(POLICY)
    high, low = (rule.amount for rule in policy.active(Subsidy))
    cost = high * int(filled[asked.high_tier].sum()) + low * int(filled[~asked.high_tier].sum())
    figure = int(BUDGET_SHARE[budget] * cost / THOUSAND) * THOUSAND
    return replace(policy, {"budget.at_most": figure, "county-floor.at_least": float(COUNTY_FLOOR)})
