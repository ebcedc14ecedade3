"""Which columns and rows a search may leave where the prices want them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.certificate import Certificate
from matching.engines.system import System
from matching.problem.program import Int64

Mask = npt.NDArray[np.bool_]
FEWEST_COLUMNS = 1000
MOST_KEPT = 0.5


class Window(NamedTuple):
    """A system with some columns fixed: every x of the whole system that is not in it costs `beyond` or more."""

    system: System
    beyond: Fraction | None

    def proves(self, bound: float | None) -> Fraction | float:
        """Return what a search in the window proves of the whole: its bound, or None where it has no x."""
        return min((b for b in (bound, self.beyond) if b is not None), default=math.inf)


def beyond(system: System, certificate: Certificate, value: int) -> System:
    """Return `system` with the columns and rows fixed that no plan of `value` or less moves: it would cost too much."""
    left = int((value - certificate.bound) * certificate.scale)
    certificate = certificate.over(system)
    return _leaning(_fixed(system, certificate, np.abs(certificate.reduced) > left), certificate, left)


def beyond_each(system: System, certificates: Mapping[int, Certificate], limits: Sequence[int]) -> System:
    """Return `system` without what no plan moves whose goals keep to `limits`, as far as goals have a certificate."""
    for goal, limit in enumerate(limits):
        if goal in certificates:
            system = beyond(system, certificates[goal], limit)
    return system


def windows(system: System, certificate: Certificate, fewest: int, growth: float) -> Iterator[Window]:
    """Yield `system` with few columns, those of least reduced cost, then with `growth` times as many, never with most.

    Parameters
    ----------
    fewest : how many columns the first window keeps at least
    """
    certificate = certificate.over(system)
    free = system.lower < system.upper
    size = np.abs(certificate.reduced)
    keep, most = max(FEWEST_COLUMNS, fewest), MOST_KEPT * system.n_free
    while keep < most:
        least = int(np.partition(size[free], keep)[keep])
        if least > 0:
            window = _leaning(_fixed(system, certificate, size >= least), certificate, least - 1)
            yield Window(window, certificate.bound + Fraction(least, certificate.scale))
        keep = max(keep + 1, int(growth * keep))


def _favoured(system: System, certificate: Certificate) -> Int64:
    """Return the bound at which each column costs least."""
    return np.where(certificate.reduced > 0, system.lower, system.upper)


def _fixed(system: System, certificate: Certificate, out: Mask) -> System:
    at = _favoured(system, certificate)
    return system.bounded(np.where(out, at, system.lower), np.where(out, at, system.upper))


def _leaning(system: System, certificate: Certificate, left: int) -> System:
    """Hold each row whose price exceeds what is left at the side that it leans on."""
    lower, upper, prices = system.row_lower, system.row_upper, certificate.prices
    return replace(system, row_lower=np.where(prices < -left, upper, lower),
                   row_upper=np.where(prices > left, lower, upper))
