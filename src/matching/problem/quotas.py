"""Quotas as rows (Contract 2, "Quotas")."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from matching.policy.model import Quota
from matching.problem.counts import Cast, Count, Form
from matching.problem.program import INFINITE, Int32, Int64
from matching.problem.rows import Rows

THOUSAND = 1000
"""Yuan in one unit of shortfall."""


class Shortfall(NamedTuple):
    """Columns that hold an elastic rule's shortfall; each unit costs `penalty`."""

    rule: str
    columns: Int64
    penalty: int


def quota_rows(quota: Cast, rows: Rows) -> list[Shortfall]:
    """Add the rows of a quota and return the columns of its shortfall, where it is elastic."""
    return [s for form in quota.forms for s in _add(quota, form, rows)]


def _add(quota: Cast, form: Form, rows: Rows) -> list[Shortfall]:
    rule, groups, count = quota.rule, quota.groups, quota.count
    n = len(form.groups)
    if not n:
        return []
    labels = [groups.labels[g] for g in form.groups.tolist()]
    if _exact_without_indicator(rule, form):
        _add_floor_of_one(rule, form, labels, count, rows)
        return []
    each: Int64 = np.arange(n)
    terms: list[tuple[ArrayLike, ArrayLike, ArrayLike]] = [_counted(quota, form, labels, rows)]
    bound = np.zeros(n, np.int64) if form.limit is None else form.limit
    if form.limit is None:
        terms.append((each, _required(rule, form, labels, count, rows), -1))
    if rule.from_seats is not None:
        give = form.sign * form.worst
        terms.append((each, _indicator(rule, form, labels, count, rows), -give))
        bound = bound - give
    shortfall = _shortfall(rule, form, rows)
    if shortfall is not None:
        terms.append((each, shortfall.columns, form.sign * (THOUSAND if rule.measure == "yuan" else 1)))
    limits = (bound, INFINITE) if form.sign > 0 else (-INFINITE, bound)
    rows.add_rows(rule.id, labels, terms, *limits)
    return [] if shortfall is None else [shortfall]


def _terms(matrix: sparse.csr_array, groups: Int64, factor: int) -> tuple[Int32, Int32, Int64]:
    part = (matrix if len(groups) == matrix.shape[0] else matrix[groups]).tocoo()
    return part.row, part.col, part.data if factor == 1 else part.data * factor


def _counted(quota: Cast, form: Form, labels: list[str], rows: Rows) -> tuple[ArrayLike, ArrayLike, ArrayLike]:
    """Return the terms of what is counted: arcs, or a 0-1 column for each site that a group's arcs reach.

    A floor needs such a column to be 0 where no arc goes there, a cap needs it to be 1 where one does.
    """
    if quota.sites is None:
        return _terms(quota.count.counted, form.groups, 1)
    group, arc, one = _terms(quota.count.counted, form.groups, 1)
    base = int(quota.sites.max(initial=0)) + 1
    reached, visit = np.unique(group.astype(np.int64) * base + quota.sites[arc], return_inverse=True)
    columns, of_group = rows.add_columns(np.ones(len(reached), np.int64)), reached // base
    if form.sign > 0:
        rows.add_rows(quota.rule.id, [labels[g] for g in of_group.tolist()],
                      [(visit.reshape(-1), arc, one), (np.arange(len(reached)), columns, -1)], 0, INFINITE)
    else:
        each = np.arange(len(arc))
        rows.add_rows(quota.rule.id, [labels[g] for g in group.tolist()],
                      [(each, arc, one), (each, columns[visit.reshape(-1)], -1)], -INFINITE, 0)
    return of_group, columns, np.ones(len(columns), np.int64)


def _required(rule: Quota, form: Form, labels: list[str], count: Count, rows: Rows) -> Int64:
    """Add a whole-number column a group: the share of the placements there, rounded as the bound asks."""
    numerator, denominator = form.share.numerator, form.share.denominator
    columns = rows.add_columns(form.required)
    each = np.arange(len(columns))
    rows.add_rows(rule.id, labels, [(each, columns, np.int64(form.sign * denominator)),
                                    _terms(count.placed, form.groups, -form.sign * numerator)], 0, INFINITE)
    return columns


def _indicator(rule: Quota, form: Form, labels: list[str], count: Count, rows: Rows) -> Int64:
    """Add a 0-1 column a group that is 1 where the group has at least `from_seats` placements."""
    below = (rule.from_seats or 1) - 1
    columns = rows.add_columns(np.ones(len(labels), np.int64))
    rows.add_rows(rule.id, labels, [_terms(count.seats, form.groups, 1),
                                    (np.arange(len(labels)), columns, -np.maximum(form.seats - below, 0))],
                  -INFINITE, below)
    return columns


def _shortfall(rule: Quota, form: Form, rows: Rows) -> Shortfall | None:
    if rule.enforce != "elastic":
        return None
    unit = THOUSAND if rule.measure == "yuan" else 1
    return Shortfall(rule.id, rows.add_columns(-(-form.worst // unit)), rule.penalty)


def _exact_without_indicator(rule: Quota, form: Form) -> bool:
    return (rule.from_seats is not None and rule.enforce == "hard" and rule.measure == "seats" and form.sign > 0
            and form.limit is not None and bool((form.limit == 1).all()))


def _add_floor_of_one(rule: Quota, form: Form, labels: list[str], count: Count, rows: Rows) -> None:
    """State "one of them as soon as there are f" without an indicator.

    With at most H placements, ``placed - counted <= f - 1 + (H - f) * counted`` says just that: without one
    counted at most f - 1 are placed, with one at most H.
    """
    start = rule.from_seats or 1
    most = np.maximum(form.seats - start, 0)
    part = count.counted[form.groups].tocoo()
    rows.add_rows(rule.id, labels, [_terms(count.seats, form.groups, 1),
                                    (part.row, part.col, -part.data * (1 + most[part.row]))], -INFINITE, start - 1)
