"""Quotas as rows (Contract 2, "Quotas")."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from matching.policy.conditions import FieldRef
from matching.policy.model import Bound, Quota
from matching.problem.arcs import Arcs
from matching.problem.bases import base_values, bound_values
from matching.problem.conditions import holds
from matching.problem.facts import ArcFacts
from matching.problem.fields import Fields
from matching.problem.groups import Groups, groups_of
from matching.problem.program import INFINITE, Int64
from matching.problem.rows import Rows

UNITS = {"km": 10, "yuan": 1, "seats": 1, "class_hours": 1}
"""How many of the row's whole numbers one unit of a bound is: kilometres are counted in hectometres."""
THOUSAND = 1000
"""Yuan in one unit of shortfall."""


class Count(NamedTuple):
    """What a quota counts on the arcs, per group: `counted` and its base `placed` are (n_groups, n_arcs), sparse;
    `seats` counts the placements of the base as seats."""

    counted: sparse.csr_array
    placed: sparse.csr_array
    seats: sparse.csr_array


class Shortfall(NamedTuple):
    """Columns that hold an elastic rule's shortfall; each unit costs `penalty`."""

    rule: str
    columns: Int64
    penalty: int


class Form(NamedTuple):
    """One direction of a quota: at_least where `sign` is 1, at_most where it is -1.

    `limit` is None where it varies with the plan. `groups` are the positions of the groups that have a bound; the
    arrays are parallel to it. `most` is the largest count that the group's arcs allow, `seats` the largest number of
    placements that match `when`, `required` the largest limit there can be.
    """

    sign: int
    groups: Int64
    limit: Int64 | None
    share: Fraction
    most: Int64
    seats: Int64
    required: Int64


def quota_rows(rule: Quota, fields: Fields, arcs: Arcs, facts: ArcFacts, rows: Rows) -> list[Shortfall]:
    """Add the rows of `rule` and return the columns of its shortfall, where it is elastic."""
    groups = groups_of(rule.per, fields, arcs)
    count = _count(rule, groups, fields, arcs, facts)
    found = []
    for sign, bound in ((1, rule.at_least), (-1, rule.at_most)):
        if bound is not None:
            form = _form(rule, sign, bound, groups, count, fields, arcs)
            found.extend(_add(rule, form, groups, count, rows))
    return found


def home_only(rule: Quota) -> bool:
    """Tell whether the quota counts only those who leave home."""
    return any(name.startswith("home.") or name == "staffing.row" for name in rule.per)


