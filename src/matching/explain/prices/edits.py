"""One unit more or less as another program, compiled from the instance as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matching.domain.instance import Instance
from matching.engines import Change
from matching.engines.change import changed
from matching.explain.prices.units import Bound, Kind, Post, Unit
from matching.problem import Problem, compile
from matching.problem.program import INFINITE, Int64, Program

COPY = "~"
"""What the id of one more teacher begins with, followed by that of the one they are like."""


@dataclass(frozen=True)
class Edit:
    """What a program becomes with a unit more or less.

    Attributes
    ----------
    at : int64; which of the former columns each one is or, of one more teacher, is like; None where that is not known
    alike : the group of one more teacher's own rows, and of the rows of the one they are like
    change : the same as other bounds of the former program, where it is stated as such
    """

    program: Program
    at: Int64 | None
    alike: Mapping[str, str] = field(default_factory=dict)
    change: Change | None = None


def edited(problem: Problem, unit: Unit) -> Edit:
    """Return the program with one more or one fewer of a thing, everything else as it is."""
    more = unit.side == "more"
    if isinstance(unit.of, Bound):
        change = _moved(problem.program, unit.of, 1 if more else -1)
        return Edit(changed(problem.program, change), np.arange(problem.program.n_columns), change=change)
    if isinstance(unit.of, Post):
        return _compiled(problem, _with_seats(problem.instance, unit.of, 1 if more else -1), {})
    who = unit.of
    return (_compiled(problem, _with_copy(problem.instance, who.like), {COPY + who.like: who.like}) if more
            else _compiled(problem, _without(problem.instance, who), {}))


def _moved(program: Program, bound: Bound, way: int) -> Change:
    """Return the change of a rule's bound by a unit; a shortfall may then be a unit larger, too."""
    row, by = np.array([bound.row]), way * bound.step
    low, high = program.row_lower[row], program.row_upper[row]
    low = np.where(low <= -INFINITE, low, low + by)
    high = np.where(high >= INFINITE, high, high + by)
    if bound.shortfall is None:
        return Change(rows=row, row_lower=low, row_upper=high)
    column, worth = bound.shortfall
    columns = np.array([column])
    return Change(columns, program.lower[columns], program.upper[columns] - (-bound.step // worth), row, low, high)


def _with_seats(instance: Instance, post: Post, by: int) -> Instance:
    return replace(instance, needs=tuple(n._replace(count=n.count + by) if n.need_id == post.need else n
                                         for n in instance.needs))


def _with_copy(instance: Instance, like: str) -> Instance:
    copy = instance.teacher[like]._replace(teacher_id=COPY + like)
    rows = tuple(row._replace(teacher_id=COPY + like) for row in instance.ledger if row.teacher_id == like)
    return replace(instance, teachers=(*instance.teachers, copy), ledger=(*instance.ledger, *rows))


def _without(instance: Instance, kind: Kind) -> Instance:
    return replace(instance, teachers=tuple(t for t in instance.teachers if t.teacher_id != kind.like),
                   ledger=tuple(row for row in instance.ledger if row.teacher_id != kind.like))


def _compiled(problem: Problem, instance: Instance, alike: Mapping[str, str]) -> Edit:
    other = compile(instance, problem.policy)
    return Edit(other.program, _columns(problem, other, alike), alike)


def _columns(problem: Problem, other: Problem, alike: Mapping[str, str]) -> Int64 | None:
    before, after = problem.program, other.program
    teachers = [alike.get(t.teacher_id, t.teacher_id) for t in other.instance.teachers]
    needs = other.instance.needs
    arcs = problem.columns([(teachers[t], needs[n].need_id)
                            for t, n in zip(other.arcs.teacher.tolist(), other.arcs.need.tolist(), strict=True)])
    more = before.n_columns - before.n_arcs
    if np.any(arcs < 0) or after.n_columns - after.n_arcs != more:
        return None
    return np.concatenate([arcs, np.arange(before.n_arcs, before.n_columns)])
