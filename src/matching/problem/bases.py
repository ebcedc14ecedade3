"""Bounds and bases of a quota's groups: fixed numbers, fields of the group, and denominators that do not vary."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from matching.domain.findings import InputError, error
from matching.policy.conditions import FieldRef
from matching.policy.model import Bound, Quota
from matching.problem.arcs import Arcs
from matching.problem.columns import Floats
from matching.problem.conditions import Bools, Pairs, holds, restricted
from matching.problem.exact import Exact, exact, whole
from matching.problem.fields import Fields, side
from matching.problem.groups import Groups, Members, approved
from matching.problem.program import Int64


def bound_values(rule: Quota, bound: Bound, groups: Groups, fields: Fields) -> Exact:
    """Return the bound of each group; not known where a field is empty."""
    if isinstance(bound, Fraction):
        return exact([bound]).take(np.zeros(len(groups), np.int64))
    if bound.name == "pairing.min":
        return exact([_fraction(_least(p.rule, p.minimum)) for p in fields.instance.pairings if p.type != "material"])
    if bound.name == "pairing.max":
        return exact([_fraction(p.maximum) for p in fields.instance.pairings if p.type != "material"])
    if bound.name.startswith("staffing."):
        key = bound.name.removeprefix("staffing.")
        return exact([_fraction(getattr(r, key)) for r in fields.instance.staffing])
    distinct, at = np.unique(field_of_groups(rule, bound.name, groups, fields), return_inverse=True)
    return exact([_fraction(None if np.isnan(v) else v) for v in distinct.tolist()]).take(at.reshape(-1))


def _least(rule: str, minimum: int | None) -> int | None:
    return max(1, minimum or 0) if rule == "must" else minimum


def _fraction(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(repr(value))


def field_of_groups(rule: Quota, name: str, groups: Groups, fields: Fields) -> Floats:
    """Return a numeric field of each group, NaN where it is empty.

    Raises
    ------
    InputError
        Where the group has no such field, or its members disagree.
    """
    members = groups.needs if side(name) == "need" else groups.teachers
    if members is None or side(name) == "pair":
        raise InputError([error("field_of_group", f"规则 {rule.id}：分组没有字段 {name}。",
                                f"Rule {rule.id}: its groups have no field {name}.", value=name)])
    at = members.tocoo()
    values = fields.values(name).array[at.row]
    low, high = np.full(len(groups), np.nan), np.full(len(groups), np.nan)
    np.fmin.at(low, at.col, values)
    np.fmax.at(high, at.col, values)
    differ = np.flatnonzero(low < high)
    if len(differ):
        _disagree(rule, name, groups.labels[differ[0]], low[differ[0]], high[differ[0]])
    return low


def _disagree(rule: Quota, name: str, group: str, low: float, high: float) -> None:
    raise InputError([error(
        "group_disagrees", f"规则 {rule.id}：{group} 各行的 {name} 不一致（{low:g} 与 {high:g}），应相同。",
        f"Rule {rule.id}: the members of {group} give different {name} ({low:g} and {high:g}); they must agree.",
        value=name)])


def base_values(rule: Quota, groups: Groups, fields: Fields, arcs: Arcs) -> Exact:
    """Return the denominator of each group, for an `of` that does not vary with the plan; 1 without `of`.

    ``demand`` counts seats of the needs, ``teachers`` approved teachers, ``eligible`` those of them with an arc, or
    符合交流条件人数 where the home site gives it and the groups are made of whole home sites.
    """
    if rule.of is None:
        return whole(np.ones(len(groups), np.int64))
    if isinstance(rule.of, FieldRef):
        return bound_values(rule, rule.of, groups, fields)
    return whole(_demand(rule, groups, fields) if rule.of == "demand" else _teachers(rule, groups, fields, arcs))


def plus_values(rule: Quota, groups: Groups, fields: Fields) -> Exact:
    """Return what each group has already, in the units of the bounds; 0 where nothing is said of it."""
    if rule.plus is None:
        return whole(np.zeros(len(groups), np.int64))
    return bound_values(rule, rule.plus, groups, fields)


def _members(rule: Quota, members: Members | None) -> Members:
    if members is None:
        raise InputError([error(
            "base_of_group", f"规则 {rule.id}：基数 {rule.of} 不适用于这种分组。",
            f"Rule {rule.id}: `of = {rule.of}` has no meaning for its groups.", value=str(rule.of))])
    return members


def _demand(rule: Quota, groups: Groups, fields: Fields) -> Int64:
    members = _members(rule, groups.needs)
    n = len(fields.instance.needs)
    matches = holds(restricted(rule.when, "need"), fields, Pairs(np.zeros(n, np.int64), np.arange(n)))
    seats = np.array([need.count for need in fields.instance.needs], np.int64) * matches
    return np.asarray(members.T @ seats)


def _teachers(rule: Quota, groups: Groups, fields: Fields, arcs: Arcs) -> Int64:
    members = _members(rule, groups.teachers)
    n = len(fields.instance.teachers)
    alone = Pairs(np.arange(n), np.zeros(n, np.int64))
    counted = approved(fields) & holds(restricted(rule.when, "teacher"), fields, alone)
    if rule.of == "teachers":
        return np.asarray(members.T @ counted.astype(np.int64))
    return np.asarray(members.T @ _eligible_weights(rule, counted, fields, arcs))


def _eligible_weights(rule: Quota, counted: Bools, fields: Fields, arcs: Arcs) -> Int64:
    """Return how many each teacher stands for: 1 if eligible; a site's stated count stands with its first teacher."""
    weights = (counted & (np.diff(arcs.start) > 0)).astype(np.int64)
    if not _whole_sites(rule):
        return weights
    for number, site in enumerate(fields.instance.sites):
        of_site = np.flatnonzero((fields.pairs.home == number) & counted)
        if site.eligible_count is not None and len(of_site):
            weights[of_site] = 0
            weights[of_site[0]] = site.eligible_count
    return weights


def _whole_sites(rule: Quota) -> bool:
    names = [clause.field for c in restricted(rule.when, "teacher") for clause in c.clauses]
    return all(name.startswith("home.") for name in (*rule.per, *names))
