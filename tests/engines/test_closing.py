"""The gap closed by ever wider searches: the best plan found, no bound beyond it, infeasible only where it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import narrowing
from matching.engines.certificate import certify
from matching.engines.closing import FEW_NODES, Searcher, Task, close
from matching.engines.exact import round_up, step
from matching.engines.goals import lexicographic
from matching.engines.highs_goal import GoalSearch
from matching.engines.highs_model import Listeners, WholeResult, solve_whole
from matching.engines.ledger import Ledger
from matching.engines.narrowing import beyond
from matching.engines.propagation import propagated
from matching.engines.relaxation import Relaxation
from matching.engines.system import system_of
from tests.engines.blocks import FREE
from tests.engines.test_bounds import programs
from tests.engines.tight import ALONE, SETTINGS, system, tight_programs, tight_systems, whole


@dataclass
class Search:
    """A searcher that keeps what it is asked and what it finds and hears."""

    task: Task
    plans: list = field(default_factory=list)
    searched: list = field(default_factory=list)
    proven: list = field(default_factory=list)

    def run(self, system, search):
        self.searched.append((system, search))
        heard = replace(search, listeners=Listeners(plan=self.plans.append))
        return solve_whole(system, self.task.cost.astype(np.float64), heard, ALONE, math.inf)

    def best(self):
        return min((int(self.task.cost @ x) for x in self.plans if self.task.system.admits(x)), default=None)

    def close(self, run=None, tightened=lambda among, cutoff: among, late=lambda: False):
        """Return how it ended, with as many windows as there can be."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(narrowing, "FEWEST_COLUMNS", 2)
            return close(self.task, Searcher(run or self.run, self.best, tightened, self.proven.append, late))


def _closes(search, tightened=lambda among, cutoff: among):
    task = search.task
    every = whole(task.system)
    least = int((every @ task.cost).min()) if len(every) else math.inf
    outcome = search.close(tightened=tightened)
    assert outcome == ("optimal" if len(every) else "infeasible")
    if len(every):
        assert all(round_up(bound, task.cost) <= least for bound in search.proven if bound > -math.inf)
        assert search.best() == least or task.unit is None


PRICES = st.lists(st.integers(-24, 24).map(lambda k: k / 4), min_size=9, max_size=9)
KNOWN = st.none() | st.integers(0, 10_000)


def _task(held, goal, prices, known, rough=False, near=False):
    """A task with the bound that some prices prove, and one of its plans that is known, if any."""
    cost = held.cost(goal)
    certificate = certify(held, cost, np.resize(np.array(prices), held.n_rows))
    search = Search(Task(held, cost, certificate, None if rough else step(cost), 1, near=near))
    every = whole(held)
    if known is not None and len(every):
        search.plans.append(every[known % len(every)])
    return search


@SETTINGS
@given(tight_systems(), PRICES, KNOWN, st.booleans())
def test_whatever_the_prices_the_best_plan_is_found_and_no_bound_is_beyond_it(tight, prices, known, near):
    _closes(_task(tight, 1, prices, known, near=near))


@SETTINGS
@given(programs(), PRICES, KNOWN)
def test_so_it_is_of_looser_programs(program, prices, known):
    _closes(_task(system_of(program), 0, prices, known))


@SETTINGS
@given(tight_systems(), PRICES)
def test_and_where_any_plan_will_do(tight, prices):
    _closes(_task(tight, 1, prices, None, rough=True))


@SETTINGS
@given(tight_systems(), PRICES, KNOWN, st.booleans())
def test_and_with_what_rows_leave_of_each_window(tight, prices, known, near):
    _closes(_task(tight, 1, prices, known, near=near), lambda among, cutoff: propagated(among))


@SETTINGS
@given(tight_programs(), PRICES, st.integers(-8, 12), KNOWN)
def test_and_with_the_relaxation_of_what_may_cost_no_more_than_the_cutoff(program, prices, limit, known):
    first = system_of(program)
    search = _task(first.held([limit]), 1, prices, known)
    relaxation = Relaxation(first, np.ones(first.n_columns, np.bool_), ALONE)

    def tightened(among, cutoff):
        left = propagated(among)
        if left is None:
            return None
        below = relaxation.solve_below(search.task.cost, [limit], cutoff, left, math.inf)
        if below.certificate is None or below.certificate.bound > cutoff:
            return None
        cut = relaxation.within([limit, cutoff]).bounded(left.lower, left.upper)
        return propagated(beyond(cut, below.certificate, cutoff))

    _closes(search, tightened)


