"""Which hard rule one more placement would break, asked of a whole plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from matching.policy.model import Together
from matching.problem.balance import Balanced
from matching.problem.conditions import Bools
from matching.problem.counts import Cast, Form
from matching.problem.problem import Problem
from matching.problem.program import INFINITE, Int64
from matching.problem.together import travelling


class Standing:
    """How the hard rules stand in a plan, ready to be asked about one more arc.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        self._x = np.zeros(len(problem.arcs), np.int64)
        self._x[chosen] = 1

    def first_broken(self, arcs: Int64) -> list[str | None]:
        """Return for each of `arcs` the id of the first hard rule, in the policy's order, that it would break."""
        order = {rule.id: k for k, rule in enumerate(self._problem.policy.rules)}
        first = np.full(len(arcs), len(order), np.int64)
        for rule_id, broken in self._broken(arcs):
            first[broken] = np.minimum(first[broken], order[rule_id])
        ids = [*order, None]
        return [ids[k] for k in first.tolist()]

    def _broken(self, arcs: Int64) -> Iterator[tuple[str, Bools]]:
        for quota in self._problem.quotas:
            if quota.rule.enforce == "hard":
                for form in quota.forms:
                    yield quota.rule.id, _breaks(quota, form, self._x, arcs)
        for balance in self._problem.balances:
            if balance.rule.enforce == "hard":
                yield balance.rule.id, _unbalances(balance, self._x, arcs)
        for rule in self._problem.policy.active(Together):
            if rule.enforce == "hard":
                yield rule.id, self._in_group(rule)[self._problem.arcs.teacher[arcs]]

    def _in_group(self, rule: Together) -> Bools:
        """Tell for each teacher whether others go with them, who would have to be placed too."""
        grouped = np.zeros(self._problem.arcs.n_teachers, np.bool_)
        for _, members in travelling(rule, self._problem.fields):
            grouped[list(members)] = True
        return grouped


def _breaks(quota: Cast, form: Form, x: Int64, arcs: Int64) -> Bools:
    """Tell for each arc whether the bound holds in all of its groups now, and in one of them no more with the arc."""
    counted, placed, seats = (m[form.groups] for m in (quota.count.counted, quota.count.placed, quota.count.seats))
    now = [np.asarray(m @ x, np.int64) for m in (counted, placed, seats)]
    of_arc = [m.T.tocsr()[arcs] for m in (counted, placed, seats)]
    touched = sparse.coo_array(of_arc[2])
    arc, group = touched.row, touched.col
    extra = [_entries(m[arc, group]) for m in of_arc]
    if quota.sites is not None:
        visited = _visited(counted, quota.sites, x)
        now[0] = visited.sum(axis=1)
        extra[0] = extra[0] * ~visited[group, quota.sites[arcs[arc]]]
    before = _holds(quota, form, group, *(n[group] for n in now))
    after = _holds(quota, form, group, *(n[group] + e for n, e in zip(now, extra, strict=True)))
    broken = np.zeros(len(arcs), np.bool_)
    broken[arc[before & ~after]] = True
    return broken


def _visited(counted: sparse.csr_array, sites: Int64, x: Int64) -> Bools:
    """Tell for each group (row) which sites (columns) the plan `x` goes to."""
    at = counted.tocoo()
    placed = x[at.col] > 0
    visited = np.zeros((counted.shape[0], int(sites.max(initial=0)) + 1), np.bool_)
    visited[at.row[placed], sites[at.col[placed]]] = True
    return visited


def _unbalances(balance: Balanced, x: Int64, arcs: Int64) -> Bools:
    """Tell for each arc whether all of its groups are within the bounds now, and one of them no more with the arc."""
    touched = sparse.coo_array(balance.net.T.tocsr()[arcs])
    now = np.asarray(balance.net @ x, np.int64)[touched.col]
    broken = np.zeros(len(arcs), np.bool_)
    broken[touched.row[_within(balance, now) & ~_within(balance, now + touched.data)]] = True
    return broken


def _within(balance: Balanced, net: Int64) -> Bools:
    low = -INFINITE if balance.at_least is None else balance.at_least
    high = INFINITE if balance.at_most is None else balance.at_most
    return np.asarray((net >= low) & (net <= high))


def _entries(picked: Any) -> Int64:
    """Return picked entries of a matrix as a plain array: what SciPy gives depends on its version."""
    plain = picked.toarray() if sparse.issparse(picked) else picked
    return np.asarray(plain, np.int64).reshape(-1)


def _holds(quota: Cast, form: Form, group: Int64, counted: Int64, placed: Int64, seats: Int64) -> Bools:
    if form.limit is None:
        margin = counted * form.share.denominator - form.share.numerator * placed
    else:
        margin = counted - form.limit[group]
    held = np.asarray(form.sign * margin >= 0)
    return held if quota.rule.from_seats is None else held | (seats < quota.rule.from_seats)
