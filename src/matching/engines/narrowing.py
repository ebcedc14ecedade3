"""Which columns a search may leave at the bound that the prices want them at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.engines.certificate import Certificate
from matching.engines.system import System

Mask = npt.NDArray[np.bool_]
FEWEST_COLUMNS = 5000
SHARE_KEPT = 0.15


def beyond(certificate: Certificate, value: int) -> Mask:
    """Return the columns that no plan of `value` or less moves: their reduced cost alone exceeds what is left."""
    left = (value - certificate.bound) * certificate.scale
    return np.abs(certificate.reduced) > int(left)


def favoured(system: System, certificate: Certificate) -> Mask:
    """Return the columns to leave out of a first search: all but some thousands with the least reduced costs."""
    free = np.flatnonzero(system.lower < system.upper)
    keep = max(FEWEST_COLUMNS, int(SHARE_KEPT * len(free)))
    if keep >= len(free):
        return np.zeros(system.n_columns, np.bool_)
    size = np.abs(certificate.reduced)
    return np.asarray(size > np.partition(size[free], keep)[keep])


def fixed(system: System, certificate: Certificate, out: Mask) -> System | None:
    """Return `system` with the columns `out` at the bound that their reduced cost favours; None where none is out."""
    if not out.any():
        return None
    at_lower = certificate.reduced > 0
    lower = np.where(out & ~at_lower, system.upper, system.lower)
    upper = np.where(out & at_lower, system.lower, system.upper)
    return system.bounded(lower, upper)
