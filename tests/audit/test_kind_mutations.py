"""The further kinds on seeded worlds: plans that hold by a hair, and one step more or less that the audit names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.audit import audit
from matching.domain.plan import GoalLine
from matching.domain.records import LedgerRow
from matching.policy import load
from matching.policy.model import Goal
from tests import builders as b
from tests.audit.helpers import balance, credit, judge_pairs, plan, quota
from tests.audit.world import World

BASE = load("base")
TAUGHT = credit("taught", "授课", "1")
HOURS = 120


class Further(World):
    """A world with two schools that exchange by subject, three sites to visit, and one who teaches part-time."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._exchange()
        self._visits()
        self._hours()

    def _exchange(self) -> None:
        self.many = self.random.randint(1, 4)
        for here, there in (("X-east", "X-west"), ("X-west", "X-east")):
            post = self.need(f"N-{here}", self.site(here, "both"), 9)
            for at in range(self.many + 1):
                self.teacher(f"{there}-{at}", there, at=post if at < self.many else None)

    def _visits(self) -> None:
        self.site("S-visits", "sender")
        for at in range(3):
            self.need(f"N-visit-{at}", self.site(f"R-visit-{at}", "receiver", county="访县"), 5)
            self.teacher(f"visit-{at}", "S-visits", at=f"N-visit-{min(at, 1)}")

    def _hours(self) -> None:
        self.credited = self.random.choice((30.0, 59.5, 60.0))
        placed = HOURS - int(self.credited)
        host = self.site("R-hours", "receiver")
        self.need("N-hours", host, 3, modes=("part_time",), total_hours=placed)
        self.need("N-less", host, 3, modes=("part_time",), total_hours=placed - 1)
        self.teacher("hours", at="N-hours", modes=("part_time",))

    @property
    def taught(self):
        rows = [LedgerRow("hours", "R-hours", None, "授课", self.credited, None)]
        return replace(self.instance, ledger=tuple(rows))


@pytest.fixture(scope="module", params=range(10))
def world(request):
    return Further(request.param)


def policy(*rules, **values):
    return replace(BASE, rules=(*rules, *BASE.rules), **values)


def named(instance, rules, pairs):
    found = judge_pairs(instance, rules, pairs)
    return {(x.rule, x.group) for x in found.breaches} | {(x.rule, x.group) for x in found.rules if not x.ok}


def moved(pairs, name, post):
    return tuple((t, post if t == name else n) for t, n in pairs)


def without(pairs, name):
    return tuple(p for p in pairs if p[0] != name)


def test_a_balance_by_site_and_subject(world):
    """As many go as come; with one more to the west, or one less, both schools are out of balance."""
    rules = policy(balance("even", "home * subject", when="home in 'X-east'|'X-west'", at_least=0, at_most=0))
    assert named(world.instance, rules, world.pairs) == set()
    both = {("even", f"X-east * {world.subject}"), ("even", f"X-west * {world.subject}")}
    more = (*world.pairs, (f"X-east-{world.many}", "N-X-west"))
    assert named(world.instance, rules, more) == both
    assert named(world.instance, rules, without(world.pairs, "X-west-0")) == both
    slack = policy(balance("even", "home", when="home in 'X-east'|'X-west'", at_least=-1, at_most=1))
    assert named(world.instance, slack, more) == set()


def test_a_cap_on_sites(world):
    rules = policy(quota("two-sites", when="host.county = 访县", measure="sites", per="home", at_most=2))
    assert named(world.instance, rules, world.pairs) == set()
    assert named(world.instance, rules, moved(world.pairs, "visit-2", "N-visit-2")) == {("two-sites", "S-visits")}


def test_a_floor_of_sites(world):
    rules = policy(quota("two-sites", when="host.county = 访县", measure="sites", at_least=2))
    assert named(world.instance, rules, world.pairs) == set()
    assert named(world.instance, rules, moved(world.pairs, "visit-0", "N-visit-1")) == {("two-sites", "plan")}


def test_class_hours_with_those_credited(world):
    """Placed and credited are 120 or half an hour more; an hour less, or no credit, is too little."""
    floor = quota("hours", when="mode = part_time", measure="class_hours", per="teacher_id", at_least=HOURS,
                  plus="credited_hours", from_seats=1)
    short = {("hours", "hours")}
    assert named(world.taught, policy(floor, TAUGHT), world.pairs) == set()
    assert named(world.taught, policy(floor, TAUGHT), moved(world.pairs, "hours", "N-less")) == short
    assert named(world.taught, policy(floor), world.pairs) == short
    assert named(world.instance, policy(floor, TAUGHT), world.pairs) == short


def test_a_fair_goal_that_is_stated(world):
    """Of a plan's true goals, each raised or lowered by one is found out."""
    rules = policy(goals=(Goal("fair", leximin=True), Goal("fill")))
    bare = plan(world.instance, rules, *world.pairs)
    true = tuple(GoalLine(g.goal, g.value, g.value, g.value, 0.0) for g in audit(world.instance, rules, bare).goals)
    assert len(true) > 2

    def false(lines):
        found = audit(world.instance, rules, replace(bare, goals=lines))
        return {x.group for x in found.breaches if x.group.startswith("goals")}

    assert false(true) == set()
    for at in {0, 1, len(true) - 2, world.random.randrange(len(true) - 1)}:
        off = true[at].value + world.random.choice((-1, 1))
        wrong = true[at]._replace(value=off, best=off, bound=off)
        assert false((*true[:at], wrong, *true[at + 1:])) == {f"goals.{at + 1}.fair.value"}
    assert false((true[0], *true[2:])) == {"goals"}


def test_what_is_there_already_counts_against_a_cap(world):
    """A school with room for as many as come has none for one more exchange teacher."""
    cap = quota("cap", per="host", when="host = 'X-west'", at_most=world.many + 2, plus="host.exchange_staff")

    def there(many):
        return replace(world.instance, staffing=(*world.instance.staffing,
                                                 b.staffing("X-west", world.stage, exchange_staff=many)))

    assert named(there(2), policy(cap), world.pairs) == set()
    assert named(there(3), policy(cap), world.pairs) == {("cap", "X-west")}
    assert named(there(99), policy(cap), ()) >= {("cap", "X-west")}
