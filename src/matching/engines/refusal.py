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


COPIES = {"highs": 10, "mcf": 3, "cpsat": 20, "pulp": 20, "cbc": 20}
"""How often an engine holds a program, in the bytes of its arrays, by the time that it has a plan and a bound.

Measured at 12,500 to 420,000 arcs with all side rules, in parts and whole: HiGHS 9 to 10 until the first goal's
relaxation is done, 11 to 24 at the end of the search, which keeps the plan and the bound where memory runs out; CP-SAT
23; CBC 25 without its own process; min-cost flow 2.5, in both processes together.
"""
PROCESS = 70 * 2**20
"""What a worker process takes with its solver loaded, in bytes."""


def size(program: Program) -> int:
    """Return the bytes of the program's arrays."""
    matrix = program.matrix
    arrays = [matrix.data, matrix.indices, matrix.indptr, program.row_lower, program.row_upper, program.lower,
              program.upper, *(goal.cost for goal in program.objectives)]
    return sum(int(array.nbytes) for array in arrays)


def out_of_memory(program: Program, engine: str, available: int | None) -> tuple[Text, ...]:
    """Return that `engine` needs more memory for `program` than the bytes `available`; nothing where a plan fits.

    Nothing is refused where a machine does not tell what is available (None).
    """
    own = size(program) * COPIES[engine.partition(":")[0]]
    need = PROCESS + own
    if available is None or need <= available:
        return ()
    arcs, fits = program.n_arcs, program.n_arcs * max(0, available - PROCESS) // max(1, own)
    gigabytes, free = f"{need / GIB:.1f} GB", f"{available / GIB:.1f} GB"
    return (Text(f"{arcs:,} 个可选组合至少需要 {gigabytes} 内存，本机可用 {free}，"
                 f"最多容纳约 {fits:,} 个；请收紧规则或分地区求解",
                 f"its {arcs:,} eligible pairs take at least {gigabytes} of memory, and this machine has {free} free, "
                 f"which is room for about {fits:,}; restrict them, or solve region by region"),)
