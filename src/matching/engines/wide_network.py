"""The network in a wide problem: what is laminar on either side as edges, all other rows to be paid for.

The pairs run between two trees, as in `network`; but rows are known by kinds of teachers and posts, and pairs only by
the two nodes that they join, so that any number of them can be priced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.engines.families import Tree, tree
from matching.problem.blocks import Block
from matching.problem.program import INFINITE, Int64


class _Side(NamedTuple):
    """The rows of one side that form a tree, the node of each teacher or need, and the rows' bounds by node."""

    tree: Tree
    lower: Int64
    upper: Int64


@dataclass(frozen=True)
class WideNetwork:
    """A circulation from node 0 through the teachers' tree, a pair, the needs' tree, and back.

    Attributes
    ----------
    tail, head, lower, upper : the trees' edges and the way back; every teacher has a node of their own side
    teacher, need : the node of each
    priced : the blocks that are not in the trees
    """

    n_nodes: int
    tail: Int64
    head: Int64
    lower: Int64
    upper: Int64
    teacher: Int64
    need: Int64
    priced: tuple[Block, ...]


def network_of(blocks: Sequence[Block], degree: Int64, n_needs: int) -> WideNetwork:
    """Return the network that some of the blocks are.

    Parameters
    ----------
    degree : how many pairs each teacher has
    """
    senders, left = _side(blocks, "teacher", len(degree))
    receivers, priced = _side(left, "need", n_needs)
    most = int(degree.sum())
    first, bare = 1, np.flatnonzero(senders.tree.of_column < 0)
    own = first + len(senders.lower)
    end = own + len(bare)
    second = end + 1
    teacher = first + senders.tree.of_column
    teacher[bare] = own + np.arange(len(bare))
    need = np.where(receivers.tree.of_column < 0, end, second + receivers.tree.of_column)
    outward = np.where(senders.tree.parent < 0, 0, first + senders.tree.parent)
    inward = np.where(receivers.tree.parent < 0, end, second + receivers.tree.parent)
    tail = np.concatenate([outward, np.zeros(len(bare), np.int64), second + np.arange(len(receivers.lower)), [end]])
    head = np.concatenate([first + np.arange(len(senders.lower)), own + np.arange(len(bare)), inward, [0]])
    lower = np.concatenate([senders.lower, np.zeros(len(bare), np.int64), receivers.lower, [0]])
    upper = np.concatenate([senders.upper, degree[bare], receivers.upper, [most]])
    return WideNetwork(second + len(receivers.lower), tail, head, lower, np.minimum(upper, most), teacher, need,
                       tuple(priced))


def _side(blocks: Sequence[Block], at: str, n: int) -> tuple[_Side, list[Block]]:
    """Return the tree of as many blocks as fit into one, those of most rows first, and the other blocks."""
    kept: list[Block] = []
    rest: list[Block] = []
    best = _Side(Tree(*(np.zeros(0, np.int64),) * 2, np.full(n, -1)), np.zeros(0, np.int64), np.zeros(0, np.int64))
    for block in sorted(blocks, key=lambda block: -block.matrix.shape[0]):
        found = _joined([*kept, block], at) if _counts(block, at) else None
        if found is None:
            rest.append(block)
        else:
            kept.append(block)
            best = found
    return best, rest


def _counts(block: Block, at: str) -> bool:
    other = block.n_needs if at == "teacher" else block.n_teachers
    return other == 1 and bool((block.matrix.data == 1).all())


def _joined(blocks: Sequence[Block], at: str) -> _Side | None:
    rows = sparse.csr_array(sparse.vstack([b.matrix[:, b.teacher if at == "teacher" else b.need] for b in blocks]))
    found = tree(rows, np.arange(rows.shape[0]))
    if found is None:
        return None
    lower, upper = (np.concatenate(part) for part in ([b.lower for b in blocks], [b.upper for b in blocks]))
    return _Side(found, np.maximum(lower, 0)[found.rows], np.minimum(upper, INFINITE)[found.rows])
