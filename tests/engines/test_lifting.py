"""How many classes arcs fall into: exactly, and about where there are many."""

import numpy as np
import pytest

from matching.engines import lifting


@pytest.mark.parametrize("classes", [0, 1, 40, 15_000])
def test_of_many_arcs_classes_are_counted_to_within_a_part_in_two_hundred(monkeypatch, classes):
    random = np.random.default_rng(classes)
    codes = np.r_[np.zeros(1000, np.int64), np.repeat(random.integers(1, 2**62, classes), 5)]
    exact = lifting._count(codes)
    monkeypatch.setattr(lifting, "MANY_ARCS", 0)
    assert exact == classes
    assert lifting._count(codes) == pytest.approx(classes, rel=0.005)


def test_codes_that_differ_in_few_bits_alone_are_told_apart(monkeypatch):
    monkeypatch.setattr(lifting, "MANY_ARCS", 0)
    for shift in (0, 20, 40):
        assert lifting._count(np.arange(1, 1001) << shift) == pytest.approx(1000, abs=5)
