"""Rules of a policy by kinds of teachers and posts, so that they can be asked about any number of pairs.

Teachers of one kind, and posts of one kind, stand alike in all rows of a rule: its coefficients are worked out once for
each pair of kinds, a cell. What a row asks of a pair is then looked up, and no row is ever listed pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy import sparse

from matching.policy.model import Policy, Quota, Subsidy
from matching.problem.arcs import Arcs
from matching.problem.bases import base_values, bound_values, plus_values
from matching.problem.classes import Index
from matching.problem.coarse import CELLS, refined
from matching.problem.conditions import condition_fields
from matching.problem.counts import UNITS, Count, caps_seats, count_of, home_only
from matching.problem.exact import Exact
from matching.problem.facts import arc_facts
from matching.problem.fields import Fields
from matching.problem.groups import Groups, Members, groups_of
from matching.problem.program import INFINITE, Int32, Int64
from matching.problem.rows import reduced

_OF_MEASURE = {"km": ("km",), "class_hours": ("mode", "need.weekly_hours", "need.total_hours")}


@dataclass(frozen=True)
class Block:
    """``lower <= row @ x <= upper`` for some rows that state one rule; each row's numbers have no common divisor.

    Attributes
    ----------
    matrix : int64, shape (n_rows, n_cells); the pair (t, n) is in cell ``teacher[t] * n_needs + need[n]``
    teacher, need : the kind of each teacher and of each need
    n_teachers, n_needs : how many kinds there are
    """

    rule: str
    matrix: sparse.csr_array
    lower: Int64
    upper: Int64
    teacher: Int32
    need: Int32

    @property
    def n_teachers(self) -> int:
        """How many kinds of teachers there are."""
        return int(self.matrix.shape[1]) // max(1, self.n_needs)

    @property
    def n_needs(self) -> int:
        """How many kinds of needs there are."""
        return int(self.need.max(initial=-1)) + 1

    def rows(self, teacher: Index, need: Index) -> sparse.csr_array:
        """Return the rows over pairs given as two index arrays, shape (n_rows, n_pairs)."""
        return self.matrix[:, self.teacher[teacher].astype(np.int64) * self.n_needs + self.need[need]]


def blocks(policy: Policy, fields: Fields, arcs: Arcs) -> tuple[Block, ...]:
    """Return what every plan keeps to, as far as it can be said by kinds: hard quotas.

    Parameters
    ----------
    arcs : pairs among which each teacher and each need that has any has one
    """
    hard = [rule for rule in policy.active(Quota) if rule.enforce == "hard" and rule.measure != "sites"]
    return tuple(block for rule in hard for block in _blocks(rule, fields, arcs))


def _blocks(rule: Quota, fields: Fields, arcs: Arcs) -> Iterator[Block]:
    teacher, need = (_kinds(rule, fields, at) for at in ("teacher", "need"))
    t_one, n_one = (np.unique(kind, return_index=True)[1] for kind in (teacher, need))
    if not 0 < len(t_one) * len(n_one) <= CELLS:
        return
    cells = Arcs(np.repeat(t_one, len(n_one)).astype(np.int32), np.tile(n_one, len(t_one)).astype(np.int32),
                 len(teacher), len(need))
    groups = groups_of(rule.per, fields, cells)
    count = count_of(rule, groups, fields, cells, arc_facts(fields, cells))
    for sign, bound in ((1, rule.at_least), (-1, rule.at_most)):
        if bound is not None:
            found = _stated(rule, sign, count, _limits(rule, sign, groups, fields, arcs), groups, fields)
            if found is not None:
                yield Block(rule.id, *reduced(*found), teacher, need)


def _kinds(rule: Quota, fields: Fields, at: str) -> Int32:
    """Tell apart the teachers, or needs, that the rule's rows may treat differently."""
    kinds: Index = np.zeros(len(fields.instance.teachers if at == "teacher" else fields.instance.needs), np.int32)
    for name in _names(rule, fields):
        own = fields.kinds(name, at)  # type: ignore[arg-type]
        if own is not None:
            kinds = refined(kinds, own)
    if rule.per == ("staffing.row",) and at == "teacher":
        kinds = refined(kinds, _alike(_no_pairs(rule, fields).teachers))
    return kinds.astype(np.int32)


