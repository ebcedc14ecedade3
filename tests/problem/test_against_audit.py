"""The problem and the audit agree on random policies of every kind of rule."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import kinds
from tests.agreement import agree_on_a_choice, agree_on_pairs
from tests.policies import random_policies
from tests.problem.further import further_instances, further_policies
from tests.strategies import instances


def some(examples):
    return settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))


@some(40)
@given(instances(), random_policies())
def test_the_same_pairs_are_eligible(instance, policy):
    agree_on_pairs(instance, policy)


@some(30)
@given(kinds.with_ledgers(), kinds.further_policies())
def test_the_same_pairs_are_eligible_with_ledgers(instance, policy):
    agree_on_pairs(instance, policy)


@some(60)
@given(instances(), random_policies(), st.data())
def test_a_choice_of_arcs_is_feasible_just_where_the_audit_passes_it(instance, policy, data):
    agree_on_a_choice(instance, policy, data)


@some(30)
@given(kinds.with_ledgers(), kinds.further_policies(), st.data())
def test_a_choice_of_arcs_with_ledgers(instance, policy, data):
    agree_on_a_choice(instance, policy, data)


@some(40)
@given(further_instances(), further_policies(), st.data())
def test_a_choice_of_arcs_under_several_of_the_further_kinds(instance, policy, data):
    agree_on_a_choice(instance, policy, data)
