"""Which hard rules on numbers a change of a plan would break, with their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.policy.model import Together
from matching.problem import Problem
from matching.problem.balance import Balanced
from matching.problem.bases import plus_values
from matching.problem.counts import UNITS, Cast, Form
from matching.problem.program import Int64
from matching.problem.together import travelling

Figure = int | float | str


class Break(NamedTuple):
    """A bound of a rule that holds in a group before a change and not after it.

    Attributes
    ----------
    bound : ``at_least``, ``at_most`` or ``together``
    before, after : what counts there; of a share ``numerator/denominator``
    limit : of a share the share, else in the unit of the counts; of ``together`` the members of the group
    """

    rule: str
    group: str
    bound: str
    before: Figure
    after: Figure
    limit: Figure

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return self._asdict()


class Change(NamedTuple):
    """Arcs that a plan would take up and give up, by position."""

    added: tuple[int, ...]
    dropped: tuple[int, ...] = ()


class Breaks:
    """The hard rules on numbers as they stand in a plan.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        self._x = np.zeros(len(problem.arcs), np.int64)
        self._x[chosen] = 1
        self._order = {rule.id: at for at, rule in enumerate(problem.policy.rules)}

    def of(self, changes: Sequence[Change]) -> list[tuple[Break, ...]]:
        """Return for each change what it would break, in the order of the policy's rules."""
        found: list[list[Break]] = [[] for _ in changes]
        if changes:
            moved = _moved(changes, len(self._x))
            for at, one in self._broken(moved, changes):
                found[at].append(one)
        return [tuple(sorted(each, key=lambda b: self._order[b.rule])) for each in found]

    def _broken(self, moved: sparse.csc_array, changes: Sequence[Change]) -> Iterator[tuple[int, Break]]:
        for quota in self._problem.quotas:
            if quota.rule.enforce == "hard":
                for form in quota.forms:
                    yield from self._quota(quota, form, moved)
        for balance in self._problem.balances:
            if balance.rule.enforce == "hard":
                yield from self._balance(balance, moved)
        for rule in self._problem.policy.active(Together):
            if rule.enforce == "hard":
                yield from self._together(rule, changes)

    def _quota(self, quota: Cast, form: Form, moved: sparse.csc_array) -> Iterator[tuple[int, Break]]:
        tally = quota.count
        parts = [m[form.groups] for m in (tally.counted, tally.placed, tally.seats)]
        now = [np.asarray(m @ self._x, np.int64) for m in parts]
        touched = [] if quota.sites is None else [abs(parts[0]) @ abs(moved)]
        group, change, *more = _differences([*(m @ moved for m in parts), *touched])
        if quota.sites is not None:
            now[0], more[0] = self._sites(parts[0], quota.sites, moved, group, change)
        before = [n[group] for n in now]
        after = [n + d for n, d in zip(before, more, strict=False)]
        broken = _holds(quota, form, group, *before) & ~_holds(quota, form, group, *after)
        shown = _Shown(quota, form, self._problem)
        for at in np.flatnonzero(broken).tolist():
            yield int(change[at]), shown.broken(int(group[at]), *(int(v[at]) for v in (*before[:2], *after[:2])))

    def _sites(self, counted: Any, sites: Int64, moved: Any, group: Int64, change: Int64) -> tuple[Int64, Int64]:
        """Return how many sites each group goes to, and how many more it would after each change, (group, change)."""
        def visited(of_group: int, x: Int64) -> int:
            arcs = counted.indices[counted.indptr[of_group]:counted.indptr[of_group + 1]]
            return len(np.unique(sites[arcs[x[arcs] > 0]]))

        now = np.array([visited(g, self._x) for g in range(counted.shape[0])], np.int64)
        then = [visited(g, self._x + moved[:, [k]].toarray().reshape(-1))
                for g, k in zip(group.tolist(), change.tolist(), strict=True)]
        return now, np.array(then, np.int64) - now[group]

    def _balance(self, balance: Balanced, moved: sparse.csc_array) -> Iterator[tuple[int, Break]]:
        now = np.asarray(balance.net @ self._x, np.int64)
        group, change, more = _differences([balance.net @ moved])
        for g, k, before, after in zip(group.tolist(), change.tolist(), now[group].tolist(),
                                       (now[group] + more).tolist(), strict=True):
            for bound, sign, limit in (("at_least", 1, balance.at_least), ("at_most", -1, balance.at_most)):
                if limit is not None and sign * before >= sign * limit > sign * after:
                    yield k, Break(balance.rule.id, balance.labels[g], bound, before, after, limit)

    def _together(self, rule: Together, changes: Sequence[Change]) -> Iterator[tuple[int, Break]]:
        groups = travelling(rule, self._problem.fields)
        group_of = {t: k for k, (_, members) in enumerate(groups) for t in members}
        teacher = self._problem.arcs.teacher
        for at, change in enumerate(changes):
            touched = {group_of.get(int(teacher[a]), -1) for a in (*change.added, *change.dropped)} - {-1}
            for name, members in (groups[k] for k in sorted(touched)):
                split = self._split(rule, name, members, change)
                if split is not None:
                    yield at, split

    def _split(self, rule: Together, name: str, members: Sequence[int], change: Change) -> Break | None:
        """Return the break where some of a group would be left behind, or go elsewhere."""
        arcs, places = self._problem.arcs, self._problem.fields.classes(rule.per)[0]
        spans = np.concatenate([np.arange(arcs.start[t], arcs.start[t + 1]) for t in members])

        def apart(goes: Int64) -> bool:
            alone = len(np.unique(arcs.teacher[goes])) < len(members)
            return len(goes) > 0 and (alone or len(np.unique(places[arcs.need[goes]])) > 1)

        goes = self._x[spans] > 0
        then = spans[(goes | np.isin(spans, change.added)) & ~np.isin(spans, change.dropped)]
        if apart(spans[goes]) or not apart(then):
            return None
        return Break(rule.id, name, "together", int(goes.sum()), len(then), len(members))


