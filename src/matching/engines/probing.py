"""Columns of 0 or 1 that can never be 1: tried, and found to be against some row.

A couple goes to a county together or not at all. Where both could only take the same seat there, a relaxation sends
half of each; a whole plan sends nobody. Setting the couple's column to 1 and following what that calls for, row by row,
shows it (M. Savelsbergh, "Preprocessing and probing techniques for mixed integer programming problems", 1994). All
columns are tried at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engines.propagation import Entries, Implied, implied
from matching.engines.system import System
from matching.problem.program import Int64

MOST_LEVELS = 6
MOST_ENTRIES = 64
"""Longer rows are not followed: one column hardly moves them."""


class _Bounds(NamedTuple):
    """What the tries call for: `key` is try * n_columns + column, ascending."""

    key: Int64
    lower: Int64
    upper: Int64


class _Entries(NamedTuple):
    """The entries of the rows that the tries touch: each try's row is a pair, its entries stand together."""

    pair: Int64
    attempt: Int64
    row: Int64
    column: Int64
    value: Int64


def without_impossible(system: System, columns: Int64) -> System:
    """Return `system` with those of the binary `columns` at 0 that no x of it has at 1."""
    tried = columns[(system.lower[columns] == 0) & (system.upper[columns] == 1)]
    impossible = tried[_dead(system, tried)] if len(tried) else tried
    if not len(impossible):
        return system
    upper = system.upper.copy()
    upper[impossible] = 0
    return system.bounded(system.lower, upper)


def _dead(system: System, tried: Int64) -> npt.NDArray[np.bool_]:
    """Tell of each try whether setting that column to 1 leads to a row that cannot be met."""
    dead = np.zeros(len(tried), np.bool_)
    by_column = system.matrix.tocsc()
    one = np.ones(len(tried), np.int64)
    bounds = _Bounds(np.arange(len(tried)) * system.n_columns + tried, one, one)
    moved = bounds.key
    for _ in range(MOST_LEVELS):
        attempt, column = np.divmod(moved[~dead[moved // system.n_columns]], system.n_columns)
        at, row = _expanded(by_column.indptr, by_column.indices, column)
        entries = _entries(system, np.unique(attempt[at] * system.n_rows + row))
        if not len(entries.pair):
            break
        lower, upper = _of(bounds, system, entries)
        found = implied(system, Entries(entries.pair, entries.row, entries.column, entries.value), lower, upper)
        dead[entries.attempt[found.broken]] = True
        moved, bounds = _tightened(bounds, system, entries, ((found.lower > lower) | (found.upper < upper), found))
        dead[bounds.key[bounds.lower > bounds.upper] // system.n_columns] = True
        if not len(moved):
            break
    return dead


def _expanded(start: npt.NDArray[np.int32], index: npt.NDArray[np.int32], wanted: Int64) -> tuple[Int64, Int64]:
    """Return, for the rows (or columns) `wanted` of a compressed matrix, the place in `wanted` and index of entries."""
    length = (start[wanted + 1] - start[wanted]).astype(np.int64)
    at = np.repeat(np.arange(len(wanted)), length)
    within = np.arange(len(at)) - np.repeat(np.cumsum(length) - length, length)
    return at, index[start[wanted][at] + within].astype(np.int64)


def _entries(system: System, pairs: Int64) -> _Entries:
    """Return the entries of the short rows among `pairs`, keys try * n_rows + row."""
    start = system.matrix.indptr
    attempt, row = np.divmod(pairs, system.n_rows)
    short = np.flatnonzero(start[row + 1] - start[row] <= MOST_ENTRIES)
    attempt, row = attempt[short], row[short]
    pair, column = _expanded(start, system.matrix.indices, row)
    _, value = _expanded(start, system.matrix.data, row)
    return _Entries(pair, attempt[pair], row[pair], column, value)


def _of(bounds: _Bounds, system: System, entries: _Entries) -> tuple[Int64, Int64]:
    """Return the bounds of the entries' columns in their tries."""
    key = entries.attempt * system.n_columns + entries.column
    at = np.minimum(np.searchsorted(bounds.key, key), len(bounds.key) - 1)
    known = bounds.key[at] == key
    return (np.where(known, bounds.lower[at], system.lower[entries.column]),
            np.where(known, bounds.upper[at], system.upper[entries.column]))


def _tightened(bounds: _Bounds, system: System, entries: _Entries,
               moves: tuple[npt.NDArray[np.bool_], Implied]) -> tuple[Int64, _Bounds]:
    """Return which keys have tighter bounds now, and all bounds; of several for one key, the tightest."""
    tighter, found = moves
    moved = entries.attempt[tighter] * system.n_columns + entries.column[tighter]
    key = np.concatenate([bounds.key, moved])
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(key[order]) > 0])
    lower = np.maximum.reduceat(np.concatenate([bounds.lower, found.lower[tighter]])[order], first)
    upper = np.minimum.reduceat(np.concatenate([bounds.upper, found.upper[tighter]])[order], first)
    return np.unique(moved), _Bounds(key[order][first], lower, upper)
