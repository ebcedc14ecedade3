"""Pairs that hang on a missing value: refused or open as the policy reads what is not known (Contract 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.domain.text import Text
from matching.policy.conditions import Conditions
from matching.policy.model import Require
from matching.problem.arcs import eligible
from matching.problem.coarse import allowed
from matching.problem.conditions import Bools, Pairs
from matching.problem.credits import CreditedFields
from matching.problem.fields import Fields
from matching.problem.problem import hard_requires
from matching.studies.case import Case
from matching.studies.study import Column, Study


class UnverifiedRow(NamedTuple):
    """A teacher for whom `field` is missing, so that it stays open whether `posts` posts keep to `rule`.

    `placed` tells whether the plan places the teacher in one of them.
    """

    rule: str
    teacher: str
    field: str
    posts: int
    placed: bool


COLUMNS = (
    Column("rule", Text("规则", "Rule"), "rule"),
    Column("teacher", Text("教师", "Teacher"), "teacher"),
    Column("field", Text("缺少的内容", "What is missing"), "field"),
    Column("posts", Text("涉及岗位数", "Posts concerned"), "integer"),
    Column("placed", Text("已安置在其中", "Placed in one of them"), "yes_no"),
)


def rows(case: Case) -> tuple[UnverifiedRow, ...]:
    """Return rule by rule the teachers concerned; the same whether the policy refuses or accepts what is missing.

    A pair hangs on a rule that it meets if missing values are accepted and does not if they are refused, where it
    meets every other hard rule at least if missing values are accepted.
    """
    strict, lenient = (CreditedFields(case.instance, replace(case.policy, unknown=how)) for how in ("refuse", "accept"))
    open_ = eligible(hard_requires(case.policy), lenient).pairs
    return tuple(row for rule in case.policy.active(Require) for row in _of(case, rule, open_, strict, lenient))


def _of(case: Case, rule: Require, open_: Pairs, strict: Fields, lenient: Fields) -> Iterator[UnverifiedRow]:
    hangs = allowed(rule, lenient, open_) & ~allowed(rule, strict, open_)
    if not hangs.any():
        return
    pairs = Pairs(open_.teacher[hangs], open_.need[hangs])
    taken = _taken(case, pairs)
    for name in _left(rule.that):
        missing = _missing(name, strict, pairs)
        teachers, posts = np.unique(pairs.teacher[missing], return_counts=True)
        placed = set(pairs.teacher[missing & taken].tolist())
        for at, n in zip(teachers.tolist(), posts.tolist(), strict=True):
            yield UnverifiedRow(rule.id, case.instance.teachers[at].teacher_id, name, n, at in placed)


def _left(conditions: Conditions) -> list[str]:
    return list(dict.fromkeys(clause.field for c in conditions for clause in c.clauses))


def _missing(name: str, fields: Fields, pairs: Pairs) -> Bools:
    array = fields.on_pairs(name, *pairs).array
    return np.asarray(np.isnan(array) if array.ndim == 1 else np.isnan(array).all(axis=1))


def _taken(case: Case, pairs: Pairs) -> Bools:
    """Tell which pairs are placements of the plan."""
    n = max(len(case.instance.needs), 1)
    mine = case.pairs(case.placements)
    return np.isin(pairs.teacher.astype(np.int64) * n + pairs.need, mine.teacher * n + mine.need)


UNVERIFIED = Study("unverified", Text("待核实", "To be verified"), COLUMNS, rows)
