"""Rules about people as such: those who must be placed, and those who travel together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from matching.policy.model import Place, Together
from matching.problem.arcs import Arcs
from matching.problem.conditions import Bools, Pairs, holds
from matching.problem.fields import Fields
from matching.problem.labels import label
from matching.problem.program import INFINITE, Int64
from matching.problem.quotas import Shortfall
from matching.problem.rows import Rows


def concerned(rule: Place | Together, fields: Fields) -> Bools:
    """Tell for each teacher whether `rule` speaks of them."""
    n = len(fields.instance.teachers)
    return holds(rule.when, fields, Pairs(np.arange(n), np.zeros(n, np.int64)))


def place_rows(rule: Place, fields: Fields, arcs: Arcs, rows: Rows) -> list[Shortfall]:
    """Add a row for each teacher that `rule` says is placed."""
    teachers = np.flatnonzero(concerned(rule, fields))
    if not len(teachers):
        return []
    labels = [fields.instance.teachers[t].teacher_id for t in teachers.tolist()]
    terms: list[tuple[ArrayLike, ArrayLike, ArrayLike]] = [_arcs_of(teachers, arcs)]
    shortfall = []
    if rule.enforce == "elastic":
        columns = rows.add_columns(np.ones(len(teachers), np.int64))
        terms.append((np.arange(len(teachers)), columns, np.ones(len(teachers), np.int64)))
        shortfall.append(Shortfall(rule.id, columns, rule.penalty))
    rows.add_rows(rule.id, labels, terms, 1, INFINITE)
    return shortfall


def _arcs_of(teachers: Int64, arcs: Arcs) -> tuple[Int64, Int64, Int64]:
    row_of = np.full(arcs.n_teachers, -1, np.int64)
    row_of[teachers] = np.arange(len(teachers))
    row = row_of[arcs.teacher]
    columns = np.flatnonzero(row >= 0)
    return row[columns], columns, np.ones(len(columns), np.int64)


def together_rows(rule: Together, fields: Fields, arcs: Arcs, rows: Rows) -> list[Shortfall]:
    """Add rows that take each group to one place of `rule.per`, all or none."""
    places = np.array([-1] * arcs.n_needs, np.int64)
    number: dict[str, int] = {}
    for n, value in enumerate(label(v) for v in fields.raw(rule.per)):
        if value is not None:
            places[n] = number.setdefault(value, len(number))
    found = [_group(rule, name, members, places, arcs, rows) for name, members in travelling(rule, fields)]
    return [s for s in found if s is not None]


def travelling(rule: Together, fields: Fields) -> list[tuple[str, Sequence[int]]]:
    """Return the groups of two or more that `rule` keeps together: their name and their teachers' positions."""
    groups: dict[str, list[int]] = {}
    keys = fields.raw(rule.by)
    for t in np.flatnonzero(concerned(rule, fields)).tolist():
        if keys[t] is not None:
            groups.setdefault(str(label(keys[t])), []).append(t)
    return [(name, members) for name, members in groups.items() if len(members) > 1]


def _group(rule: Together, name: str, members: Sequence[int], places: Int64, arcs: Arcs,
           rows: Rows) -> Shortfall | None:
    """State for one group: each member's arcs to a place add up to the group's 0-1 column of that place."""
    spans = [np.arange(arcs.start[t], arcs.start[t + 1]) for t in members]
    columns = np.concatenate(spans)
    where = places[arcs.need[columns]]
    who = np.repeat(np.arange(len(members)), [len(s) for s in spans])
    at, place = np.unique(where, return_inverse=True)
    if not len(at):
        return _nowhere(rule, rows)
    reached = np.array([len(np.unique(who[place == p])) == len(members) for p in range(len(at))])
    goes = rows.add_columns((reached & (at >= 0)).astype(np.int64))
    n_rows = len(members) * len(at)
    each = np.arange(n_rows)
    sums = [(who * len(at) + place, columns, np.ones(len(columns), np.int64)), (each, np.tile(goes, len(members)),
                                                                              -np.ones(n_rows, np.int64))]
    if rule.enforce == "hard":
        rows.add_rows(rule.id, [name] * n_rows, sums, 0, 0)
        return None
    broken = rows.add_columns(1)
    give = (each, np.full(n_rows, broken[0]), np.ones(n_rows, np.int64))
    rows.add_rows(rule.id, [name] * n_rows, [*sums, give], 0, INFINITE)
    rows.add_rows(rule.id, [name] * n_rows, [*sums, (give[0], give[1], -give[2])], -INFINITE, 0)
    return Shortfall(rule.id, broken, rule.penalty)


def _nowhere(rule: Together, rows: Rows) -> Shortfall | None:
    return Shortfall(rule.id, rows.add_columns(0), rule.penalty) if rule.enforce == "elastic" else None
