"""What an auditor keeps from plan to plan changes no judgement."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import Auditor, audit, goal_values
from matching.policy import load
from tests import kinds
from tests.audit.helpers import plan
from tests.policies import random_policies
from tests.strategies import instances

SETTINGS = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def plans(instance, under):
    """Several plans, of eligible pairs or not, each named as the policy's own or after one of its variants."""
    every = [(t.teacher_id, n.need_id) for t in instance.teachers for n in instance.needs]
    pairs = st.lists(st.sampled_from(every), max_size=6) if every else st.just([])
    names = st.sampled_from(["main", *(variant.id for variant in under.variants)])
    one = st.builds(lambda some, name: plan(instance, under, *some, plan=name), pairs, names)
    return st.lists(one, min_size=2, max_size=4)


def judged_alike(instance, under, data):
    auditor = Auditor(instance, under)
    for one in data.draw(plans(instance, under)):
        assert auditor.audit(one) == audit(instance, under, one)
        assert auditor.goal_values(one.placements) == goal_values(instance, under, one.placements)


@SETTINGS
@given(instances(), random_policies(), st.data())
def test_one_auditor_judges_plans_as_a_new_one_does(instance, under, data):
    judged_alike(instance, under, data)


@SETTINGS
@given(kinds.with_ledgers(), kinds.further_policies(), st.data())
def test_with_rules_of_every_kind(instance, under, data):
    judged_alike(instance, under, data)


@SETTINGS
@given(instances(), st.data())
def test_with_the_variants_of_a_shipped_policy(instance, data):
    judged_alike(instance, load("gansu_2014"), data)
