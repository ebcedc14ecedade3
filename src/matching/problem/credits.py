"""Part-time service already given, and what the policy credits it with (Contract 2, "Rules")."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.vocabulary import fold
from matching.policy.model import Credit
from matching.problem.conditions import Pairs, condition_fields, holds
from matching.problem.fields import CREDITED, Fields

Served = Mapping[int, Mapping[str, Fraction]]
"""The quantity of each activity, folded, by the teacher's position."""


class CreditedFields(Fields):
    """The fields with `credited_hours`, which rules with conditions on the others make."""

    def raw(self, name: str) -> list[Any]:
        """Return a field's values as the records hold them, over teachers or over needs."""
        return self._credited if name == CREDITED else super().raw(name)

    @cached_property
    def _credited(self) -> list[Any]:
        return [*credited_hours(self)]


def credited_hours(fields: Fields) -> list[float]:
    """Return the class-hours that each teacher's ledger is credited by the policy's rules, 0 without any.

    Of one activity the first rule that the teacher matches counts, up to its `at_most`.

    Raises
    ------
    InputError
        Where a rule's `when` asks for the credited hours themselves.
    """
    served = _served(fields.instance)
    total = [Fraction(0)] * len(fields.instance.teachers)
    rules = [r for r in fields.policy.active(Credit) if r.unit == "class_hours"]
    done: set[tuple[int, str]] = set()
    for rule in (r for r in rules if r.activity != "placement"):
        activity = fold(rule.activity)
        for teacher in _matching(rule, served, fields):
            quantity = served[teacher].get(activity)
            if quantity is not None and (teacher, activity) not in done:
                done.add((teacher, activity))
                total[teacher] += rule.amount * (quantity if rule.at_most is None else min(quantity, rule.at_most))
    return [float(hours) for hours in total]


def _served(instance: Instance) -> Served:
    at = {t.teacher_id: i for i, t in enumerate(instance.teachers)}
    served: dict[int, dict[str, Fraction]] = {}
    for row in instance.ledger:
        mine = served.setdefault(at[row.teacher_id], {})
        activity = fold(row.activity)
        mine[activity] = mine.get(activity, Fraction(0)) + Fraction(repr(row.quantity))
    return served


def _matching(rule: Credit, served: Served, fields: Fields) -> list[int]:
    """Return the positions of those teachers in the ledger that the rule speaks of."""
    if CREDITED in condition_fields(rule.when):
        raise InputError([error(
            "credit_of_itself", f"规则 {rule.id}：折算规则的适用条件不能用已折算课时（{CREDITED}）。",
            f"Rule {rule.id}: a credit rule's `when` cannot ask for {CREDITED}, which it makes.", value=CREDITED)])
    teachers = np.array(sorted(served), np.int64)
    return [int(t) for t in teachers[holds(rule.when, fields, Pairs(teachers, np.zeros(len(teachers), np.int64)))]]