@SETTINGS
@given(tight_programs())
def test_goal_by_goal_in_such_windows_the_best_of_all_plans_is_found(program):
    every = whole(system_of(program))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "FEWEST_COLUMNS", 2)
        patch.setattr("matching.engines.highs_goal.KEPT_FOR_EACH", 0)
        ledger = Ledger(program)
        reply = lexicographic(ledger, GoalSearch(program, ALONE), ALONE)
    if not len(every):
        assert reply == "infeasible"
        return
    assert reply == "done"
    assert ledger.values == min(tuple(int(g.cost @ x) + g.constant for g in program.objectives) for x in every)


def _choice(unit=1):
    """Two of six, who save 6 down to 1; their prices show all that the others would cost more."""
    choice = system([[1] * 6], [-FREE], [2], [-6, -5, -4, -3, -2, -1], [1] * 6)
    return Search(Task(choice, choice.cost(0), certify(choice, choice.cost(0), np.array([-4.5, 0])), unit, 1))


def _sizes(search):
    return [int(np.count_nonzero(s.lower < s.upper)) for s, _ in search.searched]


def test_a_narrow_search_suffices_where_the_prices_are_good():
    search = _choice()
    assert search.close() == "optimal"
    assert search.best() == -11
    assert max(_sizes(search)) < 6
    assert search.proven[-1] > -12


def test_any_plan_ends_it_where_none_is_wanted_better():
    search = _choice(unit=None)
    assert search.close() == "optimal"
    assert len(search.searched) == 1
    assert search.searched[0][1].relative_gap > 0


def test_where_the_plan_known_meets_the_bound_nothing_is_searched():
    search = _choice()
    search.plans.append(np.array([1, 1, 0, 0, 0, 0]))
    assert search.task.certificate.bound == -11
    assert search.close() == "optimal"
    assert not search.searched


def test_where_the_excess_is_likely_known_every_window_is_searched_for_the_best():
    """Also the third: a rough search there would only be followed by all columns."""
    many = system([[1] * 40], [-FREE], [2], list(range(-40, 0)), [1] * 40)
    certificate = certify(many, many.cost(0), np.array([-38.5, 0]))
    search = Search(Task(many, many.cost(0), certificate, 1, 1, Fraction(1)))
    search.plans.append((np.arange(40) == 0).astype(np.int64))
    asked = []

    def unable(_, how):
        asked.append(how.relative_gap)
        return WholeResult("stopped", -math.inf)

    assert search.close(unable) == "stopped"
    assert asked == [0] * 3


def test_where_the_best_is_probably_near_the_bound_what_exceeds_it_by_a_unit_and_by_four_is_searched_first():
    many = system([[1] * 40], [-FREE], [2], list(range(-40, 0)), [1] * 40)
    certificate = certify(many, many.cost(0), np.array([-38.5, 0]))
    assert certificate.bound == -79
    search = Search(Task(many, many.cost(0), certificate, 1, 4, near=True))
    search.close(lambda among, how: WholeResult("infeasible", math.inf))
    assert search.proven[:2] == [-77, -74]
    assert search.proven == sorted(search.proven)
    assert len(set(search.proven)) == len(search.proven)


def test_a_plan_known_is_proven_among_what_a_better_one_may_use():
    """Prices that say -13: beyond -12 only those who save most are left to move."""
    search = _choice()
    rough = certify(search.task.system, search.task.cost, np.array([-2.0, 0]))
    search.task = search.task._replace(certificate=rough)
    search.plans.append(np.array([1, 1, 0, 0, 0, 0]))
    assert rough.bound < -11
    assert search.close() == "optimal"
    assert search.proven[-1] >= -11.01
    assert all("mip_max_nodes" not in asked.options for _, asked in search.searched)


def test_until_a_plan_is_known_searches_are_short():
    search = _choice()
    search.close()
    assert search.searched[0][1].options["mip_max_nodes"] == FEW_NODES["mip_max_nodes"]


def test_when_the_time_is_up_it_stops():
    search = _choice()
    assert search.close(late=lambda: True) == "stopped"
    assert not search.searched


def test_searches_that_are_cut_short_prove_nothing():
    search = _choice()
    assert search.close(run=lambda among, asked: WholeResult("stopped", -7.0)) == "stopped"
    assert set(search.proven) == {search.task.certificate.bound}


def test_where_a_window_leaves_nothing_the_bound_is_what_lies_beyond_it():
    """No window has a plan, and none is searched but the last, of all columns."""
    search = _choice()
    assert search.close(run=lambda among, asked: WholeResult("infeasible", math.inf),
                        tightened=lambda among, cutoff: None) == "infeasible"
    rising = search.proven
    assert rising == sorted(rising)
    assert search.task.certificate.bound < rising[0] < math.inf
    assert rising[-1] == math.inf


def test_where_there_is_no_plan_it_is_infeasible():
    odd = system([[2, 2, 2]], [3], [3], [1, 2, 3], [1] * 3)
    search = Search(Task(odd, odd.cost(0), certify(odd, odd.cost(0), np.zeros(2)), 1, 1))
    assert search.close() == "infeasible"
