"""The funnel says of many pairs at once what the rules say of each."""

from unittest.mock import patch

import numpy as np
from hypothesis import HealthCheck, given, settings

from matching.audit import facts, funnel, sieves
from matching.policy import load
from tests.strategies import instances

BASE = load("base")
SETTINGS = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def expected(found, instance, teacher):
    return sum(1 << at for at, need in enumerate(instance.needs) if not found.refusals(teacher, need.need_id))


def held_to_pairs(instance):
    found = facts(instance, BASE)
    order = [r.rule.id for r in found.requirements if r.rule.enforce == "hard"]
    for teacher in instance.teachers:
        person, free = found.senders[teacher.teacher_id], expected(found, instance, teacher.teacher_id)
        assert found.eligible_needs(teacher.teacher_id) == free
        assert found.funnel.any(person) == found.has_post(person) == bool(free)
        assert found.funnel.any(person, 1) == bool(free & 1)
        firsts = [order.index(found.refusals(teacher.teacher_id, need.need_id)[0]) for need in instance.needs
                  if not free]
        last = max(firsts, default=None)
        assert found.funnel.last(person) == (None if last is None else (last, order[last]))
    for at, need in enumerate(instance.needs):
        able = sum(1 << i for i, t in enumerate(instance.teachers)
                   if expected(found, instance, t.teacher_id) >> at & 1)
        assert found.funnel.left(found.receivers[need.need_id]) == able
    for alone, many in ((found.senders, len(instance.needs)), (found.receivers, len(instance.teachers))):
        some = tuple(alone.values())
        for among in (0, 1, (1 << many) - 1, 0b1010101 & (1 << many) - 1):
            assert list(found.funnel.each_any(some, among)) == [found.funnel.any(one, among) for one in some]


@SETTINGS
@given(instances())
def test_class_by_class(instance):
    held_to_pairs(instance)


@SETTINGS
@given(instances())
def test_pair_by_pair(instance):
    with patch.multiple(sieves, COARSE=0, LARGEST_TABLE=0):
        held_to_pairs(instance)


@SETTINGS
@given(instances())
def test_few_pairs_at_once(instance):
    with patch.multiple(sieves, COARSE=0, LARGEST_TABLE=0), patch.object(funnel, "AT_ONCE", 2):
        held_to_pairs(instance)


def test_no_round_asks_of_more_pairs_than_memory_is_meant_for():
    """Of ten people each of forty posts is asked about, as a rule refuses them all."""
    asked = []

    class Refusing(funnel.Funnel):
        def __init__(self):
            self._fine = [None]

        def _half(self, alone):
            return alone

        def _left(self, half, among):
            return among

        def _passing(self, halves, asked_now):
            asked.append(len(asked_now))
            return np.zeros(0, np.int64)

    with patch.object(funnel, "AT_ONCE", 50):
        assert Refusing().each_any([None] * 10, (1 << 40) - 1) == [False] * 10
    assert sum(asked) == 400
    assert max(asked) <= 50
