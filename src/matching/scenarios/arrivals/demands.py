"""Rules as rows over the placements of a plan and of its reserve, so that many outcomes are judged together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.policy.model import Place, Rule, Together
from matching.problem import Problem
from matching.problem.balance import Balanced
from matching.problem.conditions import Bools
from matching.problem.counts import Cast, Form
from matching.problem.program import Int64
from matching.problem.together import concerned, travelling
from matching.scenarios.arrivals.visits import Visits, stacked, visits_of


@dataclass(frozen=True)
class Demands:
    """A row holds where ``matrix @ x``, and what it gains by visits, is at least ``bound``, or where
    ``trigger @ x < start``: it binds only from there on.

    A row with a `start` of 0 always binds. x are the columns that were asked for.

    Attributes
    ----------
    matrix, trigger : int64, sparse, shape (n_rows, n_columns)
    bound, start : int64, shape (n_rows,)
    visits : what rows gain besides by each school that somebody goes to
    rule : the position in `rules` of each row's rule
    hard : whether each row's rule is hard
    groups : the label of each row's group
    rules : ids
    """

    matrix: sparse.csr_array
    trigger: sparse.csr_array
    bound: Int64
    start: Int64
    visits: Visits
    rule: Int64
    hard: Bools
    groups: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def by_rule(self) -> sparse.csr_array:
        """A 1 for each rule (row) and row of it (column), shape (n_rules, n_rows)."""
        n = len(self.rule)
        return sparse.csr_array((np.ones(n, np.int64), (self.rule, np.arange(n))), shape=(len(self.rules), n))

    def only(self, rows: Int64) -> Demands:
        """Return some of the rows."""
        return replace(self, matrix=self.matrix[rows], trigger=self.trigger[rows], bound=self.bound[rows],
                       start=self.start[rows], visits=self.visits.only(rows), rule=self.rule[rows],
                       hard=self.hard[rows], groups=tuple(self.groups[r] for r in rows.tolist()))


class Part(NamedTuple):
    """Rows of one rule; without a trigger they always bind."""

    of: Rule
    matrix: sparse.csr_array
    bound: Int64
    groups: tuple[str, ...]
    trigger: sparse.csr_array | None = None
    start: Int64 | None = None
    visits: Visits | None = None


def demands(problem: Problem, columns: Int64, placed: int) -> Demands:
    """Return the hard and elastic rules beyond those on single pairs, as rows over `columns`.

    Parameters
    ----------
    columns : positions of arcs, those of the plan first
    placed : how many of them are the plan's
    """
    parts = [p for p in (*_of_quotas(problem, columns), *_of_balances(problem, columns),
                         *_of_people(problem, columns, placed)) if p.matrix.shape[0]]
    rules = tuple(dict.fromkeys(part.of.id for part in parts))
    sizes = [part.matrix.shape[0] for part in parts]
    none = sparse.csr_array((0, len(columns)), dtype=np.int64)
    matrix = sparse.vstack([none, *(part.matrix for part in parts)], "csr")
    trigger = sparse.vstack([none, *(_or_empty(part.trigger, part.matrix) for part in parts)], "csr")
    each = np.array([rules.index(part.of.id) for part in parts], np.int64)
    hard = np.array([part.of.enforce == "hard" for part in parts], np.bool_)
    visits = stacked([(size, part.visits) for size, part in zip(sizes, parts, strict=True)], len(columns))
    found = Demands(sparse.csr_array(matrix), sparse.csr_array(trigger), _joined([part.bound for part in parts]),
                    _joined([_or_zero(part.start, n) for part, n in zip(parts, sizes, strict=True)]), visits,
                    np.repeat(each, sizes), np.repeat(hard, sizes), tuple(g for part in parts for g in part.groups),
                    rules)
    counts = np.diff(found.matrix.indptr) + np.bincount(visits.row, minlength=len(found.rule))
    binds = (found.start == 0) | (np.diff(found.trigger.indptr) > 0)
    return found.only(np.flatnonzero((counts > 0) | ((found.bound > 0) & binds)))


def _or_empty(trigger: sparse.csr_array | None, like: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(like.shape, dtype=np.int64) if trigger is None else trigger


def _or_zero(start: Int64 | None, n: int) -> Int64:
    return np.zeros(n, np.int64) if start is None else start


def _joined(parts: list[Int64]) -> Int64:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _of_quotas(problem: Problem, columns: Int64) -> Iterator[Part]:
    for quota in problem.quotas:
        for form in quota.forms:
            yield _of_form(quota, form, columns)


def _of_form(quota: Cast, form: Form, columns: Int64) -> Part:
    counted, placed, seats = (sparse.csr_array(m[form.groups][:, columns]) for m in quota.count)
    visits = visits_of(quota, form, columns)
    if visits is not None:
        counted = sparse.csr_array(counted.shape, dtype=np.int64)
    if form.limit is None:
        share = form.share
        matrix, bound = counted * share.denominator - placed * share.numerator, np.zeros(len(form.groups), np.int64)
    else:
        matrix, bound = counted, form.limit
    start = quota.rule.from_seats
    begin = None if start is None else np.full(len(form.groups), start, np.int64)
    return Part(quota.rule, sparse.csr_array(matrix * form.sign), form.sign * bound,
                tuple(quota.groups.labels[g] for g in form.groups.tolist()), None if start is None else seats, begin,
                visits)


def _of_balances(problem: Problem, columns: Int64) -> Iterator[Part]:
    for balance in problem.balances:
        for sign, bound in ((1, balance.at_least), (-1, balance.at_most)):
            if bound is not None:
                yield _of_balance(balance, sign, bound, columns)


def _of_balance(balance: Balanced, sign: int, bound: int, columns: Int64) -> Part:
    matrix = sparse.csr_array(balance.net[:, columns] * sign)
    return Part(balance.rule, matrix, np.full(matrix.shape[0], sign * bound, np.int64), balance.labels)


def _of_people(problem: Problem, columns: Int64, placed: int) -> Iterator[Part]:
    """Yield those who must go, and those who go together: of these only what the plan itself has together."""
    teachers = problem.instance.teachers
    for place in problem.policy.active(Place):
        if place.enforce != "report":
            due = np.flatnonzero(concerned(place, problem.fields))
            matrix = _own(problem, [[t] for t in due.tolist()], columns, len(columns))
            yield Part(place, matrix, np.ones(len(due), np.int64),
                       tuple(teachers[t].teacher_id for t in due.tolist()))
    for together in problem.policy.active(Together):
        if together.enforce != "report":
            groups = travelling(together, problem.fields)
            matrix = _own(problem, [members for _, members in groups], columns, placed)
            size = np.asarray(matrix.sum(axis=1), np.int64).reshape(-1)
            yield Part(together, matrix, size, tuple(name for name, _ in groups), matrix,
                       np.ones(len(groups), np.int64))


def _own(problem: Problem, parties: Sequence[Sequence[int]], columns: Int64, most: int) -> sparse.csr_array:
    """Return which of the first `most` columns belong to each party of teachers."""
    of = np.full(problem.arcs.n_teachers, -1, np.int64)
    for number, members in enumerate(parties):
        of[list(members)] = number
    party = of[problem.arcs.teacher[columns[:most]]]
    own = np.flatnonzero(party >= 0)
    return sparse.csr_array((np.ones(len(own), np.int64), (party[own], own)), shape=(len(parties), len(columns)))


def together(problem: Problem) -> Bools:
    """Tell which teachers belong to a group that a hard rule keeps together."""
    bound = np.zeros(problem.arcs.n_teachers, np.bool_)
    for rule in problem.policy.active(Together):
        if rule.enforce == "hard":
            bound[[t for _, members in travelling(rule, problem.fields) for t in members]] = True
    return bound
