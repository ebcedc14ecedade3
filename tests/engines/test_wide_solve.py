"""Plans over some pairs, by clusters, and bounds over all."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from benchmarks.synthetic import make

from matching import engines
from matching.engines import wide_bound, wide_solve
from matching.engines.by_clusters import plan_by_clusters
from matching.engines.clusters import clustered, links
from matching.engines.exact import is_feasible
from matching.engines.ledger import Ledger
from matching.engines.pairing_up import grown, pairs_of
from matching.engines.settings import Settings
from matching.engines.shared_out import amounts, used
from matching.engines.side_by_side import one_by_one
from matching.engines.wide_solve import WideSolve
from matching.problem import compile
from matching.problem.wide import wide

ENDLESS = Settings(0, 1, math.inf)


@pytest.fixture(scope="module")
def medium():
    return make("M", 1)


@pytest.fixture(scope="module")
def proven(medium):
    problem = compile(*medium)
    return problem, engines.solve(problem.program, in_process=True, workers=1)


def solved(made, **given):
    whole = wide(*made)
    chosen = given.pop("chosen", ENDLESS)
    return whole, WideSolve(whole, whole.clusters(), whole.companies(), chosen, one_by_one, **given).solve()


def halves(problem):
    """Two clusters of needs by their site's county."""
    counties = np.asarray(problem.fields.classes("host.county")[0], np.int64)
    return (counties % 2)[problem.arcs.need]


def test_few_pairs_give_a_plan_of_the_whole_and_bounds_that_hold(medium, proven, monkeypatch):
    for name, value in {"FIRST": 3_000, "CORE": 8_000, "ADDED": 1_000}.items():
        monkeypatch.setattr(wide_bound, name, value)
    monkeypatch.setattr(wide_solve, "MOST_COLUMNS", 6_000)
    whole, found = solved(medium)
    problem, best = proven
    assert found.problem.program.n_arcs < len(whole.arcs)
    assert is_feasible(found.problem.program, found.solution.x)
    x = np.zeros(problem.program.n_columns, np.int64)
    pairs = [(p.teacher, p.need) for p in found.problem.decode(found.solution.x)]
    x[problem.columns(pairs)] = 1
    fill, points = found.solution.goals
    assert fill.best == -int(problem.program.objectives[0].cost @ x)
    assert points.best == int(problem.program.objectives[1].cost @ x)
    assert fill.best <= best.goals[0].best <= fill.bound
    assert fill.gap <= 0.03
    assert found.solution.status == "feasible"


def test_clusters_put_together_begin_from_the_plan(medium):
    begun = []

    def heard(ledgers, *given):
        begun.append({ledger.x is not None for ledger in ledgers})
        return one_by_one(ledgers, *given)

    whole = wide(*medium)
    WideSolve(whole, whole.clusters(), whole.companies(), ENDLESS, heard).solve()
    assert len(begun) > 1
    assert begun[1:] == [{True}] * (len(begun) - 1)


def test_points_are_bounded_for_all_plans_that_fill_as_many(medium, proven):
    """Over all pairs the plan is the best there is, so the bound of points must not be above what that has."""
    _, found = solved(medium)
    _, best = proven
    fill, points = found.solution.goals
    assert fill.best == best.goals[0].best
    assert points.bound <= best.goals[1].best <= points.best


def test_parts_and_links_are_the_whole(proven):
    problem, best = proven
    split = clustered(problem.program, halves(problem))
    columns = np.sort(np.concatenate([*(part.columns for part in split.parts), split.loose]))
    rows = np.sort(np.concatenate([*(part.rows for part in split.parts), split.linking]))
    assert np.array_equal(columns, np.arange(problem.program.n_columns))
    assert np.array_equal(rows, np.arange(problem.program.n_rows))
    for part in split.parts:
        assert is_feasible(part.program, best.x[part.columns])
    given = links(split, best.x)
    assert (used(split, given, best.x).sum(axis=1) <= given.upper).all()
    shares = amounts(split, given, best.x.astype(np.float64))
    asked = np.diff(given.matrix.indptr) > 0
    assert np.array_equal(shares.sum(axis=1)[asked], given.upper[asked])


def test_a_plan_is_not_lost_in_clusters(proven):
    problem, best = proven
    ledger = Ledger(problem.program)
    x = best.x.copy()
    assert plan_by_clusters(ledger, halves(problem), x, ENDLESS, one_by_one)
    assert ledger.values[0] == best.goals[0].best * -1


def test_clusters_are_put_together(medium):
    whole = wide(*medium)
    cluster = whole.clusters()
    some = np.arange(0, len(whole.arcs), 11)
    paired = pairs_of(whole.arcs, some, cluster, 0)
    assert cluster.max() > paired.max() >= (cluster.max() - 1) // 2
    assert len(np.unique(paired)) == paired.max() + 1
    assert grown(whole.arcs, some, cluster, len(some)).max() <= 2
    assert np.array_equal(grown(whole.arcs, some, cluster, 0), cluster)
    assert np.array_equal(grown(whole.arcs, some[:0], cluster, 1), cluster)


def test_out_of_time_there_is_no_plan(medium):
    _, found = solved(medium, chosen=Settings(0, 1, time.monotonic() - 1))
    assert (found.problem, found.solution.status, found.solution.stopped) == (None, "unknown", "time")


def test_stopped_at_once_there_is_no_plan(medium):
    _, found = solved(medium, stop=lambda: True)
    assert (found.problem, found.solution.status, found.solution.stopped) == (None, "unknown", "user")
