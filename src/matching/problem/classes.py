"""Classes of things that are alike in what matters, so that a value is worked out once for each pair of classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.problem.columns import Floats

Index = npt.NDArray[np.integer[Any]]


class ClassTable(NamedTuple):
    """`table[teacher[t], need[n]]` is the value of the pair (t, n)."""

    teacher: Index
    need: Index
    table: Floats

    def look(self, teachers: Index, needs: Index) -> Floats:
        """Return the values of pairs given as two index arrays."""
        return self.table[self.teacher[teachers], self.need[needs]]


def classes(values: Sequence[Any]) -> tuple[Index, list[Any]]:
    """Return a class number for each value, and the distinct values in order of class."""
    distinct = list(dict.fromkeys(values))
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    return np.fromiter(map(numbers.__getitem__, values), np.int32, len(values)), distinct


def class_table(teachers: Sequence[Any], needs: Sequence[Any], value: Callable[[Any, Any], float | None]) -> ClassTable:
    """Tabulate `value(teacher_key, need_key)` over the distinct keys; None is missing."""
    t_class, t_keys = classes(teachers)
    n_class, n_keys = classes(needs)
    table = np.array([[value(t, n) for n in n_keys] for t in t_keys], np.float64).reshape(len(t_keys), len(n_keys))
    return ClassTable(t_class, n_class, table)
