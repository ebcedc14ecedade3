"""What every method is given, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.problem import Problem
from matching.problem.program import Int64, Program

Ints = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Case:
    """One compiled problem, without records.

    Attributes
    ----------
    program : rows and goals; arc a is column a
    teacher, need : of each arc
    hectometres : of each arc, an unknown distance as long as the largest
    seats : of each need
    n_teachers : how many there are in all
    """

    program: Program
    teacher: Int32s
    need: Int32s
    hectometres: Int32s
    seats: Ints
    n_teachers: int


def case_of(problem: Problem) -> Case:
    """Return the arrays of a problem."""
    seats = np.array([need.count for need in problem.instance.needs], np.int64)
    return Case(problem.program, problem.arcs.teacher, problem.arcs.need, problem.facts.costed_hectometres, seats,
                len(problem.instance.teachers))


@dataclass(frozen=True)
class Settings:
    """`seconds` for all goals; `engine` is the name of this project's; `extra` is a folder of further packages."""

    seconds: float
    engine: str = "highs"
    threads: int = 2
    extra: str = ""


@dataclass(frozen=True)
class Answer:
    """What a method found.

    Attributes
    ----------
    arcs : those it chose, or None
    bounds : of each goal in the goal's own sense; empty where the method proves nothing
    seconds : from the arrays to the answer; where the method does not say, its imports included
    said : why there is no answer, for people
    """

    arcs: Ints | None
    bounds: Sequence[int] = ()
    seconds: float = 0.0
    said: str = ""


class NotInstalledError(Exception):
    """A package that the method needs is not there."""


def chosen(x: Int64, case: Case) -> Ints:
    """Return the arcs that the columns' values choose."""
    return np.flatnonzero(x[:case.program.n_arcs] > 0)
