"""Windows by a figure: the columns that a plan may move which costs no more."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matching.engines.certificate import Certificate
from matching.engines.exact import round_up
from matching.engines.narrowing import beyond
from matching.engines.system import System
from matching.problem.program import Int64


class Below(NamedTuple):
    """A system in which every plan is that costs `most` or less."""

    system: System
    most: int


def below(system: System, certificate: Certificate, cost: Int64, columns: int, best: int) -> Below:
    """Return what is left of `system` for plans that cost little: about so many of its columns, fewer than move, and
    none over `best`."""
    certificate = certificate.over(system)
    most = min(best, max(round_up(certificate.bound, cost), _reach(system, certificate, columns)))
    return Below(beyond(system, certificate, most), most)


def _reach(system: System, certificate: Certificate, columns: int) -> int:
    """Return the largest figure that no more than so many columns keep within."""
    size = np.abs(certificate.reduced[system.lower < system.upper])
    first_out = Fraction(int(np.partition(size, columns)[columns]), certificate.scale)
    return -int(-(certificate.bound + first_out) // 1) - 1
