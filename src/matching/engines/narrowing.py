"""Which columns a search may leave at the bound that the prices want them at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from matching.engines.certificate import Certificate
from matching.engines.system import System
from matching.problem.program import Int64

Mask = npt.NDArray[np.bool_]
FEWEST_COLUMNS = 5000
SHARE_KEPT = 0.15


def beyond(system: System, certificate: Certificate, value: int) -> System:
    """Return `system` without the columns that no plan of `value` or less moves: their reduced cost is too much."""
    left = int((value - certificate.bound) * certificate.scale)
    return _fixed(system, certificate, np.abs(certificate.reduced) > left)


def narrowed(system: System, certificate: Certificate, plan: Int64 | None, may_go: Mask) -> Iterator[System]:
    """Yield `system` with few columns, those of least reduced cost, then twice as many, and so on, but never all.

    Only columns that `may_go` are left out, and none that `plan` uses.
    """
    if plan is not None:
        may_go = may_go & (plan == _favoured(system, certificate))
    free = np.flatnonzero((system.lower < system.upper) & may_go)
    size = np.abs(certificate.reduced)
    keep = max(FEWEST_COLUMNS, int(SHARE_KEPT * len(free)))
    while keep < 0.75 * len(free):
        yield _fixed(system, certificate, (size > np.partition(size[free], keep)[keep]) & may_go)
        keep *= 2


def _favoured(system: System, certificate: Certificate) -> Int64:
    """Return the bound at which each column costs least."""
    return np.where(certificate.reduced > 0, system.lower, system.upper)


def _fixed(system: System, certificate: Certificate, out: Mask) -> System:
    at = _favoured(system, certificate)
    return system.bounded(np.where(out, at, system.lower), np.where(out, at, system.upper))
