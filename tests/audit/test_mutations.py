"""For each rule of the policies shipped, ten plans that break exactly it: the audit names it, and nothing else."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from matching.policy import load
from matching.policy.model import Policy, Subsidy
from tests.audit.helpers import judge, judge_pairs
from tests.audit.world import World

SEEDS = range(10)
TINY = Path(__file__).parents[2] / "instances" / "tiny" / "policy.toml"
SHARES = {"budget", "backbone-share", "backbone-share-county"}  # in test_share_mutations


def rich(rules: Policy) -> Policy:
    """The policy with money enough for one placement more."""
    return replace(rules, rules=tuple(
        replace(r, at_most=Fraction(10**8)) if r.id == "budget" else r for r in rules.rules))


POLICIES = {"base": load("base"), "gansu_2014": rich(load("gansu_2014")), "tiny": rich(load(TINY))}


def judged(name: str) -> list[str]:
    """The rules that a policy judges by; those that it has from base as they are are tried there."""
    inherited = () if name == "base" else POLICIES["base"].rules
    return [r.id for r in POLICIES[name].rules
            if r.on and not isinstance(r, Subsidy) and r.id not in SHARES and r not in inherited]


def named(world: World, rules: Policy, pairs) -> set[str]:
    """The hard rules in breach and the others that fall short."""
    found = judge_pairs(world.instance, rules, pairs)
    return {x.rule for x in found.breaches} | {x.rule for x in found.rules if not x.ok}


@pytest.fixture(scope="module", params=SEEDS)
def world(request):
    return World(request.param)


@pytest.mark.parametrize("rules", POLICIES.values(), ids=POLICIES)
def test_a_clean_plan_breaks_nothing(world, rules):
    assert named(world, rules, world.pairs) == set()
    assert judge(world.instance, rules, *world.pairs).ok


@pytest.mark.parametrize(("name", "rule"), [(name, rule) for name in POLICIES for rule in judged(name)])
def test_a_plan_that_breaks_one_rule(world, name, rule):
    assert named(world, POLICIES[name], world.breakers[rule](world.pairs)) == {rule}
