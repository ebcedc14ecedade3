"""What a quota counts and the bound it sets, group by group (Contract 2, "Quotas")."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.policy.conditions import FieldRef
from matching.policy.model import Bound, Quota
from matching.problem.arcs import Arcs
from matching.problem.bases import base_values, bound_values, plus_values
from matching.problem.classes import Index
from matching.problem.conditions import Bools, holds
from matching.problem.facts import ArcFacts
from matching.problem.fields import Fields
from matching.problem.groups import Groups
from matching.problem.program import Int32, Int64

UNITS = {"km": 10, "yuan": 1, "seats": 1, "class_hours": 1, "sites": 1}
"""How many of the row's whole numbers one unit of a bound is: kilometres are counted in hectometres."""


class Count(NamedTuple):
    """What a quota counts on the arcs, per group: `counted` and its base `placed` are (n_groups, n_arcs), sparse;
    `seats` counts the placements of the base as seats."""

    counted: sparse.csr_array
    placed: sparse.csr_array
    seats: sparse.csr_array


class Form(NamedTuple):
    """One direction of a quota: at_least where `sign` is 1, at_most where it is -1.

    `limit` is None where it varies with the plan; what is there already (`plus`) is taken off it, so that it may be
    negative. `groups` are the positions of the groups that have a bound; the
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

    @property
    def worst(self) -> Int64:
        """How far a group can fall short at most."""
        if self.sign > 0:
            return self.required
        return self.most if self.limit is None else self.most - self.limit


@dataclass(frozen=True)
class Cast:
    """One quota laid over the arcs: its groups, what it counts there, and one form for each bound it states.

    `sites` is the receiving site of each arc, as a position, where sites are counted.
    """

    rule: Quota
    groups: Groups
    count: Count
    forms: tuple[Form, ...]
    sites: Int64 | None = None


def cast(rule: Quota, groups: Groups, fields: Fields, arcs: Arcs, facts: ArcFacts, base: Arcs | None = None) -> Cast:
    """Lay `rule` over the arcs and the groups that its `per` forms.

    Parameters
    ----------
    base : the arcs that tell who is eligible, where a share of those is asked for and they are others

    Raises
    ------
    InputError
        Where the rule's bound or base has no meaning for its groups.
    """
    count = count_of(rule, groups, fields, arcs, facts)
    stated = ((1, rule.at_least), (-1, rule.at_most))
    bases = arcs if base is None else base
    forms = tuple(_form(rule, sign, bound, groups, count, fields, arcs, bases)
                  for sign, bound in stated if bound is not None)
    sites = _sites(fields, arcs) if rule.measure == "sites" else None
    return Cast(rule, groups, count, forms, sites)


def _sites(fields: Fields, arcs: Arcs) -> Int64:
    return np.asarray(fields.pairs.host[arcs.need], np.int64)


def home_only(rule: Quota) -> bool:
    """Tell whether the quota counts only those who leave home."""
    return any(name.startswith("home.") or name == "staffing.row" for name in rule.per)


def count_of(rule: Quota, groups: Groups, fields: Fields, arcs: Arcs, facts: ArcFacts) -> Count:
    """Return what `rule` counts on the arcs."""
    base = holds(rule.when, fields, arcs.pairs)
    if home_only(rule):
        base &= facts.resident
    counted = base & holds(rule.count, fields, arcs.pairs) if rule.count else base
    seats = groups.arcs if base.all() else _scaled(groups.arcs, base)
    measure = _measure(rule, facts)
    placed = seats if measure is None else _scaled(groups.arcs, measure * base)
    if counted is base:
        return Count(placed, placed, seats)
    return Count(_scaled(groups.arcs, counted if measure is None else measure * counted), placed, seats)


def _measure(rule: Quota, facts: ArcFacts) -> Int64 | Int32 | None:
    """Return what an arc counts for; None where each is one."""
    known: dict[str, Int64 | Int32] = {"km": facts.costed_hectometres, "yuan": facts.yuan, "class_hours": facts.hours}
    return known.get(rule.measure)


def _scaled(matrix: sparse.csr_array, values: Bools | Int64 | Int32) -> sparse.csr_array:
    data = values[matrix.indices].astype(np.int64)
    scaled = sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape, copy=True)
    scaled.eliminate_zeros()
    return scaled


def _form(rule: Quota, sign: int, bound: Bound, groups: Groups, count: Count, fields: Fields, arcs: Arcs,
          bases: Arcs) -> Form:
    bounds = bound_values(rule, bound, groups, fields)
    known = bound_values(rule, rule.of, groups, fields).known if isinstance(rule.of, FieldRef) else True
    stated = np.flatnonzero(bounds.known & known)
    seats = _most_seats(rule, groups, count.seats, arcs, fields)[stated]
    most = _most_counted(rule, count, seats, stated, fields, arcs)
    if rule.of == "placed":
        share = bound if isinstance(bound, Fraction) else Fraction(0)
        base = seats if rule.measure == "seats" else np.asarray(count.placed.sum(axis=1), np.int64).reshape(-1)[stated]
        return Form(sign, stated, None, share, most, seats, -(-share.numerator * base // share.denominator))
    value = bounds.times(base_values(rule, groups, fields, bases)).less(plus_values(rule, groups, fields)).take(stated)
    limit = (value.ceil if sign > 0 else value.floor)(UNITS[rule.measure])
    binding = limit > 0 if sign > 0 else most > limit
    return Form(sign, stated[binding], limit[binding], Fraction(0), most[binding], seats[binding], limit[binding])


def _most_counted(rule: Quota, count: Count, seats: Int64, stated: Int64, fields: Fields, arcs: Arcs) -> Int64:
    """Return the largest count that the arcs of each group in `stated` allow; `seats` is parallel to it."""
    if rule.measure == "sites":
        visits = _reached(count.counted, fields.pairs.host[arcs.need], len(fields.instance.sites))
        return np.asarray(np.diff(visits.indptr)[stated], np.int64)
    most = np.asarray(count.counted.sum(axis=1), np.int64).reshape(-1)[stated]
    return np.minimum(most, seats) if rule.measure == "seats" else most


def _most_seats(rule: Quota, groups: Groups, placed: sparse.csr_array, arcs: Arcs, fields: Fields) -> Int64:
    """Return the largest number of placements in each group: no more than arcs, nor than seats that others cap."""
    n_arcs = np.diff(placed.indptr).astype(np.int64)
    if caps_seats(rule) or not any(caps_seats(q) for q in fields.policy.active(Quota)):
        return np.asarray(n_arcs)
    seats = np.array([n.count for n in fields.instance.needs], np.int64)
    if groups.needs is not None and placed is groups.arcs:
        sought = np.bincount(arcs.need, minlength=arcs.n_needs) > 0
        return np.asarray(np.minimum(groups.needs.T @ (seats * sought), n_arcs))
    return np.asarray(np.minimum(_reached(placed, arcs.need, arcs.n_needs) @ seats, n_arcs))


def _reached(groups: sparse.csr_array, place: Index, n_places: int) -> sparse.csr_array:
    """Return a 1 for each group (row) and place (column) that one of the group's arcs goes to."""
    n_arcs = groups.shape[1]
    goes = sparse.csr_array((np.ones(n_arcs, np.int64), place, np.arange(n_arcs + 1)), shape=(n_arcs, n_places))
    reached = sparse.csr_array(groups @ goes)
    reached.data[:] = 1
    return reached


def caps_seats(rule: Quota) -> bool:
    """Tell whether `rule` keeps every post to its seats."""
    return (rule.per == ("need.need_id",) and rule.at_most == FieldRef("need.count") and rule.enforce == "hard"
            and rule.measure == "seats" and rule.of is None and rule.plus is None and rule.from_seats is None
            and not rule.when and not rule.count)
