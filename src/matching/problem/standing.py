"""Which hard rule one more placement would break, asked of a whole plan."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.policy.model import Quota, Together
from matching.problem.counts import Cast, Form
from matching.problem.problem import Problem
from matching.problem.program import Int64
from matching.problem.together import concerned


class Standing:
    """How the hard rules stand in a plan, ready to be asked about one more arc.

    Parameters
    ----------
    chosen : positions of the plan's arcs
    """

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        self._problem = problem
        x = np.zeros(len(problem.arcs), np.int64)
        x[chosen] = 1
        self._checks = [_Check(quota, form, x) for quota in problem.quotas if quota.rule.enforce == "hard"
                        for form in quota.forms]
        self._together = [(r, concerned(r, problem.fields)) for r in problem.policy.active(Together)
                          if r.enforce == "hard"]

    def first_broken(self, arc: int) -> str | None:
        """Return the id of the first hard rule, in the policy's order, that placing `arc` as well would break."""
        broken = {check.rule.id for check in self._checks if check.breaks(arc)}
        broken |= {rule.id for rule, about in self._together if self._in_group(rule, about, arc)}
        return next((r.id for r in self._problem.policy.rules if r.id in broken), None)

    def _in_group(self, rule: Together, about: np.ndarray, arc: int) -> bool:
        teacher = int(self._problem.arcs.teacher[arc])
        keys = self._problem.fields.raw(rule.by)
        return bool(about[teacher]) and keys[teacher] is not None and \
            sum(bool(a) and k == keys[teacher] for a, k in zip(about, keys, strict=True)) > 1


class _Check:
    """One bound of one quota, with its counts in the plan."""

    def __init__(self, quota: Cast, form: Form, x: Int64) -> None:
        self.rule: Quota = quota.rule
        self._form = form
        self._of_arc = [_by_arc(m, form.groups) for m in (quota.count.counted, quota.count.placed, quota.count.seats)]
        self._now = [np.asarray(m.T @ x, np.int64) for m in self._of_arc]

    def breaks(self, arc: int) -> bool:
        """Tell whether the bound holds now but not with `arc`, in any of its groups."""
        touched = np.unique(np.concatenate([m[[arc]].indices for m in self._of_arc]))
        extra = [m[[arc]].toarray()[0] for m in self._of_arc]
        return any(self._holds(g, *(n[g] for n in self._now))
                   and not self._holds(g, *(n[g] + e[g] for n, e in zip(self._now, extra, strict=True)))
                   for g in touched)

    def _holds(self, g: int, counted: int, placed: int, seats: int) -> bool:
        if self.rule.from_seats is not None and seats < self.rule.from_seats:
            return True
        form = self._form
        if form.limit is None:
            return bool(form.sign * (counted * form.share.denominator - form.share.numerator * placed) >= 0)
        return bool(form.sign * (counted - form.limit[g]) >= 0)


def _by_arc(matrix: sparse.csr_array, groups: Int64) -> sparse.csr_array:
    return matrix[groups].T.tocsr()
