"""Teachers who could trade places to the gain of each."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest

from matching.audit import audit
from matching.domain.plan import Plan
from matching.policy.model import Policy, Quota
from matching.studies import Case
from matching.studies.cycles import chosen, cycles
from matching.studies.gains import Wants, movers, wants
from matching.studies.swaps import Gain
from tests import builders as b
from tests.studies.cases import BASE, TITLE, case, policy, rows, when


def made(rules: Policy, people: list[dict[str, Any]], **needs: dict[str, Any]) -> Case:
    """Teacher k of school Sk in post Nk at school Hk, all of them a county of their own."""
    n = range(1, len(people) + 1)
    sites = [s for k in n for s in (b.site(f"S{k}", "sender", county=f"S{k}县"),
                                    b.site(f"H{k}", "receiver", county=f"H{k}县"))]
    posts = [b.need(f"N{k}", f"H{k}", **needs.get(f"N{k}", {})) for k in n]
    staff = [b.teacher(f"T{k}", f"S{k}", **facts) for k, facts in zip(n, people, strict=True)]
    return case(b.instance(sites, posts, staff), rules, *((f"T{k}", f"N{k}") for k in n))


def test_two_who_each_wish_for_the_others_post() -> None:
    row, = rows("swaps", made(BASE, [{"pref_1": "H2"}, {"pref_1": "X", "pref_2": "N1"}]))
    assert row == (1, ("T1", "T2"), ("N2", "N1"), (Gain(None, 1, False, 0.0), Gain(None, 2, False, 0.0)))


def test_three_in_a_ring_and_four() -> None:
    ring = [{"pref_1": "H2"}, {"pref_1": "H3"}, {"pref_1": "H1"}]
    row, = rows("swaps", made(BASE, ring))
    assert (row.teachers, row.needs) == (("T1", "T2", "T3"), ("N2", "N3", "N1"))
    four = [{"pref_1": f"H{k}"} for k in (2, 3, 4, 1)]
    assert [r.teachers for r in rows("swaps", made(BASE, four))] == [("T1", "T2", "T3", "T4")]
    assert not rows("swaps", made(BASE, [{"pref_1": f"H{k}"} for k in (2, 3, 4, 5, 1)]))


def test_the_home_county_counts_where_wishes_are_equal() -> None:
    row, = rows("swaps", made(BASE, [{"home_county": "H2县"}, {"home_county": "H1县"}]))
    assert [g.home_county for g in row.gains] == [True, True]
    assert not rows("swaps", made(BASE, [{"home_county": "H2县", "pref_1": "H1"}, {"home_county": "H1县"}]))


@pytest.mark.parametrize(("km", "swapped"), [(29.0, True), (29.1, False)])
def test_nearer_means_by_a_kilometre(km: float, swapped: bool) -> None:
    base = made(BASE, [{}, {}])
    away = [b.distance("S1", "H1", 30.0), b.distance("S1", "H2", km), b.distance("S2", "H2", 30.0),
            b.distance("S2", "H1", 10.0)]
    one = b.instance(list(base.instance.sites), list(base.instance.needs), list(base.instance.teachers), distances=away)
    found = rows("swaps", case(one, BASE, ("T1", "N1"), ("T2", "N2")))
    assert [g.nearer for r in found for g in r.gains] == ([1.0, 20.0] if swapped else [])


@pytest.mark.parametrize(("people", "needs"), [
    ([{"pref_1": "H2"}, {"pref_1": "H1", "lock_need": "N2"}], {}),
    ([{"pref_1": "H2", "subject": "math"}, {"pref_1": "H1"}], {"N1": {"subject": "math"}}),
])
def test_who_is_locked_or_not_eligible_is_left_where_they_are(people: list[dict[str, Any]], needs: dict[str, Any]
                                                              ) -> None:
    assert not rows("swaps", made(BASE, people, **needs))


def test_a_swap_that_would_break_a_hard_rule_is_not_proposed() -> None:
    wish = [{"pref_1": "H2", "backbone": "city"}, {"pref_1": "H1"}, {"pref_1": "H4"}, {"pref_1": "H3"}]
    share = Quota(id="share", title=TITLE, when=when("host.county = H1县"), count=when("backbone = yes"),
                  at_least=Fraction(1), of="placed")
    assert [r.teachers for r in rows("swaps", made(policy(share), wish))] == [("T3", "T4")]


def test_nobody_is_in_two_swaps() -> None:
    found = rows("swaps", made(BASE, [{"pref_1": "H2"}, {"pref_1": "H1", "pref_2": "H3"}, {"pref_1": "H2"}]))
    assert [r.teachers for r in found] == [("T1", "T2")]


def crowd(n: int) -> Case:
    rng = random.Random(7)
    sites = [*(b.site(f"S{k}", "sender") for k in range(5)),
             *(b.site(f"H{k}", "receiver", county=f"{k % 7}县") for k in range(20))]
    needs = [b.need(f"N{k}", f"H{k}", n // 20) for k in range(20)]
    people = [b.teacher(f"T{k}", f"S{k % 5}", backbone=rng.choice(("none", "county")), pref_1=f"{rng.randrange(7)}县",
                        pref_2=f"H{rng.randrange(20)}") for k in range(n)]
    least = Quota(id="share", title=TITLE, count=when("backbone = yes"), of="placed", at_least=Fraction(2, 5),
                  per=("host.county",))
    return case(b.instance(sites, needs, people), policy(least),
                *((f"T{k}", f"N{k % 20}") for k in range(n)))


def test_every_swap_by_itself_passes_the_audit_where_the_plan_does() -> None:
    big = crowd(80)
    found = rows("swaps", big)
    assert found == rows("swaps", crowd(80))
    before = set(audit(big.instance, big.policy, big.plan).breaches)
    for row in found:
        to = dict(zip(row.teachers, row.needs, strict=True))
        moved = tuple(big.facts.placement(p.teacher, to.get(p.teacher, p.need)) for p in big.plan.placements)
        after = audit(big.instance, big.policy, Plan("edited", "unknown", 0, moved, edited=True)).breaches
        assert {(x.rule, x.group) for x in after} <= {(x.rule, x.group) for x in before}
    assert found


def test_cycles_are_disjoint_and_every_one_in_them_gains() -> None:
    big = crowd(200)
    moving = movers(big)
    wanted = wants(big, moving)
    gain = set(zip(wanted.tail.tolist(), wanted.head.tolist(), strict=True))
    taken = chosen(wanted, len(moving), lambda cycle: cycle[0] % 2 == 0, 10_000)
    members = [m for c in taken for m in c]
    assert len(members) == len(set(members))
    assert all(edge in gain for c in taken for edge in zip(c, (*c[1:], c[0]), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_cycles_are_those_that_networkx_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tail, head = np.nonzero(rng.random((14, 14)) < 0.3)
    keep = tail != head
    gain = rng.integers(-5, 6, (3, int(keep.sum())))
    wanted = Wants(tail[keep], head[keep], *gain)
    graph = nx.DiGraph(zip(tail[keep].tolist(), head[keep].tolist(), strict=True))
    rings = {_turned(c) for c in nx.simple_cycles(graph, length_bound=4)}
    for length in (2, 3, 4):
        found = cycles(wanted, 14, length)
        assert len(found) == len(set(found))
        assert set(found) == {c for c in rings if len(c) == length}
        totals = [_total(wanted, c) for c in found]
        assert totals == sorted(totals, reverse=True)


def _turned(ring: list[int]) -> tuple[int, ...]:
    at = ring.index(min(ring))
    return (*ring[at:], *ring[:at])


def _total(wanted: Wants, cycle: tuple[int, ...]) -> tuple[int, ...]:
    gains = np.stack([wanted.steps, wanted.home, wanted.nearer], axis=1).tolist()
    gain = dict(zip(zip(wanted.tail.tolist(), wanted.head.tolist(), strict=True), gains, strict=True))
    return tuple(map(sum, zip(*(gain[e] for e in zip(cycle, (*cycle[1:], cycle[0]), strict=True)), strict=True)))
