"""For each rule of the policies shipped, ten plans that break exactly it: the audit names it, and nothing else."""

import pytest

from matching.policy import load
from matching.policy.model import Policy, Subsidy
from tests.audit.helpers import judge
from tests.audit.world import World

SEEDS = range(10)
BASE = load("base")


def judged(rules: Policy) -> list[str]:
    return [r.id for r in rules.rules if r.on and not isinstance(r, Subsidy)]


def named(world: World, rules: Policy, pairs) -> set[str]:
    """The hard rules in breach and the others that fall short."""
    found = judge(world.instance, rules, *pairs)
    return {x.rule for x in found.breaches} | {x.rule for x in found.rules if not x.ok}


@pytest.fixture(scope="module", params=SEEDS)
def world(request):
    return World(request.param)


def test_a_clean_plan_breaks_nothing(world):
    assert named(world, BASE, world.pairs) == set()


@pytest.mark.parametrize("rule", judged(BASE))
def test_a_plan_that_breaks_one_rule_of_base(world, rule):
    assert named(world, BASE, world.breakers[rule](world.pairs)) == {rule}