class _Shown:
    """Writes a quota's figures as people count them."""

    def __init__(self, quota: Cast, form: Form, problem: Problem) -> None:
        self._quota, self._form, self._unit = quota, form, UNITS[quota.rule.measure]
        plus = plus_values(quota.rule, quota.groups, problem.fields)
        self._plus = [Fraction(int(n), plus.denominator) for n in plus.numerators]

    def broken(self, at: int, counted: int, placed: int, counted_then: int, placed_then: int) -> Break:
        """Return the break of the form's group at that position."""
        rule, form = self._quota.rule, self._form
        group = int(form.groups[at])
        label, bound = self._quota.groups.labels[group], "at_least" if form.sign > 0 else "at_most"
        if form.limit is None:
            return Break(rule.id, label, bound, f"{counted}/{placed}", f"{counted_then}/{placed_then}",
                         str(form.share))
        figures = (self._figure(n, group) for n in (counted, counted_then, int(form.limit[at])))
        return Break(rule.id, label, bound, *figures)

    def _figure(self, count: int, group: int) -> int | float:
        number = Fraction(count, self._unit) + self._plus[group]
        return number.numerator if number.denominator == 1 else float(number)


def _moved(changes: Sequence[Change], n_arcs: int) -> sparse.csc_array:
    signed = [(a, k, sign) for k, c in enumerate(changes)
              for sign, arcs in ((1, c.added), (-1, c.dropped)) for a in arcs]
    arc, change, sign = np.array(signed, np.int64).reshape(-1, 3).T
    return sparse.csc_array((sign, (arc, change)), shape=(n_arcs, len(changes)))


def _differences(parts: Sequence[Any]) -> tuple[Int64, ...]:
    """Return rows and columns where any of the sparse parts is not zero, and the values of each part there."""
    width = parts[0].shape[1]
    entries = [sparse.coo_array(part) for part in parts]
    keys = [e.row.astype(np.int64) * width + e.col for e in entries]
    every = np.unique(np.concatenate([k[e.data != 0] for k, e in zip(keys, entries, strict=True)]))
    values = []
    for key, entry in zip(keys, entries, strict=True):
        value = np.zeros(len(every), np.int64)
        some = np.isin(key, every)
        value[np.searchsorted(every, key[some])] = entry.data[some]
        values.append(value)
    return every // width, every % width, *values


def _holds(quota: Cast, form: Form, group: Int64, counted: Int64, placed: Int64, seats: Int64) -> Any:
    if form.limit is None:
        margin = counted * form.share.denominator - form.share.numerator * placed
    else:
        margin = counted - form.limit[group]
    held = form.sign * margin >= 0
    return held if quota.rule.from_seats is None else held | (seats < quota.rule.from_seats)
