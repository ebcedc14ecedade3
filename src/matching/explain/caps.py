"""The hard caps on counts as two trees, one of senders and one of receivers, and the most that posts can be filled.

Where posts, schools and teachers cap plain counts one within the other, what can go to some posts is a flow, and its
greatest value a proof (L. R. Ford and D. R. Fulkerson, 1956; P. Hall, "On representatives of subsets", 1935).
Caps that cross others are left out, which can only let more through: what is proven stays proven.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.families import Tree, tree
from matching.policy.model import Quota
from matching.problem import Problem
from matching.problem.conditions import Bools
from matching.problem.counts import Cast, caps_seats
from matching.problem.groups import membership
from matching.problem.program import Int64

PER_TEACHER = ("teacher_id",)


class Cap(NamedTuple):
    """At most `limit` placements in a group of a rule; of a post's own seats the rule is None, the group its id."""

    rule: str | None
    group: str
    limit: int


class Side(NamedTuple):
    """Caps one within the other.

    Attributes
    ----------
    parent : int64, the next larger cap around each cap, -1 where there is none; larger ones stand before smaller ones
    of_arc : int64, the smallest cap around each arc, -1 where there is none
    limit : int64
    matrix : 1 where a cap (row) counts an arc (column)
    """

    caps: tuple[Cap, ...]
    parent: Int64
    of_arc: Int64
    limit: Int64
    matrix: sparse.csr_array

    def used(self, x: Int64) -> Int64:
        """Return how many of the arcs `x` each cap counts."""
        return np.asarray(self.matrix @ x, np.int64)

    def members(self, cap: int) -> Int64:
        """Return the arcs that a cap counts, by its position."""
        return np.asarray(self.matrix.indices[self.matrix.indptr[cap]:self.matrix.indptr[cap + 1]], np.int64)


class _Rows(NamedTuple):
    caps: list[Cap]
    matrix: sparse.csr_array


def senders(problem: Problem) -> Side:
    """Return the caps on teachers, on those of a school or of another group of senders, and on all together."""
    return _side([_none(problem), *_caps(problem, sending=True)])


def receivers(problem: Problem) -> Side:
    """Return the seats of each post and the caps on receiving schools, their houses and counties."""
    needs = problem.instance.needs
    arcs = problem.arcs
    own = membership(np.arange(len(arcs)), arcs.need, (len(arcs), len(needs))).T.tocsr()
    seats = _Rows([Cap(None, n.need_id, n.count) for n in needs], sparse.csr_array(own))
    return _side([seats, *_caps(problem, sending=False)])


def receiving_caps(problem: Problem) -> tuple[tuple[Cap, ...], sparse.csr_array]:
    """Return the caps of rules on the receiving side, crossing ones too, and which arcs (columns) each (row) counts."""
    found = [_none(problem), *_caps(problem, sending=False)]
    return tuple(cap for rows in found for cap in rows.caps), sparse.csr_array(sparse.vstack([r.matrix for r in found]))


def _none(problem: Problem) -> _Rows:
    return _Rows([], sparse.csr_array((0, len(problem.arcs)), dtype=np.int64))


def _caps(problem: Problem, *, sending: bool) -> list[_Rows]:
    """Return the rows of each rule, those with the most groups first."""
    found = [rows for cast in problem.quotas if _plain(cast) and _of_senders(cast) is sending for rows in _rows(cast)]
    return sorted(found, key=lambda rows: -len(rows.caps))


def _plain(cast: Cast) -> bool:
    rule = cast.rule
    return (rule.enforce == "hard" and rule.measure == "seats" and rule.of != "placed" and rule.from_seats is None
            and not caps_seats(rule))


def _of_senders(cast: Cast) -> bool | None:
    """Tell whether the groups are of senders; None where they are of both sides. The whole plan is one of senders."""
    if cast.groups.teachers is None and cast.groups.needs is None:
        return None
    return cast.groups.teachers is not None


def _rows(cast: Cast) -> Iterator[_Rows]:
    for form in cast.forms:
        if form.sign < 0 and form.limit is not None and len(form.groups):
            labels = [cast.groups.labels[g] for g in form.groups.tolist()]
            caps = [Cap(cast.rule.id, g, n) for g, n in zip(labels, form.limit.tolist(), strict=True)]
            yield _Rows(caps, cast.count.counted[form.groups])


def _side(parts: list[_Rows]) -> Side:
    kept = parts[0]
    for part in parts[1:]:
        kept = _joined(kept, part)
    found = _tree(kept.matrix)
    assert found is not None
    order = found.rows.tolist()
    caps = tuple(kept.caps[k] for k in order)
    return Side(caps, found.parent, found.of_column, np.array([cap.limit for cap in caps], np.int64),
                sparse.csr_array(kept.matrix[found.rows]))


def _tree(matrix: sparse.csr_array) -> Tree | None:
    return tree(matrix, np.arange(matrix.shape[0]))


def _joined(kept: _Rows, part: _Rows) -> _Rows:
    """Return the rows of both, but those of `part` that cross others."""
    both = sparse.csr_array(sparse.vstack([kept.matrix, part.matrix]))
    if _tree(both) is None:
        lawful = np.flatnonzero(~_crossing(both)[len(kept.caps):])
        part = _Rows([part.caps[k] for k in lawful.tolist()], part.matrix[lawful])
        both = sparse.csr_array(sparse.vstack([kept.matrix, part.matrix]))
    return _Rows([*kept.caps, *part.caps], both)


def _crossing(matrix: sparse.csr_array) -> Bools:
    """Tell of each row whether it has columns in common with another while neither holds the other."""
    overlap = sparse.coo_array(matrix @ matrix.T)
    size = np.diff(matrix.indptr)
    crosses = np.zeros(matrix.shape[0], np.bool_)
    crosses[overlap.row[overlap.data < np.minimum(size[overlap.row], size[overlap.col])]] = True
    return crosses


def one_each(problem: Problem) -> frozenset[str]:
    """Return the ids of the hard rules that allow every teacher one post; empty where teachers may have several."""
    return frozenset(q.rule.id for q in problem.quotas if _one_post(q.rule))


def _one_post(rule: Quota) -> bool:
    return (rule.per == PER_TEACHER and rule.at_most == 1 and rule.enforce == "hard" and rule.measure == "seats"
            and rule.of is None and rule.plus is None and rule.from_seats is None and not rule.when and not rule.count)
