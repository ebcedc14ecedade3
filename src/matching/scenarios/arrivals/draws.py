"""Draws: who arrives, who is asked in their stead, what is filled in the end and which rules no longer hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.problem.conditions import Bools
from matching.problem.program import Int64
from matching.scenarios.arrivals.ground import Ground
from matching.scenarios.arrivals.rates import Floats
from matching.scenarios.arrivals.repair import Columns, repaired
from matching.scenarios.arrivals.standing import Standing, fresh

CHUNK = 500
"""Draws that are worked together; a stream of random numbers belongs to each."""


class Job(NamedTuple):
    """Some draws: which stream of which seed they take, and who of the reserve may be asked (None: all)."""

    seed: int
    purpose: int
    number: int
    draws: int
    among: tuple[int, ...] | None = None


class Outcome(NamedTuple):
    """What some draws came to; counts of each draw are of shape (draws,).

    Attributes
    ----------
    arrived : of the plan's placements
    filled : of the plan's seats, in the end
    worth : what is filled is worth to the fill goal
    asked : how many of the reserve were asked
    counties : filled seats by county, shape (draws, n_counties)
    before, broken : groups in which each rule does not hold, before and after seats are filled again, (draws, n_rules)
    full : in how many draws each need has all the seats that the plan fills, shape (n_needs,)
    called, came : how often each column was asked, and came
    refused : how often each rule kept somebody in reserve from a vacant seat, shape (n_rules,)
    """

    arrived: Int64
    filled: Int64
    worth: Int64
    asked: Int64
    counties: Int64
    before: Int64
    broken: Int64
    full: Int64
    called: Int64
    came: Int64
    refused: Int64


def uniforms(job: Job, n_teachers: int) -> Floats:
    """Return one number from 0 to 1 for each draw and teacher; the same teacher has the same in any plan.

    A chunk has a stream of its own, spawned from the seed, so that it does not matter who works it, or after what.
    """
    stream = np.random.SeedSequence(job.seed, spawn_key=(job.purpose, job.number))
    return np.random.default_rng(stream).random((CHUNK, n_teachers))[:job.draws]


@contextmanager
def open_ground(ground: Ground) -> Iterator[Callable[[Job], Outcome]]:
    """Give the function from a job to its outcome, for an executor's worker."""
    yield partial(outcome_of_job, ground, Columns.of(ground))


def outcome_of_job(ground: Ground, columns: Columns, job: Job) -> Outcome:
    """Return what the draws of a job come to."""
    return outcome(ground, columns, uniforms(job, ground.n_teachers), job.among)


def outcome(ground: Ground, columns: Columns, uniform: Floats, among: tuple[int, ...] | None = None) -> Outcome:
    """Return what the draws come to in which teacher t arrives at column c where ``uniform[:, t] < rate[c]``.

    Parameters
    ----------
    uniform : float64, shape (draws, n_teachers)
    among : positions of the teachers who may be asked; None for all
    """
    arrived: Bools = ground.rate[:ground.placed, None] > uniform[:, ground.teacher[:ground.placed]].T
    standing = fresh(ground.demands, ground.placed, arrived)
    before = _broken(ground, standing)
    found = repaired(ground, columns, uniform, arrived, standing, among)
    seats = _by_need(ground, arrived) + found.refilled
    per_need = ground.planned[:, None] - seats
    return Outcome(arrived.sum(axis=0), seats.sum(axis=0), _worth(ground, arrived) + found.worth, found.asked,
                   _by_county(ground, seats), before, _broken(ground, standing), (per_need <= 0).sum(axis=1),
                   found.called, found.came, ground.demands.by_rule @ found.refused)


def _broken(ground: Ground, standing: Standing) -> Int64:
    return np.asarray((ground.demands.by_rule @ standing.broken().astype(np.int64)).T, np.int64)


def _by_need(ground: Ground, arrived: Bools) -> Int64:
    return _sums(ground.need[:ground.placed], arrived.astype(np.int64), ground.n_needs)


def _by_county(ground: Ground, seats: Int64) -> Int64:
    return _sums(ground.county, seats, len(ground.counties)).T


def _sums(key: npt.NDArray[np.integer], values: Int64, n: int) -> Int64:
    """Add up the rows of `values` that have one key."""
    from scipy import sparse

    matrix = sparse.csr_array((np.ones(len(key), np.int64), (key, np.arange(len(key)))), shape=(n, len(key)))
    return np.asarray(matrix @ values, np.int64)


def _worth(ground: Ground, arrived: Bools) -> Int64:
    return np.asarray(ground.worth[:ground.placed] @ arrived.astype(np.int64), np.int64)


@dataclass(frozen=True)
class Purpose:
    """Which streams are for what: numbers are chosen on some draws and tested on others."""

    SHOWN = 0
    CHOICE = 1
    TEST = 2
    SCENARIOS = 3


def joined(outcomes: list[Outcome]) -> Outcome:
    """Return the outcome of all draws together."""
    per_draw = 7
    parts = list(zip(*outcomes, strict=True))
    return Outcome(*(np.concatenate(p) for p in parts[:per_draw]), *(sum(p) for p in parts[per_draw:]))


def jobs(seed: int, purpose: int, draws: int, among: tuple[int, ...] | None = None) -> list[Job]:
    """Cut draws into jobs; the first draws are the same however many there are."""
    return [Job(seed, purpose, k, min(CHUNK, draws - k * CHUNK), among) for k in range(-(-draws // CHUNK))]
