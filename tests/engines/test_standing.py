"""Where a search stood is kept in a file: with it, without it, or with one that is no good, answers are the same."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching import engines
from matching.engines import class_sums, resolver_worker, standing
from matching.engines.change import Change, changed
from matching.engines.highs_goal import GoalSearch
from matching.engines.ledger import Ledger
from matching.engines.resolver_worker import KeptSearch
from matching.engines.settings import Settings
from tests.engines.test_bounds import SETTINGS
from tests.engines.test_resolver import answer, programs_and_changes, staffed

ALONE = Settings(0, 1, math.inf)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(resolver_worker, "FEWEST_KEPT", 1)
    monkeypatch.setattr(class_sums, "FEWEST_ENTRIES", 2)


def known_of(of):
    known = engines.solve(of, in_process=True, workers=1)
    if known.x is None:
        return None, []
    return known.x, [goal.sense * line.bound for goal, line in zip(of.objectives, known.goals, strict=True)]


def told(of, change, kept):
    ledger = Ledger(changed(of, change))
    verdict = kept.solve(ledger, ALONE)
    return verdict, ledger.values, tuple(ledger.bounds), None if ledger.x is None else ledger.x.tolist()


def written(of, place):
    known = known_of(of)
    told(of, Change(), KeptSearch(of, *known, place))
    return known, place.read_bytes()


@settings(SETTINGS, max_examples=30)
@given(programs_and_changes())
def test_with_the_file_and_without_it_the_answers_are_the_same_and_right(tmp_path_factory, drawn):
    of, several = drawn
    place = tmp_path_factory.mktemp("kept") / "start"
    known = known_of(of)
    if known[0] is None:
        return
    first, second = KeptSearch(of, *known, place), KeptSearch(of, *known, place)
    for change in several:
        found = told(of, change, first)
        assert told(of, change, second) == found
        now = changed(of, change)
        verdict, values, _ = answer(Ledger(now), GoalSearch(now, ALONE))
        assert found[:2] == (verdict, values)


def damaged(whole):
    middle = len(whole) // 2
    yield b""
    yield whole[:middle]
    yield whole + b"x"
    yield whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]
    yield b"any other file" * 100


def test_a_damaged_file_is_as_good_as_none_and_is_written_anew(tmp_path):
    of, place, away = staffed(), tmp_path / "start", engines.without(np.arange(4))
    known, whole = written(of, place)
    expected = told(of, away, KeptSearch(of, *known))[:3]
    for content in damaged(whole):
        place.write_bytes(content)
        assert told(of, away, KeptSearch(of, *known, place))[:3] == expected
        assert place.read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir()] == ["start"]


def test_a_file_of_another_program_or_of_other_limits_is_not_used(tmp_path):
    of, place = staffed(), tmp_path / "start"
    known, whole = written(of, place)
    looser = changed(of, Change(rows=np.array([10]), row_lower=np.array([-2**62]), row_upper=np.array([4])))
    other, now = written(looser, place)
    assert now != whole
    assert told(looser, Change(), KeptSearch(looser, *other, place))[1] == best(looser)
    assert told(of, Change(), KeptSearch(of, *known, place))[1] == best(of)


def best(of):
    return tuple(g.sense * line.best for g, line in zip(of.objectives, engines.solve(of, workers=1).goals, strict=True))


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    of, place = staffed(), tmp_path / "missing" / "start"
    known = known_of(of)
    assert told(of, Change(), KeptSearch(of, *known, place))[0] == "done"
    assert not place.parent.exists()


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3), st.booleans())
@settings(SETTINGS, max_examples=20)
def test_what_is_kept_is_read_back_as_it_was_and_for_its_own_key_only(tmp_path_factory, status, conditional):
    place = tmp_path_factory.mktemp("kept") / "start"
    cuts = sparse.csr_array(np.array([[0, 2, -5]], np.int64))
    one = standing.Standing(np.array([2, 0, 1]), np.array(status, np.uint8), np.zeros(2, np.uint8), cuts,
                            np.array([2]), np.array([conditional]), 7)
    standing.write(place, bytes(32), one)
    back = standing.read(place, bytes(32))
    assert back is not None
    assert all(np.array_equal(a, b) for a, b in zip(back[:3], one[:3], strict=True))
    assert np.array_equal(back.cuts.toarray(), cuts.toarray())
    assert (back.lower.tolist(), back.conditional.tolist(), back.effort) == ([2], [conditional], 7)
    assert [int(one) for one in back.basis().col_status] == status
    assert standing.read(place, bytes(31) + b"1") is None
