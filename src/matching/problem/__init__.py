"""Instance and policy to arrays: eligible arcs, rows labelled by rule, goals.

Names load when they are asked for: a solver's process needs the program's arrays, not what compiles them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.problem.problem import Problem, compile
    from matching.problem.program import INFINITE, Objective, Program, RowLabel

__all__ = ["INFINITE", "Objective", "Problem", "Program", "RowLabel", "compile"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "problem" if name in ("Problem", "compile") else "program"
    return getattr(import_module(f"{__name__}.{home}"), name)