def _names(rule: Quota, fields: Fields) -> list[str]:
    names = {*condition_fields((*rule.when, *rule.count)), *_OF_MEASURE.get(rule.measure, ())}
    if home_only(rule):
        names.add("mode")
    if rule.measure == "yuan":
        names.add("need.term")
        names.update(name for paid in fields.policy.active(Subsidy) for name in condition_fields(paid.when))
    for name in rule.per:
        names.update({"pairing.row": ("pairing",), "staffing.row": (), "host.dorm": ("host.dorm", "host.site_id")}
                     .get(name, (name,)))
    return sorted(names)


def _no_pairs(rule: Quota, fields: Fields) -> Groups:
    none = np.zeros(0, np.int32)
    return groups_of(rule.per, fields, Arcs(none, none, len(fields.instance.teachers), len(fields.instance.needs)))


def _alike(members: Members | None) -> Index:
    """Number the things that are in the same groups; who is in several is a kind of its own."""
    assert members is not None
    groups = np.diff(members.indptr)
    first = np.full(members.shape[0], -1, np.int64)
    first[groups == 1] = members.indices[members.indptr[:-1][groups == 1]]
    several = np.flatnonzero(groups > 1)
    first[several] = members.shape[1] + np.arange(len(several))
    kinds: Index = np.unique(first, return_inverse=True)[1].reshape(-1)
    return kinds


def _limits(rule: Quota, sign: int, groups: Groups, fields: Fields, arcs: Arcs) -> Exact:
    """Return the bound of every group, for those of `placed` the share itself."""
    stated = rule.at_least if sign > 0 else rule.at_most
    assert stated is not None
    bounds = bound_values(rule, stated, groups, fields)
    if rule.of == "placed":
        return bounds
    return bounds.times(base_values(rule, groups, fields, arcs)).less(plus_values(rule, groups, fields))


Stated = tuple[sparse.csr_array, Int64, Int64]


def _stated(rule: Quota, sign: int, count: Count, limits: Exact, groups: Groups, fields: Fields) -> Stated | None:
    """Return matrix and bounds, None where this form of a rule cannot be said by cells."""
    known = np.flatnonzero(limits.known)
    if not len(known):
        return None
    if rule.of == "placed":
        if rule.from_seats is not None or not isinstance(rule.at_least if sign > 0 else rule.at_most, Fraction):
            return None
        share = limits.numerators[known[0]]
        matrix = sparse.csr_array(count.counted * limits.denominator - count.placed * int(share))[known]
        return _sided(matrix, sign, np.zeros(len(known), np.int64))
    limit = (limits.take(known).ceil if sign > 0 else limits.take(known).floor)(UNITS[rule.measure])
    if rule.from_seats is not None:
        return _floor_of_one(rule, sign, count, known, limit, groups, fields)
    return _sided(sparse.csr_array(count.counted[known]), sign, limit)


def _sided(matrix: sparse.csr_array, sign: int, limit: Int64) -> Stated:
    free = np.full(len(limit), INFINITE)
    return (matrix, limit, free) if sign > 0 else (matrix, -free, limit)


def _floor_of_one(rule: Quota, sign: int, count: Count, known: Int64, limit: Int64, groups: Groups,
                  fields: Fields) -> Stated | None:
    """State "one of them as soon as there are f" as `quotas` does, with all seats that a group has."""
    one = rule.measure == "seats" and sign > 0 and groups.needs is not None and bool((limit == 1).all())
    if not one or not any(caps_seats(quota) for quota in fields.policy.active(Quota)):
        return None
    assert groups.needs is not None
    assert rule.from_seats is not None
    seats = np.array([need.count for need in fields.instance.needs], np.int64)
    most = np.maximum(groups.needs.T @ seats - rule.from_seats, 0)[known]
    counted = count.counted[known].tocsr()
    counted.data = counted.data * np.repeat(1 + most, np.diff(counted.indptr))
    return _sided(sparse.csr_array(count.seats[known] - counted), -1, np.full(len(known), rule.from_seats - 1))
