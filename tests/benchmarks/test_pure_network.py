"""The benchmark of pure networks measures what it says it does."""

from benchmarks.pure_network import main, measured, pure

from matching.engines.choice import choose


def test_the_stripped_policy_is_a_network_with_more_rows_than_seats_and_posts():
    problem = pure("S", 1)
    assert choose(problem.program, "highs").engine == "mcf"
    assert {"send-max", "county-floor"} <= {label.rule for label in problem.program.labels}


def test_every_goal_is_proven():
    row = measured(pure("S", 1), 1)
    assert row.proven
    assert min(row[1:6]) > 0


def test_a_line_for_each_size_and_seed(capsys):
    assert main(["S", "--times", "1", "--seeds", "1", "2"]) == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["size", "seed", "arcs"]
    assert (first.split()[:2], second.split()[:2]) == (["S", "1"], ["S", "2"])
