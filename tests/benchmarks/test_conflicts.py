"""The check of what is said of clashes: what is right passes, and what is not is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.clashes.cases import expected
from benchmarks.clashes.subsets import Subsets
from benchmarks.clashes.ways import seen

from benchmarks import conflicts
from matching.explain.conflicts.conflict import diagnose
from matching.explain.conflicts.model import Conflict
from matching.problem import compile


@pytest.fixture(scope="module")
def clash():
    return next(case for case in expected() if case.name.startswith("national_10_20"))


@pytest.fixture(scope="module")
def found(clash):
    return diagnose(compile(clash.instance, clash.policy))


def test_what_is_said_of_a_shipped_clash_is_so(clash, found):
    assert all(right for _, right in conflicts._lines(clash, found))


def test_a_rule_too_many_is_found(clash, found):
    first, other = found.conflict[0], next(k for k in _labels(clash) if k not in found.conflict)
    assert Subsets(clash, (*found.conflict, other)).status() == "infeasible"
    assert not conflicts._conflict(clash, Conflict((*found.conflict, other), True))[1]
    assert Subsets(clash, found.conflict).status(first) == "optimal"


def test_a_way_out_that_gives_too_little_or_too_much_is_found(clash, found):
    least = found.relaxations[0]
    assert seen(clash, least) == (True, "infeasible")
    assert not seen(clash, replace(least, total=least.total - 1, cost=least.cost - 1)).feasible
    assert seen(clash, replace(least, cost=least.cost + 1)).less == "optimal"


def _labels(clash):
    return [label for label in compile(clash.instance, clash.policy).program.labels if label.rule == "seats"]
