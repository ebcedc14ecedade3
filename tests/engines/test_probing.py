"""Columns tried at 1: none that a whole x has there is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engines import probing
from matching.engines.lifting import lift
from matching.engines.probing import without_impossible
from matching.engines.propagation import propagated
from matching.engines.system import system_of
from tests.engines.blocks import FREE
from tests.engines.test_bounds import programs
from tests.engines.tight import SETTINGS, system, tight_programs, tight_systems, whole


def _loses_nothing(before, columns):
    after = without_impossible(before, columns)
    assert whole(after).tolist() == whole(before).tolist()
    assert after.lower is before.lower
    changed = np.flatnonzero(after.upper != before.upper)
    assert np.isin(changed, columns).all()
    assert not after.upper[changed].any()
    return after


@SETTINGS
@given(tight_systems(), st.sets(st.integers(0, 5)))
def test_no_whole_x_is_lost(tight, columns):
    _loses_nothing(tight, np.array([c for c in sorted(columns) if c < tight.n_columns], np.int64))


@SETTINGS
@given(tight_systems(binary=True))
def test_nor_where_all_are_tried(tight):
    _loses_nothing(tight, np.arange(tight.n_columns))


@SETTINGS
@given(programs(), st.integers(0, 3))
def test_nor_of_looser_programs_however_long_the_rows_that_are_followed(program, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probing, "MOST_ENTRIES", most)
        _loses_nothing(system_of(program), np.arange(program.n_columns))


@SETTINGS
@given(tight_programs(binary=True))
def test_a_lifted_program_keeps_its_plans(program):
    before = lift(system_of(program), program.n_arcs).system
    _loses_nothing(before, np.arange(program.n_arcs, before.n_columns))


@SETTINGS
@given(tight_systems(binary=True))
def test_a_column_whose_first_rows_cannot_be_met_is_found(tight):
    """Where 1 is against a row with all else still free, one level is enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probing, "MOST_LEVELS", 1)
        after = without_impossible(tight, np.arange(tight.n_columns))
    values = tight.matrix.toarray()
    for column in range(tight.n_columns):
        touched = np.flatnonzero(values[:, column])
        others = np.delete(values[touched], column, axis=1)
        least = values[touched, column] + np.minimum(others, 0).sum(axis=1)
        most = values[touched, column] + np.maximum(others, 0).sum(axis=1)
        if np.any((least > tight.row_upper[touched]) | (most < tight.row_lower[touched])):
            assert after.upper[column] == 0


def _couple(seats):
    """Two teachers of a couple, who go together or not at all, and the seats there; the third column is the couple."""
    return system([[1, 1, 0], [1, 0, -1], [0, 1, -1]], [-FREE, 0, 0], [seats, 0, 0], [0, 0, -1], [1] * 3)


def test_a_couple_with_one_seat_stays():
    """Rows alone leave the couple's column free; trying it shows that it cannot go, and then neither of them does."""
    assert propagated(_couple(1)).upper.tolist() == [1, 1, 1]
    after = without_impossible(_couple(1), np.array([2]))
    assert after.upper.tolist() == [1, 1, 0]
    assert propagated(after).upper.tolist() == [0, 0, 0]


def test_a_couple_with_two_seats_may_go():
    couple = _couple(2)
    assert without_impossible(couple, np.array([2])) is couple


def test_what_a_column_calls_for_is_followed_from_row_to_row():
    """The first calls for the second, that for the third, and so on; the last two exclude each other."""
    n = 5
    chain = [[int(k == j) - int(k == j + 1) for k in range(n)] for j in range(n - 1)]
    linked = system([*chain, [0] * (n - 2) + [1, 1]], [-FREE] * n, [0] * (n - 1) + [1], [0] * n, [1] * n)
    assert without_impossible(linked, np.arange(n)).upper.tolist() == [0, 0, 0, 0, 1]


def test_longer_rows_are_not_followed(monkeypatch):
    monkeypatch.setattr(probing, "MOST_ENTRIES", 1)
    couple = _couple(1)
    assert without_impossible(couple, np.array([2])) is couple


def test_only_columns_of_0_or_1_are_tried():
    wide = system([[2, 1]], [-FREE], [1], [0, 0], [2, 1])
    assert without_impossible(wide, np.arange(2)) is wide
    fixed = wide.bounded(np.zeros(2, np.int64), np.zeros(2, np.int64))
    assert without_impossible(fixed, np.arange(2)) is fixed


def test_without_columns_or_rows_nothing_happens():
    couple, empty = _couple(1), system([[0, 0]], [-FREE], [1], [0, 0], [1, 1])
    assert without_impossible(couple, np.zeros(0, np.int64)) is couple
    assert without_impossible(empty, np.arange(2)) is empty
