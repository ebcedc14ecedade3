"""What is answered of many at once is what is answered of each alone."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import facts
from matching.audit.measures import all_class_hours, class_hours
from matching.audit.over import CODES, holds
from matching.audit.rolls import Roll
from matching.audit.values import classes, coded
from tests import builders as b
from tests import kinds
from tests.audit.helpers import cond, policy
from tests.policies import random_policies
from tests.strategies import instances

SETTINGS = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
FIELDS = ("km", "minutes", "pairing", "mode", "preference", "subject_fit", "backbone", "age", "host.county",
          "languages", "credited_hours", "home.exchange_staff", "need.term", "host.dorm", "same_prefecture")


def all_pairs(found):
    """Every teacher beside every need, teacher by teacher."""
    teachers, needs = len(found.instance.teachers), len(found.instance.needs)
    return Roll(found.book, np.repeat(np.arange(teachers), needs), np.tile(np.arange(needs), teachers))


def held_to_pairs(instance, under):
    found = facts(instance, under)
    roll = all_pairs(found)
    pairs = [found.pair(t.teacher_id, n.need_id) for t in instance.teachers for n in instance.needs]
    assert [roll.pair(at) for at in range(len(roll))] == pairs
    for name in FIELDS:
        field = found.field(name)
        assert roll.column(field).each() == [field.raw(pair) for pair in pairs], name
    for rule in found.requirements:
        assert rule.over(roll).tolist() == [CODES[rule.verdict(pair)] for pair in pairs], rule.rule.id
        assert rule.refused(roll).tolist() == [rule.refuses(pair) for pair in pairs]
        assert holds(rule.when, roll).tolist() == [rule.when.hold(pair) for pair in pairs]
    assert found.yuan_over(roll).each() == [found.yuan(pair) for pair in pairs]
    assert all_class_hours(found, roll).each() == [class_hours(found, pair) for pair in pairs]
    ids = [(pair.teacher.teacher_id, pair.need.need_id) for pair in pairs]
    assert list(found.placements(roll)) == [found.placement(*both) for both in ids]
    assert found.first_refusals(roll) == [next(iter(found.refusals(*both)), None) for both in ids]


@SETTINGS
@given(instances(), random_policies())
def test_fields_rules_and_facts(instance, under):
    held_to_pairs(instance, under)


@SETTINGS
@given(kinds.with_ledgers(), kinds.further_policies())
def test_with_ledgers(instance, under):
    held_to_pairs(instance, under)


CLAUSES = ("lock_need = need_id", "lock_need != need_id", "host in avoid_sites", "host not in avoid_sites|host.dorm",
           "km <= max_km", "km > 20", "max_km is given", "title >= need.min_title", "need.min_title is empty",
           "backbone = yes", "backbone in no|need.backbone_required", "languages = host.language; home != host",
           "languages != '藏语'", "joined < 2016-09")


@SETTINGS
@given(instances(), st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=3))
def test_conditions_with_missing_values(instance, texts):
    found = facts(instance, policy())
    criteria, roll = found.reader.criteria(cond(*texts), "r"), all_pairs(found)
    assert holds(criteria, roll).tolist() == [criteria.hold(roll.pair(at)) for at in range(len(roll))]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 10**6)), max_size=30))
def test_classes_come_in_the_order_of_their_firsts(rows):
    looks = [np.array([row[at] for row in rows], np.int64) for at in range(3)]
    first, codes = classes(len(rows), looks)
    expected = coded(rows)
    assert codes.tolist() == expected.codes.tolist()
    assert [rows[at] for at in first] == list(expected.values)


def test_looks_too_wide_for_one_number_are_told_apart():
    wide = np.array([0, 2**40, 0, 2**40], np.int64)
    first, codes = classes(4, [wide, wide[::-1].copy()])
    assert (first.tolist(), codes.tolist()) == ([0, 1], [0, 1, 0, 1])


def test_a_roll_of_nobody():
    instance = b.instance([b.site("S1"), b.site("R1")], [b.need("N1", "R1")], [b.teacher("T1", "S1")])
    found = facts(instance, policy())
    roll = found.roll([])
    assert len(roll) == 0
    assert list(found.placements(roll)) == []
    assert roll.column(found.field("pairing")).each() == []
