"""Draws of whole arrays at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from instances.generator.subjects import RELATED, TAUGHT, asked

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

STAGES = ("preschool", "primary", "junior", "senior", "vocational")
STAGE_SHARES = np.array([0.07, 0.46, 0.33, 0.09, 0.05])
SUBJECTS = tuple(sorted({s for of_stage in TAUGHT.values() for s in of_stage}
                        | {s for related in RELATED.values() for s in related}))
N_SUBJECTS = len(SUBJECTS)
N_CODES = len(STAGES) * N_SUBJECTS
"""A code is a stage and a subject: ``stage * N_SUBJECTS + subject``."""


def _weights(by_stage: Mapping[str, Mapping[str, float]]) -> Floats:
    table = np.array([[by_stage[stage].get(subject, 0.0) for subject in SUBJECTS] for stage in STAGES])
    return table / table.sum(axis=1, keepdims=True)


TAUGHT_SHARES = _weights(TAUGHT)
ASKED_SHARES = _weights({stage: asked(stage) for stage in STAGES})
RELATED_CODES = np.array([[*(SUBJECTS.index(r) for r in RELATED.get(s, ())), -1, -1][:2] for s in SUBJECTS])
"""Of each subject the two that its teachers may also teach, -1 where there is none."""


def by_row(random: np.random.Generator, shares: Floats, rows: Ints) -> Ints:
    """Return one column for each of `rows`, drawn by the shares of that row."""
    edges = np.cumsum(shares, axis=1)[rows]
    drawn = np.sum(random.random(len(rows))[:, None] >= edges, axis=1)
    return np.minimum(drawn, shares.shape[1] - 1)


def largest_remainder(weights: Floats, total: int, least: int = 0) -> Ints:
    """Return `total` shared out in proportion to `weights` after each has received `least`."""
    exact = weights / weights.sum() * (total - least * len(weights))
    shares = np.floor(exact).astype(np.int64)
    rest = total - least * len(weights) - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:rest]] += 1
    return shares + least


def rank_within(groups: Ints, order: Ints | None = None) -> Ints:
    """Return each member's place in its group, from 0, in the order of rows or of `order`, which lists all rows."""
    rows = np.arange(len(groups)) if order is None else order
    rows = rows[np.argsort(groups[rows], kind="stable")]
    sizes = np.bincount(groups)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    ranks = np.empty(len(groups), np.int64)
    ranks[rows] = np.arange(len(groups)) - starts
    return ranks


def spans(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Return, for spans of `count` rows from `first`, whose span each row is of, and the row."""
    of = np.repeat(np.arange(len(count)), count)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(count) - count - first, count)
