"""Gathers arcs that stand alike in many rows behind one count column, so that each arc stands in few rows.

A row over the arcs of a school's teachers repeats the rows of its teachers. Where families of rows split the arcs into
few classes (arcs with the same coefficients in all these rows), each class gets a column that counts it, and the rows
are written in these columns. The matrix has a fraction of the entries, and a solver may branch on counts. What is
feasible and what it costs stay the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engines.system import System
from matching.problem.program import INFINITE, Int64

MANY_ARCS = 100_000
TABLE_BITS = 22
SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Extension:
    """A system with further columns, each a sum over the columns before: ``new = definition @ old``."""

    system: System
    definition: sparse.csr_array

    def extend(self, x: Int64) -> Int64:
        """Return the columns of the extended system that stand for `x`."""
        return np.concatenate([x, self.definition @ x])

    def over_program(self, row: Int64) -> Int64:
        """Return what a row, or a cost, over the extended columns counts of each column before."""
        n = self.definition.shape[1]
        return np.asarray(row[:n] + self.definition.T @ row[n:])


@dataclass(frozen=True)
class _Cluster:
    """Families of rows that split the arcs alike: `code` is equal for arcs of one class, 0 for those in no row."""

    families: tuple[int, ...]
    code: Int64
    classes: int
    entries: int

    @property
    def lifted(self) -> int:
        """How many entries the cluster needs once it is lifted."""
        gathered = int(np.count_nonzero(self.code))
        return gathered + self.classes + self.classes * self.entries // max(1, gathered)

    @property
    def cost(self) -> int:
        """How many entries it needs at best."""
        return min(self.entries, self.lifted)

    def joined(self, other: _Cluster) -> _Cluster:
        """Return the cluster over the families of both."""
        code = self.code + other.code
        return _Cluster(self.families + other.families, code, _count(code), self.entries + other.entries)


def lift(system: System, n_arcs: int) -> Extension:
    """Return `system` with its first `n_arcs` columns gathered where that saves entries."""
    matrix = system.matrix[:, :n_arcs]
    clusters = [c for c in _clusters(system, matrix) if c.lifted < c.entries]
    extension = Extension(system, sparse.csr_array((0, system.n_columns), dtype=np.int64))
    for cluster in clusters:
        extension = _gathered(extension, cluster, n_arcs)
    return extension


def _clusters(system: System, arcs: sparse.csr_array) -> list[_Cluster]:
    """Join each family, those with most classes first, to the cluster where it adds fewest entries.

    A goal may join a cluster but begins none: classes of equal cost would cut across teachers and needs.
    """
    n_families = int(system.families.max(initial=-1)) + 1
    families = [_family(system, arcs, f) for f in range(n_families)]
    goals = set(range(n_families - system.n_goals, n_families))
    clusters: list[_Cluster] = []
    for family in sorted(families, key=lambda c: -c.classes):
        joined = [c.joined(family) for c in clusters]
        added = [j.cost - c.cost for j, c in zip(joined, clusters, strict=True)]
        best = int(np.argmin(added)) if added else -1
        if added and added[best] < family.cost:
            clusters[best] = joined[best]
        elif 2 * family.classes < np.count_nonzero(family.code) and goals.isdisjoint(family.families):
            clusters.append(family)
    return clusters


def _family(system: System, arcs: sparse.csr_array, family: int) -> _Cluster:
    """Return one family of rows; `code` sums a random 62-bit number for each row, times the coefficient."""
    rows = system.families == family
    numbers = np.random.default_rng(family).integers(1, 2**62, arcs.shape[0]) * rows
    code = arcs.T @ numbers
    return _Cluster((family,), code, _count(code), int(np.diff(arcs.indptr)[rows].sum()))


def _count(code: Int64) -> int:
    """Return how many classes there are; of many arcs about, since it only tells what is worth lifting.

    How much of a table stays empty tells (linear counting; K.-Y. Whang, B. Vander-Zanden and H. Taylor, 1990).
    """
    if len(code) >= MANY_ARCS:
        hashed = code[code != 0].astype(np.uint64) * SPREAD >> np.uint64(64 - TABLE_BITS)
        table = np.zeros(2**TABLE_BITS, np.bool_)
        table[hashed] = True
        return round(-len(table) * math.log1p(-np.count_nonzero(table) / len(table)))
    ordered = np.sort(code[code != 0])  # np.unique hashes, six times as long
    return int(np.count_nonzero(np.diff(ordered, prepend=0)))


def _gathered(extension: Extension, cluster: _Cluster, n_arcs: int) -> Extension:
    system = extension.system
    arcs = np.flatnonzero(cluster.code)
    _, example, group = np.unique(cluster.code[arcs], return_index=True, return_inverse=True)
    n_classes = len(example)
    counting = sparse.csr_array((np.ones(len(arcs), np.int64), (group.astype(np.int32), arcs.astype(np.int32))),
                                shape=(n_classes, system.n_columns))
    mine, rest = _parted(system, np.isin(system.families, cluster.families), n_arcs)
    pattern = mine[:, arcs[example]]
    if (pattern @ counting[:, :n_arcs] != mine).nnz:
        return extension  # two classes met in one code
    matrix = sparse.vstack([sparse.hstack(beside, format="csr") for beside in (
        (counting, -sparse.eye_array(n_classes, dtype=np.int64, format="csr")), (rest, pattern))], format="csr")
    matrix.eliminate_zeros()
    zeros = np.zeros(n_classes, np.int64)
    lifted = replace(
        system, matrix=matrix,
        row_lower=np.r_[zeros, system.row_lower], row_upper=np.r_[zeros, system.row_upper],
        lower=np.r_[system.lower, counting @ system.lower],
        upper=np.r_[system.upper, _class_upper(system, pattern, counting)],
        families=np.r_[zeros - 1, system.families],
    )
    return Extension(lifted, sparse.vstack([extension.definition, _narrowed(counting, extension)], format="csr"))


def _parted(system: System, rows: npt.NDArray[np.bool_], n_arcs: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return what `rows` hold of the arcs, and all else."""
    matrix = system.matrix
    in_rows = np.repeat(rows, np.diff(matrix.indptr)) & (matrix.indices < n_arcs)
    parts = []
    for wanted, n_columns in ((in_rows, n_arcs), (~in_rows, system.n_columns)):
        at = np.flatnonzero(wanted)
        start = np.searchsorted(at, matrix.indptr).astype(np.int32)
        parts.append(sparse.csr_array((matrix.data[at], matrix.indices[at], start), shape=(system.n_rows, n_columns)))
    return parts[0], parts[1]


def _narrowed(counting: sparse.csr_array, extension: Extension) -> sparse.csr_array:
    """Return the counting rows over the columns that were there before any was added."""
    return counting[:, :extension.definition.shape[1]]


def _class_upper(system: System, pattern: sparse.csr_array, counting: sparse.csr_array) -> Int64:
    """Return how large each class can be: by its arcs' bounds, and by rows that only add up."""
    upper = counting @ system.upper
    adding = np.asarray((system.matrix < 0).sum(axis=1)).ravel() == 0
    adding &= (system.row_upper < INFINITE) & bool(np.all(system.lower >= 0))
    entries = pattern.tocoo()
    useful = adding[entries.row] & (entries.data > 0)
    np.minimum.at(upper, entries.col[useful], system.row_upper[entries.row[useful]] // entries.data[useful])
    return np.asarray(np.maximum(upper, counting @ system.lower), np.int64)
