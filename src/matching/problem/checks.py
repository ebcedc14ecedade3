"""Every hard rule as a check on what a plan counts, so that changes of the plan can be judged by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from matching.policy.model import Place, Quota, Together
from matching.problem.balance import Balanced
from matching.problem.conditions import Bools
from matching.problem.counts import Cast, Form
from matching.problem.labels import label
from matching.problem.problem import Problem
from matching.problem.program import INFINITE, Int64
from matching.problem.together import concerned, travelling

Effect = Callable[[sparse.csr_array], "list[sparse.csr_array]"]
"""What changes (n_arcs, n_changes) do to each of a check's counts, (n_groups, n_changes)."""


class Broken(NamedTuple):
    """Where changes break a check that held: in parallel the group, the change, and each count before and after."""

    group: Int64
    change: Int64
    before: tuple[Int64, ...]
    after: tuple[Int64, ...]


@dataclass(frozen=True)
class Check:
    """One bound of a hard rule in all of its groups.

    Attributes
    ----------
    of : what is bounded; of a quota, `form` is in which way
    party : of `together`, whose groups here are a travelling group at a place: the number of the travelling group
    now : each count in the plan, shape (n_groups,)
    effect : what changes do to each count
    holds : of positions of groups and their counts, in which of them the rule holds
    """

    of: Cast | Balanced | Place | Together
    now: tuple[Int64, ...]
    effect: Effect
    holds: Callable[..., Bools]
    form: Form | None = None
    party: Int64 | None = None

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.of.rule.id if isinstance(self.of, Cast | Balanced) else self.of.id

    def broken(self, changes: sparse.csr_array) -> Bools:
        """Tell which changes (columns) break the rule in a group where it held."""
        broken = np.zeros(changes.shape[1], np.bool_)
        broken[self.breaks(changes).change] = True
        return broken

    def breaks(self, changes: sparse.csr_array) -> Broken:
        """Return in which groups, where the rule held, which changes (columns) break it, and its counts there."""
        effects = self.effect(changes)
        touched = _pattern(effects)
        group, change = touched.row, touched.col
        added = [touched.data] if len(effects) == 1 else [_entries(e[group, change]) for e in effects]
        before = [n[group] for n in self.now]
        after = [n + a for n, a in zip(before, added, strict=True)]
        at = np.flatnonzero(self.holds(group, *before) & ~self.holds(group, *after))
        return Broken(group[at], change[at], tuple(n[at] for n in before), tuple(n[at] for n in after))


def checks(problem: Problem, x: Int64) -> Iterator[Check]:
    """Yield the hard rules beyond those on pairs, as they stand where the arcs have the values `x`."""
    for quota in problem.quotas:
        if quota.rule.enforce == "hard":
            yield from (_quota(quota, form, x) for form in quota.forms if len(form.groups))
    for balance in problem.balances:
        if balance.rule.enforce == "hard":
            yield _linear(balance, balance.net, x, partial(_within, balance))
    for place in problem.policy.active(Place):
        if place.enforce == "hard":
            yield _linear(place, _of_teachers(place, problem), x, lambda group, count: count >= 1)
    for together in problem.policy.active(Together):
        if together.enforce == "hard":
            matrix, size, party = _parties(together, problem)
            yield replace(_linear(together, matrix, x, partial(_all_or_none, size)), party=party)


def _linear(of: Balanced | Place | Together, matrix: sparse.csr_array, x: Int64, holds: Callable[..., Bools]) -> Check:
    return Check(of, (_times(matrix, x),), lambda changes: [sparse.csr_array(matrix @ changes)], holds)


def _quota(quota: Cast, form: Form, x: Int64) -> Check:
    rule, holds = quota.rule, partial(_holds, quota.rule, form)
    counted, placed, seats = ((m if len(form.groups) == m.shape[0] else m[form.groups]) for m in quota.count)
    bases = [placed] * (form.limit is None) + [seats] * (rule.from_seats is not None)
    if quota.sites is None:
        matrices = [counted, *bases]
        now = tuple(_times(m, x) for m in matrices)
        return Check(quota, now, lambda changes: [sparse.csr_array(m @ changes) for m in matrices], holds, form)
    visits, group = _visits(counted, quota.sites)
    there, gather = _times(visits, x), _gathering(group, counted.shape[0])
    now = (_times(gather, (there > 0).astype(np.int64)), *(_times(m, x) for m in bases))
    return Check(quota, now, lambda changes: [sparse.csr_array(gather @ _newly(visits, there, changes)),
                                              *(sparse.csr_array(m @ changes) for m in bases)], holds, form)


