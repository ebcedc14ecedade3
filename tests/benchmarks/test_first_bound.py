"""The benchmark of the first bound measures what it says it does."""

from benchmarks.first_bound import first_bound, main, measured
from benchmarks.synthetic import make

from matching import engines
from matching.engines.extension import extended
from matching.engines.highs_goal import GoalSearch
from matching.engines.settings import Settings
from matching.problem import compile


def test_no_plan_is_below_the_bound_and_the_best_is_near():
    program = compile(*make("S", 1)).program
    cost = GoalSearch(program, Settings(0, 1, float("inf"))).goals.blend(0)
    best = int(cost @ extended(program).extend(engines.solve(program).x))
    bound = first_bound(program, 1)
    assert bound <= best <= bound + 0.02 * abs(bound)


def test_it_takes_time_and_so_does_the_plain_flow():
    row = measured(compile(*make("S", 1)), 1, workers=1)
    assert min(row.plain, row.seconds, row.ratio) > 0


def test_a_line_for_each_seed_and_the_median(capsys):
    assert main(["S", "--times", "1", "--seeds", "1", "2"]) == 0
    head, first, second, median = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["size", "seed", "arcs"]
    assert (first.split()[:2], second.split()[:2]) == (["S", "1"], ["S", "2"])
    assert median.startswith("S: median")
