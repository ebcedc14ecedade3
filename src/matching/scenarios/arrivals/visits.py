"""Quotas on how many different schools people go to: a row gains by each school that somebody goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.problem.counts import Cast, Form
from matching.problem.program import Int64


@dataclass(frozen=True)
class Visits:
    """Where at least one goes, the row of a visit gains, however many go.

    Attributes
    ----------
    matrix : int64, sparse, shape (n_visits, n_columns); who of a row's group goes to a school
    row, gain : int64, shape (n_visits,)
    """

    matrix: sparse.csr_array
    row: Int64
    gain: Int64

    def gained(self, there: Int64, n_rows: int) -> Int64:
        """Return what rows gain, (n_rows, n_draws), where so many are `there`, (n_visits, n_draws)."""
        gather = sparse.csr_array((self.gain, (self.row, np.arange(len(self.row)))), shape=(n_rows, len(self.row)))
        return np.asarray(gather @ (there > 0).astype(np.int64), np.int64)

    def only(self, rows: Int64) -> Visits:
        """Return those of some of the rows, which are numbered anew in this order."""
        kept = np.flatnonzero(np.isin(self.row, rows))
        order = np.argsort(rows, kind="stable")
        return Visits(self.matrix[kept], order[np.searchsorted(rows[order], self.row[kept])], self.gain[kept])


def visits_of(quota: Cast, form: Form, columns: Int64) -> Visits | None:
    """Return where the groups of a form go; None where it does not count schools."""
    if quota.sites is None:
        return None
    counted = quota.count.counted[form.groups][:, columns].tocoo()
    sites = quota.sites[columns]
    base = int(sites.max(initial=0)) + 1
    keys, visit = np.unique(counted.row.astype(np.int64) * base + sites[counted.col], return_inverse=True)
    matrix = sparse.csr_array((np.ones(len(counted.col), np.int64), (visit.reshape(-1), counted.col)),
                              shape=(len(keys), len(columns)))
    unit = form.share.denominator if form.limit is None else 1
    return Visits(matrix, keys // base, np.full(len(keys), form.sign * unit, np.int64))


def stacked(parts: Sequence[tuple[int, Visits | None]], n_columns: int) -> Visits:
    """Return the visits of parts of so many rows each, one part after another."""
    first = np.cumsum([0, *(size for size, _ in parts)])
    found = [(int(start), visits) for start, (_, visits) in zip(first, parts, strict=False) if visits is not None]
    none = sparse.csr_array((0, n_columns), dtype=np.int64)
    matrix = sparse.csr_array(sparse.vstack([none, *(visits.matrix for _, visits in found)], "csr"))
    empty: Int64 = np.zeros(0, np.int64)
    return Visits(matrix, np.concatenate([empty, *(visits.row + start for start, visits in found)]),
                  np.concatenate([empty, *(visits.gain for _, visits in found)]))
