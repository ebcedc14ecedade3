"""Why an engine cannot take a program, in words."""

from __future__ import annotations

import numpy as np

from matching.domain.machine import GIB
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


COPIES = {"highs": 4, "mcf": 2, "cpsat": 20, "pulp": 20, "cbc": 20}
"""How often an engine holds a program at the least, in the bytes of its arrays.

Measured at 90,000 and 330,000 arcs with all side rules: HiGHS 13 at the peak of its presolve, of which four are certain
(as sent, as read, with the goals as rows, and its own); CP-SAT 23; CBC 25 without its own process; min-cost flow 2.5.
"""


def size(program: Program) -> int:
    """Return the bytes of the program's arrays."""
    matrix = program.matrix
    arrays = [matrix.data, matrix.indices, matrix.indptr, program.row_lower, program.row_upper, program.lower,
              program.upper, *(goal.cost for goal in program.objectives)]
    return sum(int(array.nbytes) for array in arrays)


def out_of_memory(program: Program, engine: str, available: int | None) -> tuple[Text, ...]:
    """Return that `engine` needs more memory for `program` than the bytes `available`; nothing where it may fit.

    Nothing is refused where a machine does not tell what is available (None).
    """
    need = size(program) * COPIES[engine.partition(":")[0]]
    if available is None or need <= available:
        return ()
    arcs, fits = program.n_arcs, program.n_arcs * available // need
    gigabytes, free = f"{need / GIB:.1f} GB", f"{available / GIB:.1f} GB"
    return (Text(f"{arcs:,} 个可选组合至少需要 {gigabytes} 内存，本机可用 {free}，"
                 f"最多容纳约 {fits:,} 个；请收紧规则或分地区求解",
                 f"its {arcs:,} eligible pairs take at least {gigabytes} of memory, and this machine has {free} free, "
                 f"which is room for about {fits:,}; restrict them, or solve region by region"),)
