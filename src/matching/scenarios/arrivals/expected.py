"""The plan's program with other goals: what is filled on average, exactly or over sampled outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from matching.policy.conditions import FieldRef
from matching.policy.model import Quota
from matching.problem import INFINITE, Objective, Problem, Program, RowLabel
from matching.problem.conditions import Bools
from matching.problem.counts import Form
from matching.problem.program import Int64
from matching.scenarios.arrivals.demands import together
from matching.scenarios.arrivals.rates import Floats

SCALE = 1_000
"""Rates count in thousandths, so that costs are whole."""
NAME = "arrivals"


def expected_program(problem: Problem, rates: Floats, worth: Int64) -> Program:
    """Return the program with one goal more, behind fill: the least expected loss of what the plan fills.

    Its optimum is exact, but for rates rounded to thousandths: of all plans that fill as much, the one of which most
    arrives on average, the reserve left out of account. Without a fill goal most arrivals come first of all.
    """
    cost = np.zeros(problem.program.n_columns, np.int64)
    if _fill(problem.program) is None:
        cost[:len(problem.arcs)] = -np.rint(worth * rates * SCALE).astype(np.int64)
        return replace(problem.program, objectives=_with(problem.program, cost, -1))
    cost[:len(problem.arcs)] = np.rint(worth * (1 - rates) * SCALE).astype(np.int64)
    return replace(problem.program, objectives=_with(problem.program, cost, 1))


def _fill(program: Program) -> int | None:
    """Return the position of the last fill goal."""
    return max((k for k, o in enumerate(program.objectives) if o.name == "fill"), default=None)


def _with(program: Program, cost: Int64, sense: int) -> tuple[Objective, ...]:
    """Put a goal behind the last fill goal; first of all without one."""
    fill = _fill(program)
    at = 0 if fill is None else fill + 1
    kept = [_filled(o, len(cost)) for o in program.objectives]
    return (*kept[:at], Objective(NAME, cost, sense), *kept[at:])


def _filled(objective: Objective, n: int) -> Objective:
    return replace(objective, cost=np.append(objective.cost, np.zeros(n - len(objective.cost), np.int64)))


def one_post_each(problem: Problem) -> bool:
    """Tell whether a hard rule gives every teacher one post at the most."""
    return any(rule.per == ("teacher_id",) and rule.enforce == "hard" and rule.measure == "seats" and not rule.when
               and not rule.count and rule.of is None and rule.from_seats is None and rule.at_most == Fraction(1)
               and not isinstance(rule.at_most, FieldRef) for rule in problem.policy.active(Quota))


def sampled_program(problem: Problem, rates: Floats, late: Floats, worth: Int64, uniform: Floats) -> Program:
    """Return the program with one goal more, behind fill: the most filled in sampled outcomes, each with its reserve.

    The sample average approximation of a two-stage program with simple recourse (A. Kleywegt, A. Shapiro and T.
    Homem-de-Mello, "The sample average approximation method for stochastic discrete optimization", SIAM Journal on
    Optimization 12, 2002). In each outcome whoever has no post and would come may take a vacated seat, with the fixed
    caps of hard rules kept; unlike the simulation it looks ahead, and leaves shares and floors out.

    Parameters
    ----------
    rates, late : of each arc, where placed and where asked from the reserve
    uniform : float64, shape (n_outcomes, n_teachers)
    """
    arcs, n = problem.arcs, problem.program.n_columns
    come = uniform[:, arcs.teacher] < rates
    outcome, arc = np.nonzero(_able(problem, come, uniform, late))
    parts = _recourse(problem, come, outcome.astype(np.int64), arc.astype(np.int64))
    rows = [part for part in parts if part[0].shape[0]]
    width = n + len(arc)
    cost = np.zeros(width, np.int64)
    cost[:len(arcs)] = -worth * come.sum(axis=0)
    cost[n:] = -worth[arc]
    return _extended(problem.program, rows, width, cost)


def how_many(problem: Problem, rates: Floats, late: Floats, uniform: Floats, columns: int) -> int:
    """Return how many of the outcomes, from the first on, can be taken without more than so many columns of reserve."""
    of_arcs = uniform[:, problem.arcs.teacher]
    able = _able(problem, of_arcs < rates, uniform, late).sum(axis=1)
    return int((np.cumsum(able) <= columns).sum())


def _able(problem: Problem, come: Bools, uniform: Floats, late: Floats) -> Bools:
    """Tell of each outcome and arc whether the teacher may step in there."""
    teacher = problem.arcs.teacher
    return (uniform[:, teacher] < late) & ~together(problem)[teacher] & _may_be_vacant(problem, come)


def _may_be_vacant(problem: Problem, come: Bools) -> Bools:
    """Tell of each outcome and arc whether somebody might be placed at its post who does not arrive."""
    arcs = problem.arcs
    at = sparse.csr_array((np.ones(len(arcs), np.int64), (np.arange(len(arcs)), arcs.need)),
                          shape=(len(arcs), arcs.n_needs))
    absent = sparse.csr_array((~come).astype(np.int64)) @ at
    return np.asarray(absent.toarray()[:, arcs.need] > 0)


Part = tuple[sparse.csr_array, Int64]
"""Rows over all columns, and what each is at most."""


def _recourse(problem: Problem, come: Bools, outcome: Int64, arc: Int64) -> Iterator[Part]:
    """Yield what holds in every outcome: who is in reserve, which seats are vacant, and the fixed caps.

    `outcome` and `arc` tell of each column of the reserve what it stands for.
    """
    arcs = problem.arcs
    yield _teachers(problem, outcome, arcs.teacher[arc].astype(np.int64))
    yield _seats(problem, come, outcome, arcs.need[arc].astype(np.int64))
    for quota in problem.quotas:
        if quota.rule.enforce == "hard" and quota.sites is None and quota.rule.from_seats is None:
            for form in (f for f in quota.forms if f.sign < 0 and f.limit is not None and len(f.groups)):
                yield _caps(problem, quota.count.counted[form.groups], form, come, outcome, arc)


def _teachers(problem: Problem, outcome: Int64, teacher: Int64) -> Part:
    """Say that whoever steps in has no post, and steps in once."""
    arcs = problem.arcs
    keys, row = np.unique(outcome * arcs.n_teachers + teacher, return_inverse=True)
    who = keys % arcs.n_teachers
    of_teacher = sparse.csr_array((np.ones(len(arcs), np.int64), (arcs.teacher, np.arange(len(arcs)))),
                                  shape=(arcs.n_teachers, len(arcs)))
    first = of_teacher[who]
    return _beside(problem, first, row.reshape(-1), np.ones(len(row), np.int64)), np.ones(len(keys), np.int64)


def _seats(problem: Problem, come: Bools, outcome: Int64, need: Int64) -> Part:
    """Say that of a post no more seats are taken than those of it who do not arrive."""
    arcs = problem.arcs
    keys, row = np.unique(outcome * arcs.n_needs + need, return_inverse=True)
    there, place = keys // arcs.n_needs, keys % arcs.n_needs
    of_need = sparse.csr_array((np.ones(len(arcs), np.int64), (arcs.need, np.arange(len(arcs)))),
                               shape=(arcs.n_needs, len(arcs)))
    first = of_need[place].tocoo()
    kept = ~come[there[first.row], first.col]
    absent = sparse.csr_array((-first.data[kept], (first.row[kept], first.col[kept])), shape=first.shape)
    return _beside(problem, absent, row.reshape(-1), np.ones(len(row), np.int64)), np.zeros(len(keys), np.int64)


def _caps(problem: Problem, counted: sparse.csr_array, form: Form, come: Bools, outcome: Int64, arc: Int64) -> Part:
    """Say that a fixed cap holds in every outcome, in the groups that somebody in reserve could add to."""
    assert form.limit is not None
    own = counted[:, arc].tocoo()
    n_groups = counted.shape[0]
    keys, row = np.unique(outcome[own.col] * n_groups + own.row, return_inverse=True)
    there, group = keys // max(n_groups, 1), keys % max(n_groups, 1)
    first = counted[group].tocoo()
    kept = come[there[first.row], first.col]
    present = sparse.csr_array((first.data[kept], (first.row[kept], first.col[kept])), shape=first.shape)
    late = sparse.csr_array((own.data, (row.reshape(-1), own.col)), shape=(len(keys), len(arc)))
    return _joined(problem, present, late), form.limit[group]


def _beside(problem: Problem, first: sparse.csr_array, row: Int64, data: Int64) -> sparse.csr_array:
    late = sparse.csr_array((data, (row, np.arange(len(row)))), shape=(first.shape[0], len(row)))
    return _joined(problem, first, late)


def _joined(problem: Problem, arcs: sparse.csr_array, late: sparse.csr_array) -> sparse.csr_array:
    """Return rows over the arcs, the program's further columns (nothing), and the columns of the reserve."""
    between = sparse.csr_array((arcs.shape[0], problem.program.n_columns - problem.program.n_arcs), dtype=np.int64)
    return sparse.csr_array(sparse.hstack([arcs, between, late], "csr"))


def _extended(program: Program, parts: Sequence[Part], width: int, cost: Int64) -> Program:
    more = width - program.n_columns
    old = sparse.csr_array(sparse.hstack([program.matrix, sparse.csr_array((program.n_rows, more), dtype=np.int64)]))
    matrix = sparse.csr_array(sparse.vstack([old, *(rows for rows, _ in parts)], "csr"))
    n_new = matrix.shape[0] - program.n_rows
    lower, upper = (np.append(bound, np.full(more, by)) for bound, by in ((program.lower, 0), (program.upper, 1)))
    return Program(program.n_arcs, matrix, np.append(program.row_lower, np.full(n_new, -INFINITE)),
                   np.concatenate([program.row_upper, *(most for _, most in parts)]), lower, upper,
                   (*program.labels, *[RowLabel(NAME, str(k)) for k in range(n_new)]),
                   _with(program, cost, -1))
