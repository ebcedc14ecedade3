"""The rules that gansu_2014, national_10_20 and tiny add to base: ten plans that break each, and ten that are clean."""

from dataclasses import replace
from fractions import Fraction

import pytest

from matching.policy import load
from tests.audit.helpers import judge_pairs
from tests.audit.test_mutations import TINY
from tests.audit.world import World

GANSU, NATIONAL, SMALL = load("gansu_2014"), load("national_10_20"), load(TINY)
PLAIN = 250  # volunteers without a backbone level


class Mixed(World):
    """A world with a post for all in a county of its own, and one that is paid for."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.sites = [s._replace(prefecture=s.prefecture or "中市") for s in self.sites]
        self.many = self.need("N-many", self.site("R-many", "receiver", county="丙县", prefecture="中市"), 2 * PLAIN)
        self.paid = self.need("N-paid", self.site("R-paid", "receiver", county="玛曲县", prefecture="西州"), 9)
        for at in range(PLAIN):
            self.teacher(f"P{at}", backbone=self.random.choice(("none", "school")))
        for at in range(self.random.randint(1, 4)):
            self.teacher(f"T-paid-{at}", at=self.paid)
        self.teacher("X-paid")
        self.payroll = 30000 * sum(need == self.paid for _, need in self.clean)

    def with_plain(self, share: Fraction, more: int = 0):
        """The clean plan and the most plain volunteers beside whom backbone are `share` of all, and `more`."""
        many = int(len(self.clean) / share) - len(self.clean) + more
        return (*self.pairs, *((f"P{at}", self.many) for at in range(many)))


@pytest.fixture(scope="module", params=range(10))
def world(request):
    return Mixed(request.param)


def fallen(world, rules, pairs):
    found = judge_pairs(world.instance, rules, pairs)
    return {x.rule for x in found.breaches}, {(x.rule, x.group) for x in found.rules if not x.ok}


def spent(rules, yuan):
    """The policy with a budget of so many yuan."""
    return replace(rules, rules=tuple(
        replace(r, at_most=Fraction(yuan)) if r.id == "budget" else r for r in rules.rules))


def gansu(world):
    """The policy with a budget that the clean plan spends."""
    return spent(GANSU, world.payroll)


def tiny(world, placed):
    """The policy with a budget for so many residents, at 20,000 each."""
    return spent(SMALL, 20000 * placed)


def test_gansu_clean(world):
    assert fallen(world, gansu(world), world.pairs) == (set(), set())


def test_gansu_backbone_share(world):
    fifth = Fraction(1, 5)
    county = ("backbone-share-county", "丙县")
    assert fallen(world, gansu(world), world.with_plain(fifth)) == (set(), {county})
    short = fallen(world, gansu(world), world.with_plain(fifth, more=1))
    assert short == ({"backbone-share"}, {county, ("backbone-share", "plan")})


def test_gansu_backbone_share_of_one_county(world):
    """A fifth of those in 丙县 is enough, a sixth is not."""
    five = (*world.pairs, *((f"P{at}", world.many) for at in range(4)), ("T-idle", world.many))
    assert fallen(world, gansu(world), five) == (set(), set())
    six = (*five, ("P4", world.many))
    assert fallen(world, gansu(world), six) == (set(), {("backbone-share-county", "丙县")})


def test_gansu_budget(world):
    over = (*world.pairs, ("X-paid", world.paid))
    assert fallen(world, gansu(world), over) == ({"budget"}, {("budget", "plan")})


def test_gansu_language_is_elastic(world):
    assert fallen(world, gansu(world), world.breakers["language"](world.pairs)) == (set(), {("language", "plan")})


def test_national_exchange_share(world):
    """A tenth of those who have an eligible post: the plain ones top up those of the clean plan who go to the country.

    The spare post's school sends too, and is not rural.
    """
    line = next(r for r in judge_pairs(world.instance, NATIONAL, world.pairs).rules if r.rule == "exchange-share")
    went, eligible = map(int, str(line.value).split("/"))
    assert went == sum(need != "N-spare" for _, need in world.pairs)
    assert PLAIN + len(world.pairs) < eligible < len(world.teachers)
    enough = -(-eligible // 10) - went
    pairs = (*world.pairs, *((f"P{at}", world.many) for at in range(enough)))
    assert fallen(world, NATIONAL, pairs)[0] == set()
    assert fallen(world, NATIONAL, pairs[:-1])[0] == {"exchange-share"}


def test_national_backbone_share(world):
    tenth = world.with_plain(Fraction(1, 5))
    assert fallen(world, NATIONAL, tenth)[0] == set()
    assert fallen(world, NATIONAL, world.with_plain(Fraction(1, 5), more=1))[0] == {"backbone-share"}


def test_national_share_of_each_home_is_only_measured(world):
    lines = fallen(world, NATIONAL, world.with_plain(Fraction(1, 5)))
    assert lines[0] == set()
    assert ("exchange-share-home", "S-closed") in lines[1]
    assert ("exchange-share-home", "S-free") not in lines[1]


def test_tiny_budget(world):
    pairs = (*world.pairs, ("T-idle", world.many))
    assert fallen(world, tiny(world, len(pairs)), pairs) == (set(), set())
    assert fallen(world, tiny(world, len(pairs) - 1), pairs) == ({"budget"}, {("budget", "plan")})


def test_tiny_backbone_shares(world):
    """In 丙县 two of five are 0.4, two of six are less."""
    county = ("backbone-share-county", "丙县")
    five = (*world.pairs, *((t, world.many) for t in ("T-idle", "X-paid", "P0", "P1", "P2")))
    assert fallen(world, tiny(world, 999), five) == (set(), set())
    assert fallen(world, tiny(world, 999), (*five, ("P3", world.many))) == (set(), {county})
    short = fallen(world, tiny(world, 999), world.with_plain(Fraction(1, 5), more=1))
    assert short == ({"backbone-share"}, {county, ("backbone-share", "plan")})
