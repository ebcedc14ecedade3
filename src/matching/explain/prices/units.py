"""What can be had one more or one fewer of: the bound of a rule in a group, a teacher of a kind, a seat of a post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from matching.domain.records import Teacher
from matching.explain.caps import one_each
from matching.policy.model import Balance, Quota
from matching.problem import Problem
from matching.problem.balance import Balanced
from matching.problem.counts import UNITS, Cast, Form, caps_seats
from matching.problem.program import INFINITE, Int64

Side = Literal["more", "fewer"]
SIDES: tuple[Side, Side] = ("more", "fewer")
SHARE_OF_BOUND = 1000
"""A unit of kilometres or yuan is the largest power of ten that is no more than the bound by this number."""


class Bound(NamedTuple):
    """The bound of a rule in a group.

    Attributes
    ----------
    row : of the program
    step : one unit in the row's numbers: a person, a school, a class-hour; of kilometres and yuan a power of ten
    shortfall : the column that holds what is missing, and how much of the row one of it is; None of a hard rule
    """

    rule: str
    group: str
    bound: Literal["at_least", "at_most"]
    row: int
    step: int
    shortfall: tuple[int, int] | None


class Kind(NamedTuple):
    """Teachers of one subject, stage and home county; `like` is the one that another would be like."""

    subject: str
    stage: str
    county: str
    like: str


class Post(NamedTuple):
    """A seat of a post."""

    need: str


@dataclass(frozen=True)
class Unit:
    """One more or one fewer of something."""

    of: Bound | Kind | Post
    side: Side


def posts(problem: Problem) -> tuple[Post, ...]:
    """Return the posts with a seat and someone eligible."""
    wanted = np.bincount(problem.arcs.need, minlength=len(problem.instance.needs)) > 0
    return tuple(Post(n.need_id) for n, any_ in zip(problem.instance.needs, wanted, strict=True) if any_ and n.count)


def kinds(problem: Problem) -> dict[tuple[str, str, str], list[int]]:
    """Return the teachers, by position, of each kind who are eligible somewhere and bound by nothing of their own."""
    found: dict[tuple[str, str, str], list[int]] = {}
    eligible = np.diff(problem.arcs.start) > 0
    for at in np.flatnonzero(eligible).tolist():
        teacher = problem.instance.teachers[at]
        if _plain(teacher):
            county = problem.instance.site[teacher.home_site].county
            found.setdefault((teacher.subject, teacher.stages[0], county), []).append(at)
    return found


def _plain(teacher: Teacher) -> bool:
    return not (teacher.mandatory or teacher.lock_need or teacher.group or teacher.last_need)


def bounds(problem: Problem, x: Int64) -> tuple[Bound, ...]:
    """Return the bounds of quotas and balances that a plan meets with less than a unit to spare, or misses.

    Posts' seats and one post a teacher are not among them, nor rules that hold from some number of seats on.

    Parameters
    ----------
    x : int64, shape (n_columns,)
    """
    program, rows = problem.program, _rows_by_rule(problem)
    alone = one_each(problem)
    found = [*(b for cast in problem.quotas if cast.rule.id not in alone for b in _of_quota(problem, cast, rows)),
             *(b for balance in problem.balances for b in _of_balance(problem, balance, rows))]
    activity = np.asarray(program.matrix @ x, np.int64)
    return tuple(b for b in found if _room(problem, b, int(activity[b.row])) < b.step)


def _room(problem: Problem, bound: Bound, activity: int) -> int:
    program = problem.program
    low, high = int(program.row_lower[bound.row]), int(program.row_upper[bound.row])
    return activity - low if bound.bound == "at_least" else high - activity


def _rows_by_rule(problem: Problem) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, label in enumerate(problem.program.labels):
        found.setdefault(label.rule, []).append(row)
    return found


def _of_quota(problem: Problem, cast: Cast, rows: dict[str, list[int]]) -> Iterator[Bound]:
    """Yield a quota's bounds; of each form the rows that state them are the last."""
    rule, mine = cast.rule, rows.get(cast.rule.id, [])
    if caps_seats(rule) or rule.from_seats is not None or (rule.measure == "sites" and len(cast.forms) > 1):
        return
    first = len(mine) - len(cast.forms[0].groups) if rule.measure == "sites" else 0
    for form in cast.forms:
        first += len(form.groups) if form.limit is None and rule.measure != "sites" else 0
        for at, group in enumerate(form.groups.tolist()):
            row = mine[first + at]
            yield Bound(rule.id, cast.groups.labels[group], "at_least" if form.sign > 0 else "at_most", row,
                        _step(rule, form, at), _shortfall(problem, rule, row))
        first += len(form.groups)


def _step(rule: Quota, form: Form, at: int) -> int:
    """Return one unit: a person, a school or a class-hour, or a power of ten of kilometres or thousands of yuan."""
    if rule.measure not in ("km", "yuan"):
        return 1
    least = UNITS[rule.measure] if rule.measure == "km" else 1000
    limit = 0 if form.limit is None else int(form.limit[at])
    step = least
    while step * 10 * SHARE_OF_BOUND <= limit:
        step *= 10
    return step


def _of_balance(problem: Problem, balance: Balanced, rows: dict[str, list[int]]) -> Iterator[Bound]:
    program = problem.program
    for row in rows.get(balance.rule.id, []):
        floor = program.row_lower[row] > -INFINITE
        yield Bound(balance.rule.id, program.labels[row].group, "at_least" if floor else "at_most", row, 1,
                    _shortfall(problem, balance.rule, row))


def _shortfall(problem: Problem, rule: Quota | Balance, row: int) -> tuple[int, int] | None:
    if rule.enforce != "elastic":
        return None
    matrix = problem.program.matrix
    held = {int(c) for s in problem.shortfalls if s.rule == rule.id for c in s.columns}
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return next(((c, abs(v)) for c, v in zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)
                 if c in held), None)