def _count(rule: Quota, groups: Groups, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Count:
    base = holds(rule.when, fields, arcs.pairs)
    if home_only(rule):
        base &= facts.resident
    counted = base & holds(rule.count, fields, arcs.pairs)
    measure = {"seats": np.ones(len(arcs), np.int64), "km": facts.costed_hectometres.astype(np.int64),
               "yuan": facts.yuan, "class_hours": facts.hours}[rule.measure]
    by_group = groups.arcs.T.tocsr()
    return Count(_scaled(by_group, measure * counted), _scaled(by_group, measure * base),
                 _scaled(by_group, base.astype(np.int64)))


def _scaled(matrix: sparse.csr_array, values: Int64) -> sparse.csr_array:
    scaled = sparse.csr_array((values[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape, copy=True)
    scaled.eliminate_zeros()
    return scaled


def _form(rule: Quota, sign: int, bound: Bound, groups: Groups, count: Count, fields: Fields, arcs: Arcs) -> Form:
    bounds = bound_values(rule, bound, groups, fields)
    stated = np.array([g for g, b in enumerate(bounds) if b is not None], np.int64)
    seats = _most_seats(rule, count.seats, arcs, fields)[stated]
    most = np.asarray(count.counted.sum(axis=1), np.int64).reshape(-1)[stated]
    if rule.measure == "seats":
        most = np.minimum(most, seats)
    if rule.of == "placed":
        share = bound if isinstance(bound, Fraction) else Fraction(0)
        base = seats if rule.measure == "seats" else np.asarray(count.placed.sum(axis=1), np.int64).reshape(-1)[stated]
        return Form(sign, stated, None, share, most, seats, -(-share.numerator * base // share.denominator))
    bases = base_values(rule, groups, fields, arcs)
    rounded = ceil if sign > 0 else floor
    exact = [bounds[g] * bases[g] * UNITS[rule.measure] for g in stated.tolist()]
    limit = np.array([rounded(v) for v in exact], np.int64)
    binding = limit > 0 if sign > 0 else most > limit
    return Form(sign, stated[binding], limit[binding], Fraction(0), most[binding], seats[binding], limit[binding])


def _most_seats(rule: Quota, placed: sparse.csr_array, arcs: Arcs, fields: Fields) -> Int64:
    """Return the largest number of placements in each group: no more than arcs, nor than seats that others cap."""
    n_arcs = np.diff(placed.indptr).astype(np.int64)
    if caps_seats(rule) or not any(caps_seats(q) for q in fields.policy.active(Quota)):
        return np.asarray(n_arcs)
    at = placed.tocoo()
    pairs = np.unique(np.stack([at.row.astype(np.int64), arcs.need[at.col].astype(np.int64)]), axis=1)
    seats = np.array([n.count for n in fields.instance.needs], np.int64)
    capacity = np.bincount(pairs[0], seats[pairs[1]], placed.shape[0]).astype(np.int64)
    return np.asarray(np.minimum(capacity, n_arcs))


def caps_seats(rule: Quota) -> bool:
    """Tell whether `rule` keeps every post to its seats."""
    return (rule.per == ("need.need_id",) and rule.at_most == FieldRef("need.count") and rule.enforce == "hard"
            and not rule.when and not rule.count and rule.of is None)


def _add(rule: Quota, form: Form, groups: Groups, count: Count, rows: Rows) -> list[Shortfall]:
    n = len(form.groups)
    if not n:
        return []
    labels = [groups.labels[g] for g in form.groups.tolist()]
    if _exact_without_indicator(rule, form):
        _add_floor_of_one(rule, form, labels, count, rows)
        return []
    each: Int64 = np.arange(n)
    terms: list[tuple[ArrayLike, ArrayLike, ArrayLike]] = [_terms(count.counted, form.groups, 1)]
    bound = np.zeros(n, np.int64) if form.limit is None else form.limit
    if form.limit is None:
        terms.append((each, _required(rule, form, labels, count, rows), -1))
    if rule.from_seats is not None:
        give = form.sign * _freed(form)
        terms.append((each, _indicator(rule, form, labels, count, rows), -give))
        bound = bound - give
    shortfall = _shortfall(rule, form, rows)
    if shortfall is not None:
        terms.append((each, shortfall.columns, form.sign * (THOUSAND if rule.measure == "yuan" else 1)))
    limits = (bound, INFINITE) if form.sign > 0 else (-INFINITE, bound)
    rows.add_rows(rule.id, labels, terms, *limits)
    return [] if shortfall is None else [shortfall]


def _terms(matrix: sparse.csr_array, groups: Int64, factor: int) -> tuple[Int64, Int64, Int64]:
    part = matrix[groups].tocoo()
    return part.row.astype(np.int64), part.col.astype(np.int64), part.data * factor


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


def _freed(form: Form) -> Int64:
    """Return how far the bound must give way where it does not bind."""
    if form.sign > 0:
        return form.required
    return form.most if form.limit is None else form.most - form.limit


def _shortfall(rule: Quota, form: Form, rows: Rows) -> Shortfall | None:
    if rule.enforce != "elastic":
        return None
    unit = THOUSAND if rule.measure == "yuan" else 1
    worst = form.required if form.sign > 0 else form.most
    return Shortfall(rule.id, rows.add_columns(-(-worst // unit)), rule.penalty)


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
