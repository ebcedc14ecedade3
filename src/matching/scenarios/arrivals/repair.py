"""Vacated seats filled again from the reserve: post after post, each reserve list in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.scenarios.arrivals.demands import Demands
from matching.scenarios.arrivals.ground import Ground
from matching.scenarios.arrivals.rates import Floats
from matching.scenarios.arrivals.standing import Standing


class Effect(NamedTuple):
    """What one placement more does to the rows: `rows` by `by`, and `triggers` by `start_by`.

    `guarded` are the places among `rows` whose rule is hard; `trigger_of` is each of these rows' place among the
    standing's triggered ones, -1 where it always binds. Where nobody is there yet, a row is further changed by `gain`
    for its `visit`; -1 where it counts no schools.
    """

    rows: Int64
    by: Int64
    triggers: Int64
    start_by: Int64
    guarded: Int64
    trigger_of: Int64
    visit: Int64
    gain: Int64

    def change(self, standing: Standing, draws: Int64) -> Int64:
        """Return what it does to `rows` in some draws, (n_rows, n_draws), or (n_rows, 1) where all have the same."""
        by, at = self.by[:, None], np.flatnonzero(self.visit >= 0)
        if not len(at):
            return by
        by = np.repeat(by, len(draws), axis=1)
        by[at] += self.gain[at, None] * (standing.there[np.ix_(self.visit[at], draws)] == 0)
        return by


@dataclass(frozen=True)
class Columns:
    """The effect of each column of the reserve."""

    effects: tuple[Effect, ...]

    @classmethod
    def of(cls, ground: Ground) -> Columns:
        """Look the effects up once for all draws."""
        demands = ground.demands
        triggered = np.flatnonzero(demands.start)
        place = np.full(len(demands.start), -1, np.int64)
        place[triggered] = np.arange(len(triggered))
        matrix, trigger = demands.matrix.tocsc(), demands.trigger[triggered].tocsc()
        visits, n = demands.visits.matrix.tocsc(), len(ground.arcs)
        return cls(tuple(_effect(demands, matrix, trigger, visits, place, c) for c in range(ground.placed, n)))


def _effect(demands: Demands, matrix: Any, trigger: Any, visits: Any, place: Int64, column: int) -> Effect:
    own, at, new = (slice(m.indptr[column], m.indptr[column + 1]) for m in (matrix, trigger, visits))
    hard, visit = demands.hard, visits.indices[new].astype(np.int64)
    of_visit = demands.visits.row[visit]
    rows, triggers = matrix.indices[own].astype(np.int64), trigger.indices[at].astype(np.int64)
    hit = np.flatnonzero((place >= 0) & hard)
    begun = hit[np.isin(place[hit], triggers)]  # a row may begin to bind without being counted in
    extra = np.setdiff1d(np.concatenate([begun, of_visit]), rows)
    rows = np.concatenate([rows, extra])
    by = np.concatenate([matrix.data[own], np.zeros(len(extra), np.int64)])
    visit_of, gain = np.full(len(rows), -1, np.int64), np.zeros(len(rows), np.int64)
    order = np.argsort(rows)
    hosts = order[np.searchsorted(rows[order], of_visit)]
    visit_of[hosts], gain[hosts] = visit, demands.visits.gain[visit]
    return Effect(rows, by, triggers, trigger.data[at], np.flatnonzero(hard[rows]), place[rows], visit_of, gain)


class Repaired(NamedTuple):
    """What filling seats again came to.

    Attributes
    ----------
    refilled : int64, shape (n_needs, n_draws)
    worth, asked : int64, shape (n_draws,)
    called, came : int64, shape (n_columns,); over all draws
    refused : int64, shape (n_rows,); how often each row kept somebody from a vacant seat, over all draws
    """

    refilled: Int64
    worth: Int64
    asked: Int64
    called: Int64
    came: Int64
    refused: Int64


def repaired(ground: Ground, columns: Columns, uniform: Floats, arrived: Bools, standing: Standing,
             among: tuple[int, ...] | None = None) -> Repaired:
    """Fill vacated seats again, draw by draw alike; `standing` is brought up to date.

    Whoever is in reserve is asked once, for the first seat in the order where no hard rule would come to be broken, or
    be broken by more, through them; they come at their own rate.
    """
    draws = uniform.shape[0]
    found = Repaired(np.zeros((ground.n_needs, draws), np.int64), np.zeros(draws, np.int64), np.zeros(draws, np.int64),
                     np.zeros(len(ground.arcs), np.int64), np.zeros(len(ground.arcs), np.int64),
                     np.zeros(len(ground.demands.rule), np.int64))
    used = np.zeros((ground.n_teachers, draws), np.bool_)
    if among is not None:
        used[:] = True
        used[list(among)] = False
    free = _vacated(ground, arrived)
    for need in ground.order.tolist():
        vacant = np.flatnonzero(free[need])
        for column in ground.asked[ground.start[need]:ground.start[need + 1]].tolist():
            vacant = vacant[free[need, vacant] > 0]
            if not len(vacant):
                break
            _ask(ground, columns.effects[column - ground.placed], column, vacant, uniform, used, free, standing, found)
    return found


def _vacated(ground: Ground, arrived: Bools) -> Int64:
    free = np.zeros((ground.n_needs, arrived.shape[1]), np.int64)
    np.add.at(free, ground.need[:ground.placed], (~arrived).astype(np.int64))
    return free


def _ask(ground: Ground, effect: Effect, column: int, vacant: Int64, uniform: Floats, used: Bools, free: Int64,
         standing: Standing, found: Repaired) -> None:
    teacher, need = int(ground.teacher[column]), int(ground.need[column])
    draws = vacant[~used[teacher, vacant]]
    worse = worsened(effect, standing, draws)
    found.refused[effect.rows[effect.guarded]] += worse.sum(axis=1)
    draws = draws[np.logical_not(np.logical_or.reduce(worse, axis=0))]
    if not len(draws):
        return
    used[teacher, draws] = True
    found.asked[draws] += 1
    found.called[column] += len(draws)
    come = draws[uniform[draws, teacher] < ground.rate[column]]
    free[need, come] -= 1
    found.refilled[need, come] += 1
    found.worth[come] += ground.worth[column]
    found.came[column] += len(come)
    standing.margin[np.ix_(effect.rows, come)] += effect.change(standing, come)
    standing.there[np.ix_(effect.visit[effect.visit >= 0], come)] += 1
    standing.started[np.ix_(effect.triggers, come)] += effect.start_by[:, None]


def worsened(effect: Effect, standing: Standing, draws: Int64) -> Bools:
    """Tell of which guarded row, and in which of the draws, the rule falls short by more with this placement."""
    rows = effect.rows[effect.guarded]
    before = standing.margin[np.ix_(rows, draws)]
    after = before + effect.change(standing, draws)[effect.guarded]
    worse = np.minimum(after, 0) < np.minimum(before, 0)
    own = effect.trigger_of[effect.guarded]
    late = np.flatnonzero(own >= 0)
    if len(late):
        worse[late] = _worse_where_it_binds(effect, standing, own[late], draws, before[late], after[late])
    return np.asarray(worse, np.bool_)


def _worse_where_it_binds(effect: Effect, standing: Standing, own: Int64, draws: Int64, before: Int64,
                          after: Int64) -> Bools:
    started = standing.started[np.ix_(own, draws)]
    by = np.zeros(len(standing.triggered), np.int64)
    by[effect.triggers] = effect.start_by
    was = np.where(started >= 0, np.minimum(before, 0), 0)
    is_now = np.where(started + by[own, None] >= 0, np.minimum(after, 0), 0)
    return np.asarray(is_now < was)
