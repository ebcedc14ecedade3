"""Small programs whose rows are tight, so that their relaxations are broken, and every whole x that they admit."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.engines import rounding
from matching.engines.highs_model import build, ended
from matching.engines.settings import Settings
from matching.engines.system import system_of
from tests.engines.blocks import FREE, program

SETTINGS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
ALONE = Settings(0, 1, math.inf)


@st.composite
def tight_programs(draw, binary=False):
    """Three to six columns of at most 3, some from -1 on; three to seven rows, equalities among them; two goals.

    Most rows are drawn around some x, so that mostly there is a plan.
    """
    n, m = draw(st.integers(3, 6)), draw(st.integers(3, 7))

    def each(strategy, count):
        return np.array(draw(st.lists(strategy, min_size=count, max_size=count)), np.int64)

    upper = each(st.just(1) if binary else st.sampled_from((1, 1, 2, 3)), n)
    lower = each(st.just(0) if binary else st.sampled_from((0, 0, 0, -1)), n)
    numbers = st.sampled_from((0, 0, 0, *range(1, 6), *range(-5, 0)))
    rows = np.array([each(numbers, n) for _ in range(m)])
    inside = lower + each(st.integers(0, 4), n) % (upper - lower + 1)
    sums = rows @ inside + each(st.sampled_from((0,) * 9 + (1, -1)), m)
    beneath, above = (each(st.sampled_from((0, 1, 3, FREE)), m) for _ in range(2))
    made = program(rows, np.where(beneath == FREE, -FREE, sums - beneath), np.where(above == FREE, FREE, sums + above),
                   [each(numbers, n) for _ in range(2)], n, upper)
    return replace(made, lower=lower)


def tight_systems(binary=False):
    """The systems of such programs, with the first goal held at some figure now and then."""
    limits = st.one_of(st.just([]), st.integers(-8, 8).map(lambda limit: [limit]))
    return st.builds(lambda made, limit: system_of(made).held(limit), tight_programs(binary), limits)


def system(rows, lower, upper, cost, most):
    """Return the system of a fixed example with one goal."""
    return system_of(program(rows, lower, upper, [cost], len(cost), most))


def whole(system):
    """Return every whole x that `system` admits, one a row."""
    reach = system.upper - system.lower + 1
    every = np.indices(reach).reshape(len(reach), int(np.prod(reach))).T + system.lower
    sums = every @ system.matrix.toarray().T
    return every[np.all((sums >= system.row_lower) & (sums <= system.row_upper), axis=1)]


def holds(matrix: sparse.csr_array, lower, every):
    """Tell of each cut ``matrix @ x >= lower`` whether every x meets it."""
    return np.all(every @ matrix.toarray().T >= lower, axis=0)


def relaxed(system, cost):
    """Return HiGHS at the optimum of the relaxation of `system`, and that optimum; None where there is none."""
    highs = build(system, cost.astype(np.float64), ALONE, math.inf)
    highs.run()
    return (highs, np.array(highs.getSolution().col_value)) if ended(highs) == "optimal" else None


def every_cut(patch):
    """Have cuts returned however little they cut off, and however alike they are."""
    for name, figure in (("VIOLATED", -np.inf), ("ALIKE", 2), ("MOST_CUTS", 10_000)):
        patch.setattr(rounding, name, figure)
