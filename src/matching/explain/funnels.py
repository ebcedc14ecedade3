"""The rule that leaves no one, or nowhere, of many at once: those alike to the rules so far are asked together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from matching.policy.model import Require
from matching.problem.classes import Index
from matching.problem.coarse import CELLS, allowed, refined
from matching.problem.conditions import Bools, Pairs, condition_fields
from matching.problem.fields import Fields
from matching.problem.problem import Problem, hard_requires
from matching.problem.program import Int64

NONE = -1
"""No rule: some are left after all."""


def posts_refused(problem: Problem, teachers: Index) -> Int64:
    """Return, for each of some teachers, the position of the rule that refuses the last posts.

    Positions are those of `hard_requires`; `NONE` where some are left. int64 of the shape of `teachers`.
    """
    return _refused(problem, teachers, "teacher", len(problem.instance.needs), Pairs)


def candidates_refused(problem: Problem, needs: Index) -> Int64:
    """Return, for each of some needs, the position of the rule that refuses the last teachers; as `posts_refused`."""
    return _refused(problem, needs, "need", len(problem.instance.teachers), lambda one, other: Pairs(other, one))


def _refused(problem: Problem, ones: Index, at: Literal["teacher", "need"], others: int,
             paired: Callable[[Index, Index], Pairs]) -> Int64:
    """Return the positions for some `ones`, worked out for one of each kind.

    As many are taken together as have at most `CELLS` pairs with `others`, those of like kinds.
    """
    rules, every, kind = hard_requires(problem.policy), np.arange(others), _kinds(problem, ones, at)
    one, which = np.unique(kind, return_index=True, return_inverse=True)[1:]
    step = max(1, CELLS // max(others, 1))
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(one), step):
        last = np.full(len(one[start:start + step]), NONE)
        for k, left in enumerate(_left(rules, problem.fields, ones[one[start:start + step]], at, every, paired)):
            last[(last == NONE) & ~left] = k
        found.append(last)
    return np.asarray(np.concatenate(found)[which])


def _kinds(problem: Problem, ones: Index, at: Literal["teacher", "need"]) -> Index:
    """Return the kinds that all rules together tell apart, numbered by what the first rules look at first."""
    kind: Index = np.zeros(len(ones), np.int64)
    for rule in hard_requires(problem.policy):
        kind = _finer(kind, rule, problem.fields, ones, at)
    return kind


def _left(rules: tuple[Require, ...], fields: Fields, ones: Index, at: Literal["teacher", "need"], others: Index,
          paired: Callable[[Index, Index], Pairs]) -> Iterator[Bools]:
    """Yield rule by rule whether each of `ones` has any of `others` left.

    The pairs are those of one of each kind, by `kind`: kinds that a rule tells apart inherit what their kind had left.
    """
    kind: Index = np.zeros(len(ones), np.int64)
    of: Index = np.zeros(len(others), np.int64)
    other = others
    for rule in rules:
        finer = _finer(kind, rule, fields, ones, at)
        one = np.unique(finer, return_index=True)[1]
        of, other = _inherited(of, other, kind[one])
        keep = allowed(rule, fields, paired(ones[one][of], other))
        kind, of, other = finer, of[keep], other[keep]
        yield np.bincount(of, minlength=len(one))[kind] > 0


def _finer(kind: Index, rule: Require, fields: Fields, ones: Index, at: Literal["teacher", "need"]) -> Index:
    """Return the kinds that tell apart what `kind` does and what the rule does."""
    for name in sorted(condition_fields((*rule.when, *rule.that))):
        told = fields.kinds(name, at)
        if told is not None:
            kind = refined(kind, told[ones])
    return kind


def _inherited(of: Index, other: Index, parents: Index) -> tuple[Index, Index]:
    """Return the pairs of kinds whose `parents` have the pairs (`of`, `other`), sorted by kind as those are."""
    many = np.bincount(of, minlength=int(parents.max(initial=0)) + 1)
    start, each = (np.cumsum(many) - many)[parents], many[parents]
    where = np.repeat(start - (np.cumsum(each) - each), each) + np.arange(each.sum())
    return np.repeat(np.arange(len(parents)), each), other[where]
