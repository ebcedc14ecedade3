"""A whole simulation: the same however it is worked, what it says of itself, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pytest

from matching.domain.findings import InputError
from matching.executors import StoppedError, processes
from matching.scenarios.arrivals.model import Arrivals
from matching.scenarios.arrivals.read import uniform
from matching.scenarios.arrivals.simulate import simulate
from tests import builders as b
from tests.scenarios.arrivals import cases

RATE = uniform("0.8")


@pytest.fixture(scope="module")
def asked():
    return cases.inquiry(cases.small(1), cases.policy(cases.BACKBONE, cases.EACH))


@pytest.fixture(scope="module")
def found(asked):
    return simulate(asked, RATE, draws=4000)


def test_the_same_seed_gives_the_same_wherever_it_is_worked(asked, found):
    again = simulate(asked, RATE, draws=4000, executor=processes(2))
    assert again.to_dict() == found.to_dict()
    assert simulate(asked, RATE, draws=4000, seed=1).to_dict() != found.to_dict()


def test_it_can_be_written_as_json(found):
    whole = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert whole["filled"]["mean"] == found.filled.mean
    assert sum(count for _, count in whole["filled"]["counts"]) == 4000
    assert whole["any_hard_rule_broken"]["share"] == found.any_hard.share


def test_means_lie_within_what_is_exact(found):
    mean, sd = found.expected
    assert mean == pytest.approx(2.4)
    assert sd == pytest.approx(np.sqrt(3 * 0.8 * 0.2))
    assert abs(found.arrived.mean - mean) < 4 * sd / np.sqrt(4000)
    assert found.arrived.mean <= found.filled.mean <= found.planned == 3
    assert found.filled.mean_low < found.filled.mean < found.filled.mean_high
    assert found.arrived.low <= found.arrived.middle <= found.arrived.high


def test_what_is_sure_comes_true_on_fresh_draws(found):
    assert found.sure.tested.share >= 0.93
    assert found.number.number == 6
    assert found.number.tested.low < found.number.reached < found.number.tested.high
    assert found.kinds.tested.low < found.kinds.reached < found.kinds.tested.high
    assert dict(found.number.curve)[6] == pytest.approx(found.number.reached)


def test_a_rule_in_the_way_is_named(found):
    named = {rule.rule: rule for rule in found.rules}
    assert named["send-max"].in_the_way > 0
    assert named["send-max"].after.hits == 0
    assert not named["each"].hard
    assert named["share"].before.share > 0


def test_whom_a_cap_bars_is_told_and_not_counted_on(found):
    first, second = found.posts
    assert {stand.teacher: stand.barred for stand in first.teachers} == {"T4": None, "T5": None}
    assert {stand.teacher: stand.barred for stand in second.teachers} == {"T4": "send-max", "T5": None}
    assert [stand.teacher for stand in second.free] == ["T5"]
    assert second.needed == 1


def test_everybody_arriving_fills_everything(asked):
    whole = simulate(asked, uniform("1"), draws=50)
    assert (whole.filled.mean, whole.filled.sd, whole.asked.mean) == (3, 0, 0)
    assert whole.reserve.number == 0
    assert whole.number.number == 3
    assert all(post.needed == 0 for post in whole.posts)


def test_nobody_arriving_fills_nothing_and_no_number_will_do(asked):
    none = simulate(asked, uniform("0"), draws=50)
    assert (none.filled.mean, none.number.number, none.sure.seats) == (0, None, 0)
    assert all(post.needed is None for post in none.posts)
    json.dumps(none.to_dict(), allow_nan=False)


def test_only_the_first_of_the_reserve_are_listed_as_far_as_they_are_needed():
    sites = [b.site("S1", "sender"), b.site("R1", "receiver")]
    people = [b.teacher(f"T{k:02}", "S1") for k in range(20)]
    instance = b.instance(sites, [b.need("N1", "R1", 10)], people)
    found = simulate(cases.inquiry(instance, cases.policy()), RATE, draws=2000)
    assert len(found.reserve.teachers) == 10
    assert found.posts[0].needed == found.reserve.number
    assert found.posts[0].needed < 10
    assert found.reserve.tested.high >= 0.95
    assert found.posts[0].full.low < found.reserve.all_full.share < found.posts[0].full.high


@pytest.mark.parametrize(("changes", "code"), [
    ({"draws": 0}, "draws_range"), ({"draws": -5}, "draws_range"), ({"draws": 1}, "draws_range"),
    ({"draws": 10**9}, "draws_range"), ({"wanted": 0}, "chance_range"), ({"wanted": 1}, "chance_range"),
    ({"wanted": float("nan")}, "chance_range"), ({"seats": 0}, "seats_range"), ({"seed": -1}, "seed_range"),
])
def test_numbers_out_of_range_are_refused(asked, changes, code):
    with pytest.raises(InputError) as refused:
        simulate(asked, RATE, **changes)
    assert [f.code for f in refused.value.findings] == [code]


def test_a_plan_of_nobody_is_refused(asked):
    with pytest.raises(InputError) as refused:
        simulate(cases.inquiry(asked.instance, asked.policy, []), RATE)
    assert refused.value.findings[0].code == "no_placements"


def test_a_stop_ends_it(asked):
    with pytest.raises(StoppedError):
        simulate(asked, RATE, stop=lambda: True)


def test_progress_counts_draws(asked):
    told = []
    simulate(asked, Arrivals(RATE.rate), draws=700, on_draws=told.append)
    assert sum(told) % 700 == 0
    assert sum(told) >= 3 * 700
