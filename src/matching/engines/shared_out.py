"""Couplings shared out: how much of each bound every part may use, the parts under it, and their plans as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from matching.engines.couplings import WHOLE, Couplings, Floats, of_parts
from matching.engines.exact import is_feasible
from matching.engines.loose import settled
from matching.engines.split import Part, Split
from matching.problem.program import INFINITE, Int64, Program


def used(split: Split, found: Couplings, x: Any) -> Any:
    """Return what each part uses of each coupling at `x`, shape (n couplings, n parts), of the type of `x`."""
    each = np.arange(len(x) + 1)
    by_part = sparse.csr_array((x, np.maximum(split.part_of, 0), each), shape=(len(x), len(split.parts)))
    return (found.matrix @ by_part).toarray()


def amounts(split: Split, found: Couplings, x: Floats) -> Int64:
    """Return what each part may use of each coupling, shape (n couplings, n parts); a row's sum is exactly its bound.

    What a part uses at `x`, and its share of what nobody uses, by its terms; rounded down, what remains to those that
    lost most by it (the largest remainder), the first of equals first. A part that has no term has no say and gets 0.
    """
    terms = used(split, found._replace(matrix=abs(found.matrix).sign()), np.ones(len(x), np.int64))
    use = used(split, found, x)
    spare = found.upper - use.sum(axis=1)
    wanted = use + spare[:, None] * terms / np.maximum(terms.sum(axis=1), 1)[:, None]
    given = np.zeros(wanted.shape, np.int64)
    for k, bound in enumerate(found.upper.tolist()):
        has_terms = np.flatnonzero(terms[k])
        if len(has_terms):
            given[k, has_terms] = _rounded(wanted[k, has_terms], bound)
    return given


def _rounded(wanted: Floats, bound: int) -> Int64:
    """Return whole numbers whose sum is `bound` and which are next to `wanted`, whose sum is about `bound`."""
    given = np.floor(wanted + WHOLE).astype(np.int64)
    rounds, rest = divmod(bound - int(given.sum()), len(given))
    first = np.argsort(given - wanted, kind="stable")[:rest]
    given += rounds
    given[first] += 1
    return given


def shared(split: Split, found: Couplings, given: Int64) -> Iterator[Program]:
    """Yield the parts' programs, each coupling in which a part has a say as a row with the part's amount."""
    for k, (part, rows) in enumerate(zip(split.parts, of_parts(split, found), strict=True)):
        yield _with_rows(part, found, rows, given[:, k])


def _with_rows(part: Part, found: Couplings, rows: sparse.csr_array, given: Int64) -> Program:
    own = np.flatnonzero(np.diff(rows.indptr))
    program = part.program
    if not len(own):
        return program
    return replace(
        program, matrix=sparse.csr_array(sparse.vstack([program.matrix, rows[own]], format="csr")),
        row_lower=np.concatenate([program.row_lower, np.full(len(own), -INFINITE)]),
        row_upper=np.concatenate([program.row_upper, given[own]]),
        labels=(*program.labels, *(found.labels[row] for row in own.tolist())))


def together(split: Split, xs: Sequence[Int64]) -> Int64:
    """Return the parts' plans as one, its loose columns 0."""
    x = np.zeros(split.whole.n_columns, np.int64)
    for part, mine in zip(split.parts, xs, strict=True):
        x[part.columns] = mine
    return x


def joined(split: Split, xs: Sequence[Int64]) -> Int64 | None:
    """Return the parts' plans as one of the whole program, None where they do not fit together."""
    x = together(split, xs)
    values = settled(split, x)
    if values is None:
        return None
    x[split.loose] = values
    return x if is_feasible(split.whole, x) else None
