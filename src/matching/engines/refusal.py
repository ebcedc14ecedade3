"""Why an engine cannot take a program, in words."""

from __future__ import annotations

import numpy as np

from matching.domain.text import Text
from matching.engines.exact import largest_sum
from matching.problem.program import INFINITE, Program


def too_large(program: Program, limit: int) -> tuple[Text, ...]:
    """Return what keeps `program` out of an engine that holds whole numbers below `limit` exactly."""
    if np.any(np.abs(program.lower) >= INFINITE) or np.any(np.abs(program.upper) >= INFINITE):
        return (Text("有变量没有上下限", "a column has no bound"),)
    largest = largest_sum(program)
    if largest >= limit:
        return (Text(f"数值太大:合计可达 {largest:.3g},该求解器只能精确处理小于 {float(limit):.3g} 的整数",
                     f"its numbers are too large: sums reach {largest:.3g}, "
                     f"and it is exact only for whole numbers below {float(limit):.3g}"),)
    return ()
