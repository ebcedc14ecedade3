from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.policy.model import Goal, Policy
from matching.scoring import Metrics, SenderLoad, Share, Wishes, score
from tests import builders as b
from tests.scoring.plans import placement, plan
from tests.strategies import instances

POLICY = Policy("p", Text("", ""), date(2026, 9, 1), goals=(Goal("fill"),))


@pytest.fixture
def county() -> Instance:
    """Five posts in two counties, six teachers of two schools."""
    return b.instance(
        [b.site("A", "sender"), b.site("B", "sender"), b.site("H", "receiver", county="Y"),
         b.site("K", "receiver", county="Z")],
        [b.need("N1", "H", 3, priority=1), b.need("N2", "K", 2, priority=4, subject="math", stage="junior")],
        [b.teacher("T1", "A", backbone="county", pref_1="H"), b.teacher("T2", "A", honours=("带头人",), pref_1="Z"),
         b.teacher("T3", "B", backbone="school", pref_2="nowhere"), b.teacher("T4", "B", pref_3="N1"),
         b.teacher("T5", "B", pref_1="H", deferred=True), b.teacher("T6", "B", pref_1="H", status="pending")],
        dictionary=[b.dictionary_row(name="带头人")],
    )


@pytest.fixture
def figures(county: Instance) -> Metrics:
    return score(county, POLICY, plan(
        "main", placement("T1", "N1", preference=1, km=12.5, yuan=25000), placement("T2", "N1", km=None, yuan=5000),
        placement("T3", "N2", mode="online", km=100.1)))


def test_fill_is_weighted_by_priority(figures: Metrics) -> None:
    assert figures.seats == Share(3, 5)
    assert figures.fill == Share(5 + 5 + 2, 3 * 5 + 2 * 2)
    assert figures.county_fill == {"Y": Share(2, 3), "Z": Share(1, 2)}
    assert figures.subject_fill == {"chinese": Share(2, 3), "math": Share(1, 2)}
    assert figures.stage_fill == {"primary": Share(2, 3), "junior": Share(1, 2)}
    assert (figures.lowest_county, figures.fair) == ("Z", Fraction(1, 2))


def test_honours_count_as_backbone(figures: Metrics) -> None:
    assert figures.backbone == Share(2, 3)


def test_distances_leave_out_the_unknown(figures: Metrics) -> None:
    assert figures.km.mean == Fraction(1126, 20)
    assert (figures.km.p90, figures.km.largest, figures.km.unknown) == (Fraction(1001, 10), Fraction(1001, 10), 1)


def test_the_90th_percentile_is_the_nearest_rank(county: Instance) -> None:
    spread = plan("main", *(placement("T1", "N1", km=float(n)) for n in range(1, 11)))
    assert score(county, POLICY, spread).km.p90 == 9


def test_wishes_are_counted_among_those_who_named_a_known_one(figures: Metrics) -> None:
    assert figures.wishes == Wishes(1, 0, 0, 2, 1)
    assert figures.wishes.score == Fraction(1, 3)


def test_load_of_senders_tells_those_who_leave(figures: Metrics) -> None:
    assert figures.senders == (SenderLoad("A", 2, 2, 2), SenderLoad("B", 1, 0, 3))
    assert figures.senders[1].share.value == Fraction(1, 3)


def test_yuan_are_added(figures: Metrics) -> None:
    assert figures.yuan == 30000


def test_an_empty_plan_has_no_means(county: Instance) -> None:
    empty = score(county, POLICY, plan("main"))
    assert empty.fill.value == 0
    assert empty.backbone.value is empty.km.mean is None
    assert empty.wishes == Wishes(0, 0, 0, 3, 3)


def test_the_dict_holds_plain_numbers(figures: Metrics) -> None:
    out = figures.to_dict()
    assert out["fill"] == {"count": 12, "of": 19, "share": pytest.approx(12 / 19)}
    assert out["wishes"] == {"first": 1, "second": 0, "third": 0, "none": 2, "unplaced": 1, "named": 3}
    assert out["senders"][0] == {"site": "A", "placed": 2, "resident": 2, "approved": 2, "share": 1.0}


def test_a_plan_without_its_facts_is_refused(county: Instance) -> None:
    with pytest.raises(ValueError, match="facts"):
        score(county, POLICY, plan("edited", placement("T1", "N1", yuan=None)))


@given(instances(), st.data())
def test_counts_agree_with_each_other(instance: Instance, data: st.DataObject) -> None:
    pairs = st.tuples(st.sampled_from([t.teacher_id for t in instance.teachers]),
                      st.sampled_from([n.need_id for n in instance.needs]))
    drawn = data.draw(st.lists(pairs, unique_by=lambda p: p[0], max_size=4))
    figures = score(instance, POLICY, Plan("main", "optimal", 0, tuple(placement(*p) for p in drawn)))
    for shares in (figures.county_fill, figures.subject_fill, figures.stage_fill):
        assert sum(s.part for s in shares.values()) == figures.seats.part == len(drawn)
        assert sum(s.whole for s in shares.values()) == figures.seats.whole
    assert sum(load.placed for load in figures.senders) == len(drawn)
