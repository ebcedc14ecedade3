"""The rate at which each teacher would arrive at each eligible post."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from matching.domain.findings import Finding, InputError, error
from matching.problem import Problem
from matching.problem.conditions import holds
from matching.problem.program import Int64
from matching.scenarios.arrivals.model import Arrivals, Distance, Wish

Floats = npt.NDArray[np.float64]
NO_WISH = 4
CLOSE = 1e-12
"""How near the mean comes to the one asked for."""


def rates_of(model: Arrivals, problem: Problem, placed: Int64) -> Floats:
    """Return how likely each pair is to arrive, float64 of shape (n_arcs,), in the order of `problem.arcs`.

    The odds of a rate p are p / (1 - p); a factor multiplies them (a logistic model; its logarithm adds up). Rates of 0
    and 1 stay as they are. The factor of the reserve is not in it: see `late`.

    Parameters
    ----------
    placed : positions of the plan's arcs, whose mean the model may state

    Raises
    ------
    InputError
        Where the stated mean cannot be reached, since too many rates are 0 or 1.
    """
    base = _base(model, problem)
    rates = shifted(base, _log_factors(model, problem))
    return rates if model.mean is None else calibrated(rates, rates[placed], float(model.mean))


def late(model: Arrivals, rates: Floats) -> Floats:
    """Return the rates of those who are asked late, in reserve."""
    return shifted(rates, np.full(len(rates), math.log(model.reserve)))


def shifted(rates: Floats, by: Floats | float) -> Floats:
    """Return `rates` with their log-odds moved by `by`; those of 0 and 1 stay."""
    from scipy.special import expit, logit

    return np.where(np.equal(by, 0), rates, expit(logit(rates) + by))


def calibrated(rates: Floats, of: Floats, mean: float) -> Floats:
    """Return `rates` with all log-odds moved by one number, found by halving, so that `of` would have that mean.

    Raises
    ------
    InputError
        Where no such number exists.
    """
    if not len(of):
        return rates
    low, high = float((of == 1).mean()), float((of > 0).mean())
    if not (low < mean < high or math.isclose(float(of.mean()), mean, abs_tol=CLOSE)):
        raise InputError([_out_of_reach(mean, low, high)])
    least, most = -60.0, 60.0
    while most - least > CLOSE:
        middle = (least + most) / 2
        least, most = (middle, most) if shifted(of, middle).mean() < mean else (least, middle)
    return shifted(rates, (least + most) / 2)


def _out_of_reach(mean: float, low: float, high: float) -> Finding:
    return error("mean_out_of_reach",
                 f"总到岗率 {mean:.4g} 达不到：到岗率为 0 或 1 的人不变，总到岗率只能在 {low:.4g} 到 {high:.4g} 之间",
                 f"no shift gives the mean {mean:.4g}: rates of 0 and 1 stay, and the mean lies between {low:.4g} and "
                 f"{high:.4g}", column="mean", value=f"{mean:.4g}", suggest=(f"{low:.4g}..{high:.4g}",))


def _base(model: Arrivals, problem: Problem) -> Floats:
    rates = np.full(len(problem.arcs), float(model.rate))
    for group in reversed(model.groups):
        rates[holds(group.when, problem.fields, problem.arcs.pairs)] = float(group.rate)
    return rates


def _log_factors(model: Arrivals, problem: Problem) -> Floats:
    total = _by_distance(model.distance, problem) + _by_wish(model.wish, problem)
    for row in model.odds:
        total[holds(row.when, problem.fields, problem.arcs.pairs)] += math.log(row.times)
    return total


def _by_distance(distance: Distance, problem: Problem) -> Floats:
    km = problem.facts.costed_hectometres / 10
    total = km / 100 * math.log(distance.per_100_km)
    left = np.ones(len(km), np.bool_)
    for band in distance.bands:
        own = left if band.up_to is None else left & (10 * km <= float(10 * band.up_to))
        total = np.where(own, total + math.log(band.times), total)
        left = left & ~own
    return np.asarray(total, np.float64)


def _by_wish(wish: Wish, problem: Problem) -> Floats:
    factors: tuple[Fraction, ...] = (wish.first, wish.second, wish.third, wish.none)
    arcs = problem.arcs
    met = problem.fields.on_pairs("preference", arcs.teacher, arcs.need).array.astype(np.int64)
    named = problem.fields.pairs.named_wish()[arcs.teacher]
    return np.where(named, np.log([float(f) for f in factors])[met - 1], 0.0)
