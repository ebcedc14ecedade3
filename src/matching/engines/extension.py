"""A program's system, lifted, and the system of a program that differs in bounds alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.engines.change import tightens
from matching.engines.lifting import Extension, lift
from matching.engines.probing import without_impossible
from matching.engines.system import system_of
from matching.problem.program import Program


def extended(program: Program) -> Extension:
    """Return the system that a program's relaxation is of."""
    lifted = lift(system_of(program), program.n_arcs)
    columns = np.arange(program.n_arcs, program.n_columns)
    return replace(lifted, system=without_impossible(lifted.system, columns))


def tightened(extension: Extension, before: Program, program: Program) -> Extension:
    """Return the extension for `program`: that of `before` where only columns are bounded more tightly than there."""
    same_rows = (np.array_equal(before.row_lower, program.row_lower)
                 and np.array_equal(before.row_upper, program.row_upper))
    if not same_rows or not tightens(before, program):
        return extended(program)
    system, n = extension.system, program.n_columns
    lower, upper = system.lower.copy(), system.upper.copy()
    lower[:n], upper[:n] = np.maximum(lower[:n], program.lower), np.minimum(upper[:n], program.upper)
    return replace(extension, system=system.bounded(lower, upper))