def _visits(counted: sparse.csr_array, sites: Int64) -> tuple[sparse.csr_array, Int64]:
    """Return a row for each group and site that the group's arcs go to, and the group of each row."""
    at = counted.tocoo()
    base = int(sites.max(initial=0)) + 1
    keys, row = np.unique(at.row.astype(np.int64) * base + sites[at.col], return_inverse=True)
    ones = np.ones(len(at.col), np.int64)
    return sparse.csr_array((ones, (row.reshape(-1), at.col)), shape=(len(keys), counted.shape[1])), keys // base


def _gathering(group: Int64, n_groups: int) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(group), np.int64), (group, np.arange(len(group)))),
                            shape=(n_groups, len(group)))


def _newly(visits: sparse.csr_array, there: Int64, changes: sparse.csr_array) -> sparse.csr_array:
    """Return 1 where a change brings the first teacher to a site, -1 where it takes the last one away."""
    at = sparse.coo_array(visits @ changes)
    turned = (there[at.row] + at.data > 0).astype(np.int64) - (there[at.row] > 0)
    return sparse.csr_array((turned, (at.row, at.col)), shape=at.shape)


def _of_teachers(rule: Place, problem: Problem) -> sparse.csr_array:
    """Return the arcs of each teacher of whom `rule` says that they are placed."""
    arcs = problem.arcs
    teachers = np.flatnonzero(concerned(rule, problem.fields))
    whole = sparse.csr_array((np.ones(len(arcs), np.int64), np.arange(len(arcs)), arcs.start),
                             shape=(arcs.n_teachers, len(arcs)))
    return sparse.csr_array(whole[teachers])


def _parties(rule: Together, problem: Problem) -> tuple[sparse.csr_array, Int64, Int64]:
    """Return the arcs of each travelling group to each place, how many go where the group does, and its number."""
    arcs, fields = problem.arcs, problem.fields
    groups = travelling(rule, fields)
    of_teacher = np.full(arcs.n_teachers, -1, np.int64)
    for number, (_, members) in enumerate(groups):
        of_teacher[list(members)] = number
    sizes = np.array([len(members) for _, members in groups], np.int64)
    numbers: dict[str, int] = {}
    place = np.array([-1 if v is None else numbers.setdefault(v, len(numbers)) for v in map(label,
                     fields.raw(rule.per))], np.int64)
    own = np.flatnonzero(of_teacher[arcs.teacher] >= 0)
    base = len(numbers) + 1
    keys, row = np.unique(of_teacher[arcs.teacher[own]] * base + place[arcs.need[own]] + 1, return_inverse=True)
    matrix = sparse.csr_array((np.ones(len(own), np.int64), (row.reshape(-1), own)), shape=(len(keys), len(arcs)))
    party = keys // base
    return matrix, np.where(keys % base == 0, 0, sizes[party]), party


def _all_or_none(size: Int64, group: Int64, count: Int64) -> Bools:
    return np.asarray((count == 0) | (count == size[group]))


def _within(balance: Balanced, group: Int64, net: Int64) -> Bools:
    low = -INFINITE if balance.at_least is None else balance.at_least
    high = INFINITE if balance.at_most is None else balance.at_most
    return np.asarray((net >= low) & (net <= high))


def _holds(rule: Quota, form: Form, group: Int64, counted: Int64, *bases: Int64) -> Bools:
    if form.limit is None:
        margin = counted * form.share.denominator - form.share.numerator * bases[0]
    else:
        margin = counted - form.limit[group]
    held = np.asarray(form.sign * margin >= 0)
    return held if rule.from_seats is None else held | (bases[-1] < rule.from_seats)


def _pattern(effects: list[sparse.csr_array]) -> Any:
    """Return where any of the effects is not zero; of a single one, what it is there."""
    if len(effects) == 1:
        return effects[0].tocoo()
    return sparse.csr_array(sum(abs(e) for e in effects)).tocoo()


def _times(matrix: sparse.csr_array, x: Int64) -> Int64:
    return np.asarray(matrix @ x, np.int64).reshape(-1)


def _entries(picked: Any) -> Int64:
    """Return picked entries of a matrix as a plain array: what SciPy gives depends on its version."""
    plain = picked.toarray() if sparse.issparse(picked) else picked
    return np.asarray(plain, np.int64).reshape(-1)
