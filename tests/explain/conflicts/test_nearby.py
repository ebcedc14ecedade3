"""A solution sought near another is one, and spares most searches from nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import engines
from matching.engines.exact import is_feasible
from matching.explain.conflicts import nearby, proof
from matching.explain.conflicts.nearby import Nearby
from matching.explain.conflicts.program import only
from matching.explain.conflicts.proof import Shrinking
from matching.explain.core import core
from matching.explain.patience import Patience
from matching.problem import RowLabel
from tests.engines.blocks import FREE, program
from tests.engines.test_bounds import SETTINGS, programs


def labelled(of):
    """The program with a label of its own for each row."""
    return replace(of, labels=tuple(RowLabel("rule", str(row)) for row in range(of.n_rows)))


def feasible(of, labels):
    rows = only(of, labels)
    return any(is_feasible(rows, np.array(x, np.int64)) for x in product((0, 1), repeat=of.n_columns))


@settings(SETTINGS, max_examples=150)
@given(programs(), st.data())
def test_what_is_found_near_any_point_is_a_solution(of, data):
    of = labelled(of)
    search = Nearby(of, Patience())
    search.take(np.array(data.draw(st.lists(st.integers(0, 1), min_size=of.n_columns, max_size=of.n_columns))))
    for gone in of.labels:
        left = [label for label in of.labels if label != gone]
        if search.finds(only(of, left), np.array([label == gone for label in of.labels])):
            assert feasible(of, left)


@settings(SETTINGS, max_examples=100)
@given(programs())
def test_rows_are_shrunk_to_an_irreducible_clash(of):
    of = labelled(of)
    kept = core(of.labels, Shrinking(of, Patience()))
    assert bool(kept) != feasible(of, of.labels)
    if kept:
        assert not feasible(of, kept)
        assert all(feasible(of, [label for label in kept if label != gone]) for gone in kept)


def test_of_many_alike_only_few_are_tried_from_nothing(monkeypatch):
    """Thirty people of one post each cannot fill 31 seats; any of them who may go anywhere fills what is missing."""
    people = 30
    rows = [[int(column == k) for column in range(people)] for k in range(people)]
    of = labelled(program([*rows, [1] * people], [-FREE] * people + [people + 1], [1] * people + [FREE],
                          [[0] * people], people, [people] * people))
    asked = []

    def solve(program, **settings):
        asked.append(program.n_columns)
        return engines.solve(program, **settings)

    monkeypatch.setattr(nearby, "FREE", (1,))
    for module in (nearby, proof):
        monkeypatch.setattr(module, "engines", type("Engines", (), {"solve": staticmethod(solve)}))
    monkeypatch.setattr(proof.Shrinking, "_told", lambda *_: proof.NOTHING)
    assert set(core(of.labels, Shrinking(of, Patience()))) == set(of.labels)
    whole = [columns for columns in asked if columns == people]
    assert len(whole) < 8 < people < len(asked)
