"""Blocking pairs and envy, against their definitions read teacher by teacher with the audit."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from matching.audit import audit, facts
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.terms import BACKBONE, TITLE
from matching.policy.model import Policy
from matching.problem import Problem, compile
from matching.problem.standing import NONE
from matching.studies.blocking import blocking_pairs
from matching.studies.claims import Claims
from matching.studies.envy import envies
from matching.studies.seating import NOBODY, Seating
from tests import builders as b
from tests.policies import random_policies
from tests.strategies import ALL, instances
from tests.studies.cases import BASE

Seats = dict[str, str]


class Reader:
    """Reads the definitions one pair at a time."""

    def __init__(self, instance: Instance, policy: Policy, seats: Seats) -> None:
        self.instance, self.policy, self.seats = instance, policy, seats
        self.facts = facts(instance, policy)
        self.before = self.breaches(seats)

    def breaches(self, seats: Seats) -> set[tuple[str, str]]:
        placed = tuple(self.facts.placement(t, n) for t, n in seats.items())
        plan = Plan("main", "unknown", 0, placed, edited=True)
        return {(x.rule, x.group) for x in audit(self.instance, self.policy, plan).breaches}

    def keeps(self, changes: dict[str, str | None]) -> bool:
        after = {t: n for t, n in {**self.seats, **changes}.items() if n is not None}
        return not self.breaches(after) - self.before

    def eligible(self, teacher: str, need: str) -> bool:
        return self.facts.eligible(teacher, need)

    def wish(self, teacher: str, need: str | None) -> int:
        return 5 if need is None else self.facts.placement(teacher, need).preference or 4

    def rather(self, teacher: str, need: str) -> bool:
        return self.wish(teacher, need) < self.wish(teacher, self.seats.get(teacher))

    def merit(self, teacher: str) -> tuple[int, int, float]:
        one = self.instance.teacher[teacher]
        score = -1.0 if one.score is None else one.score
        return BACKBONE.rank(self.instance.backbone_level(one)), TITLE.rank(one.title), score

    def ways(self, teacher: str, need: str) -> list[dict[str, str | None]]:
        """How the pair could come about: in a free seat, or in the seat of one whom the post likes less."""
        there = [t for t, n in self.seats.items() if n == need]
        free = [{teacher: need}] if len(there) < self.instance.need[need].count else []
        return [*free, *({teacher: need, other: None} for other in there if self.merit(other) < self.merit(teacher))]

    def blocking(self) -> set[tuple[str, str, bool]]:
        """The open ones, and whether each could be avoided."""
        return {(t.teacher_id, n.need_id, any(map(self.keeps, ways)))
                for t in self.instance.teachers for n in self.instance.needs
                if self.eligible(t.teacher_id, n.need_id) and self.rather(t.teacher_id, n.need_id)
                and (ways := self.ways(t.teacher_id, n.need_id))}

    def refused(self) -> set[tuple[str, str]]:
        return {(t.teacher_id, n.need_id) for t in self.instance.teachers for n in self.instance.needs
                if not self.eligible(t.teacher_id, n.need_id) and self.wish(t.teacher_id, n.need_id) < 4
                and t.status == "approved" and not t.deferred and n.stage in t.stages
                and self.facts.placement(t.teacher_id, n.need_id).subject_fit != "none"
                and self.rather(t.teacher_id, n.need_id) and self.ways(t.teacher_id, n.need_id)}

    def envy(self) -> list[int]:
        """How many envy; of those how many could trade; and how many of those without harm."""
        counted = [0, 0, 0]
        for t in self.instance.teachers:
            kinds = [self._trade(t.teacher_id, other, need) for other, need in self.seats.items()
                     if self.eligible(t.teacher_id, need) and self.rather(t.teacher_id, need)]
            for at, found in enumerate((bool(kinds), any(a for a, _ in kinds), any(a and h for a, h in kinds))):
                counted[at] += found
        return counted

    def _trade(self, teacher: str, other: str, need: str) -> tuple[bool, bool]:
        own = self.seats.get(teacher)
        if own is None:
            return self.keeps({teacher: need, other: None}), False
        if not self.eligible(other, own):
            return False, False
        return self.keeps({teacher: need, other: own}), self.wish(other, own) <= self.wish(other, need)


def seating(problem: Problem, seats: Seats) -> Seating:
    return Seating.of(Claims(problem), [facts(problem.instance, problem.policy).placement(*p) for p in seats.items()])


def sound(problem: Problem, data: st.DataObject) -> Seats:
    """Some placements that break no rule together, as far as they can be drawn."""
    n = len(problem.arcs)
    drawn = data.draw(st.lists(st.integers(0, n - 1), max_size=7)) if n else []
    seats: Seats = {}
    for arc in drawn:
        teacher = problem.instance.teachers[problem.arcs.teacher[arc]].teacher_id
        need = problem.instance.needs[problem.arcs.need[arc]].need_id
        if teacher not in seats and Reader(problem.instance, problem.policy, seats).keeps({teacher: need}):
            seats[teacher] = need
    return seats


FEATURES = ALL - {"locks", "mandatory", "languages", "ledger", "dictionary"}


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(instances(features=FEATURES), random_policies(most=2), st.data())
def test_they_are_what_the_definitions_say(instance: Instance, policy: Policy, data: st.DataObject) -> None:
    problem = compile(instance, policy)
    seats = sound(problem, data)
    reader = Reader(instance, policy, seats)
    found = blocking_pairs(seating(problem, seats))
    named = [(instance.teachers[t].teacher_id, instance.needs[n].need_id)
             for t, n in zip(found.teacher, found.need, strict=True)]
    open_ = {(*pair, rule == NONE) for pair, rule, arc in zip(named, found.rule, found.arc, strict=True) if arc >= 0}
    event(f"open: {min(len(open_), 3)}, avoidable: {any(one[2] for one in open_)}")
    assert open_ == reader.blocking()
    assert {pair for pair, arc in zip(named, found.arc, strict=True) if arc < 0} == reader.refused()
    assert len(named) == len(set(named))
    assert list(envies(seating(problem, seats)).counted) == reader.envy()


def county(people: list[dict[str, Any]], *needs: tuple[str, int]) -> Problem:
    """Teachers T1, T2, ... of one school, needs at schools of their own."""
    sites = [b.site("S", "sender"), *(b.site(f"H{k + 1}", "receiver") for k in range(len(needs)))]
    posts = [b.need(name, f"H{k + 1}", count) for k, (name, count) in enumerate(needs)]
    return compile(b.instance(sites, posts, [b.teacher(f"T{k + 1}", "S", **p) for k, p in enumerate(people)]), BASE)


def test_one_of_less_merit_sits_where_another_wishes_to_be() -> None:
    problem = county([{"pref_1": "N1", "backbone": "city"}, {}], ("N1", 1), ("N2", 1))
    found = blocking_pairs(seating(problem, {"T1": "N2", "T2": "N1"}))
    assert (found.teacher.tolist(), found.need.tolist(), found.instead.tolist()) == ([0], [0], [1])
    assert found.counted == (0, 1)
    assert envies(seating(problem, {"T1": "N2", "T2": "N1"})).counted == (1, 1, 1)


def test_equals_do_not_drive_each_other_out_and_envy_that_only_moves_is_not_avoidable() -> None:
    problem = county([{"pref_1": "N1"}, {"pref_1": "N1"}], ("N1", 1), ("N2", 1))
    seats = seating(problem, {"T1": "N2", "T2": "N1"})
    assert blocking_pairs(seats).counted == (0, 0)
    assert envies(seats).counted == (1, 1, 0)


def test_a_free_seat_that_a_rule_closes_names_the_rule() -> None:
    sites = [b.site("S", "sender"), b.site("H1", "receiver", receive_max=1)]
    posts = [b.need("N1", "H1"), b.need("N2", "H1")]
    one = b.instance(sites, posts, [b.teacher("T1", "S"), b.teacher("T2", "S", pref_1="N2")])
    problem = compile(one, BASE)
    found = blocking_pairs(seating(problem, {"T1": "N1"}))
    assert [BASE.rules[at].id for at in found.rule.tolist()] == ["receive-max"]
    assert (found.teacher.tolist(), found.need.tolist(), found.instead.tolist()) == ([1], [1], [NOBODY])


def test_who_is_without_wishes_envies_nobody_while_placed() -> None:
    problem = county([{}, {}], ("N1", 1), ("N2", 1))
    assert envies(seating(problem, {"T1": "N1", "T2": "N2"})).counted == (0, 0, 0)
