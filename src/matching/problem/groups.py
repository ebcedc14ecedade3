"""The groups of a quota: which arcs, teachers and needs belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from matching.problem.arcs import Arcs
from matching.problem.classes import Index, classes
from matching.problem.fields import Fields, side
from matching.problem.labels import joined, numbered
from matching.problem.pairings import row_labels
from matching.problem.program import Int64

PLAN = "plan"
Members: TypeAlias = sparse.csr_array
"""Boolean membership, shape (things, groups)."""


@dataclass(frozen=True)
class Groups:
    """The groups of one quota.

    Attributes
    ----------
    labels : one a group
    arcs : 1 where an arc (column) belongs to a group (row), shape (groups, arcs)
    teachers, needs : Members of teachers and of needs; None where the groups do not speak of that side
    """

    labels: tuple[str, ...]
    arcs: sparse.csr_array
    teachers: Members | None
    needs: Members | None

    def __len__(self) -> int:
        return len(self.labels)


def membership(things: Index, groups: Index, shape: tuple[int, int]) -> Members:
    """Return the membership matrix of (thing, group) pairs."""
    data = np.ones(len(things), np.int64)
    matrix = sparse.csr_array((data, (things, groups)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def groups_of(per: tuple[str, ...], fields: Fields, arcs: Arcs) -> Groups:
    """Return the groups that `per` forms: the whole plan, one field, or two joined."""
    if not per:
        return _whole(fields, arcs)
    if per[0] == "pairing.row":
        return _pairing_rows(fields, arcs)
    if per[0] == "staffing.row":
        return _from_sides((_staffing_rows(fields),), ("teacher",), arcs)
    sides = tuple("need" if side(name) == "need" else "teacher" for name in per)
    if len(set(sides)) == 1:
        return _from_sides((_one_side(per, sides[0], fields),), sides[:1], arcs)
    return _from_sides(tuple(_one_side((n,), s, fields) for n, s in zip(per, sides, strict=True)), sides, arcs)


Keyed = tuple[tuple[str, ...], Members]


def _whole(fields: Fields, arcs: Arcs) -> Groups:
    n_teachers, n_needs = len(fields.instance.teachers), len(fields.instance.needs)
    whole = [membership(np.arange(n), np.zeros(n, np.int64), (n, 1)) for n in (len(arcs), n_teachers, n_needs)]
    return _groups((PLAN,), *whole)


def _groups(labels: tuple[str, ...], arcs: Members, teachers: Members | None = None,
            needs: Members | None = None) -> Groups:
    return Groups(labels, arcs.T.tocsr(), teachers, needs)


def _one_side(per: tuple[str, ...], at: str, fields: Fields) -> Keyed:
    """Groups of one side by the values of one field, or of two on that side; from approved teachers, or from needs."""
    kind, keys = _keys(per, fields)
    counted = kind[approved(fields)] if at == "teacher" else kind
    present, first = np.unique(counted, return_index=True)
    number: dict[str, int] = {}
    for key in (keys[k] for k in present[np.argsort(first)].tolist()):
        if key is not None:
            number.setdefault(key, len(number))
    group = np.array([-1 if key is None else number.get(key, -1) for key in keys], np.int64)[kind]
    known = np.flatnonzero(group >= 0)
    return tuple(number), membership(known, group[known], (len(kind), len(number)))


def _keys(per: tuple[str, ...], fields: Fields) -> tuple[Index, list[str | None]]:
    """Return a number for each teacher or need, those of one group alike, and the label of each number."""
    parts = [_group_values(name, fields) for name in per]
    if len(parts) == 1:
        kind, values = parts[0]
        return kind, joined(values)
    kind, both = classes([*zip(*(k.tolist() for k, _ in parts), strict=True)])
    return kind, joined(*([values[pair[n]] for pair in both] for n, (_, values) in enumerate(parts)))


def _group_values(name: str, fields: Fields) -> tuple[Index, list[Any]]:
    """Return what tells a field's groups apart: its values, but where no 宿舍点 is given the site itself."""
    if name != "host.dorm":
        return fields.classes(name)
    return classes([dorm or site for dorm, site in zip(fields.raw(name), fields.raw("host.site_id"), strict=True)])


def approved(fields: Fields) -> Any:
    """Tell for each teacher whether they are approved."""
    return np.fromiter((t.status == "approved" for t in fields.instance.teachers), np.bool_)


def _from_sides(keyed: Sequence[Keyed], sides: Sequence[str], arcs: Arcs) -> Groups:
    if len(keyed) == 1:
        labels, members = keyed[0]
        at_teacher = sides[0] == "teacher"
        on_arcs = members[arcs.teacher if at_teacher else arcs.need]
        return _groups(labels, on_arcs, members if at_teacher else None, None if at_teacher else members)
    (a, a_members), (b, b_members) = keyed
    labels = tuple(f"{x} * {y}" for x, y in product(a, b))
    first, second = (_single(m[arcs.teacher if s == "teacher" else arcs.need], len(arcs))
                     for m, s in zip((a_members, b_members), sides, strict=True))
    both = np.flatnonzero((first >= 0) & (second >= 0))
    return _groups(labels, membership(both, first[both] * len(b) + second[both], (len(arcs), len(labels))))


def _single(members: Members, n: int) -> Int64:
    at = members.tocoo()
    group = np.full(n, -1, np.int64)
    group[at.row] = at.col
    return group


def _staffing_rows(fields: Fields) -> Keyed:
    instance = fields.instance
    rows: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(instance.staffing):
        rows.setdefault((row.site_id, row.stage), []).append(number)
    pairs = [(t, r) for t, teacher in enumerate(instance.teachers)
             for r in rows.get((teacher.home_site, teacher.stages[0]), ())
             if instance.staffing[r].subject in (None, teacher.subject)]
    labels = numbered(f"{r.site_id} {r.stage} {r.subject or '*'}" for r in instance.staffing)
    index = np.array(pairs, np.int64).reshape(-1, 2)
    return labels, membership(index[:, 0], index[:, 1], (len(instance.teachers), len(labels)))


def _pairing_rows(fields: Fields, arcs: Arcs) -> Groups:
    labels = row_labels(fields.instance)
    number = {row: k for k, row in enumerate(labels)}
    table = fields.pairs.pairings()
    n = len(table.by_class)
    spans = [(w.homes[:, None].astype(np.int64) * n + w.hosts).reshape(-1) for w in table.ways]
    rows = np.repeat(np.array([number[w.row] for w in table.ways], np.int64), [len(s) for s in spans])
    journeys, journey = np.unique(np.concatenate([np.zeros(0, np.int64), *spans]), return_inverse=True)
    members = membership(journey.reshape(-1), rows, (len(journeys) + 1, len(labels)))
    home, host = table.site[fields.pairs.home], table.site[fields.pairs.host]
    wanted = home.astype(np.int64)[arcs.teacher] * n + host[arcs.need]
    return _groups(tuple(labels.values()), members[_positions(journeys, wanted)])


def _positions(known: Int64, wanted: Int64) -> Int64:
    """Return where each of `wanted` stands among the sorted `known`; the position after the last where it does not."""
    at = np.searchsorted(known, wanted)
    found = np.append(known, -1)[at] == wanted
    return np.where(found, at, len(known))
