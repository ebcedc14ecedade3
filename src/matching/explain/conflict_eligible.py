"""A clash of bounds with as few rules on eligibility as it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.explain.conflict_program import among, gathered, only
from matching.explain.conflict_proof import Prover, Shrinking
from matching.explain.core import core
from matching.policy.model import Policy, Require, Subsidy
from matching.problem import Problem, RowLabel
from matching.problem.arcs import eligible
from matching.problem.coarse import allowed
from matching.problem.credits import CreditedFields
from matching.problem.problem import compiled, hard_requires
from matching.problem.program import Int64, Program

MOST_PAIRS = 4_000_000
"""Beyond so many pairs of a teacher and a post it is not asked which rules refuse them."""
MOST_COLUMNS = 40_000
MOST_RULES = 60
PLAN = "plan"
Rules = Sequence[Require]
Labels = Sequence[RowLabel]


class Clash(NamedTuple):
    """Rules that clash; `proven` where it is so without any other rule on eligibility."""

    rules: tuple[RowLabel, ...]
    proven: bool


def least_clash(problem: Problem, rows: tuple[RowLabel, ...], named: Labels, prover: Prover) -> Clash:
    """Return a clash like that of `rows`, with as few rules on eligibility as it takes.

    It is sought among all groups of the rules of `rows` but for those `named` before, since a clash that holds whoever
    is eligible may lie in other groups of theirs. The group of a rule on eligibility is the teacher where the clash
    speaks of one alone and needs the rule for that one only, else the plan.
    """
    rules = hard_requires(problem.policy)[::-1]
    n_pairs = len(problem.instance.teachers) * len(problem.instance.needs)
    if n_pairs > MOST_PAIRS or len(rules) > MOST_RULES or not n_pairs:
        return Clash(core(rows, Shrinking(problem.program, prover)), not n_pairs)
    way = _Pairs(problem, rows)
    free = [label for label in way.labels if label not in named]
    wide = next((labels for labels in _widened(rows, free) if way.columns(labels) <= MOST_COLUMNS), rows)
    needed: Rules = ()
    if way.clash((), wide, prover) is None:
        needed = core(rules, lambda some: None if way.clash(some, wide, prover) is None else some)
        if not needed:
            return Clash(core(rows, Shrinking(problem.program, prover)), False)
    rows = core(in_order(problem.policy, wide), Shrinking(way.program(needed, wide), prover), lambda label: label.rule)
    return Clash((*_named(problem, way, needed[::-1], rows, prover), *rows), True)


def _named(problem: Problem, way: _Pairs, needed: Rules, rows: Labels, prover: Prover) -> Iterator[RowLabel]:
    people = {row.group for row in rows} & problem.instance.teacher.keys()
    person = people.pop() if len(people) == 1 else None
    if person is not None and (not needed or way.clash(needed, rows, prover, person) is None):
        person = None
    return (RowLabel(rule.id, person or PLAN) for rule in needed)


def _widened(rows: Labels, free: Labels) -> Iterator[Labels]:
    """Yield labels to seek a clash among: all groups of the rules of `rows`, then of those that have several there."""
    times = Counter(row.rule for row in rows)
    for least in (1, 2):
        yield [*rows, *(label for label in free if label not in rows and times[label.rule] >= least)]


def in_order(policy: Policy, labels: Labels) -> tuple[RowLabel, ...]:
    """Return labels of rules of `policy` in its order."""
    order = {rule.id: at for at, rule in enumerate(policy.rules)}
    return tuple(sorted(labels, key=lambda label: order[label.rule]))


def _of_rows(problem: Problem, rows: Labels) -> Policy:
    """Return the policy with no hard rules but those of `rows`."""
    named = {row.rule for row in rows}
    rules = tuple(r for r in problem.policy.rules if r.id in named or r.enforce != "hard" or isinstance(r, Subsidy))
    return replace(problem.policy, rules=rules)


class _Pairs:
    """Proves over all pairs, of each of which it is known which rules refuse it.

    A share of those eligible is of those whom all rules together leave a post, whichever are left out.
    """

    def __init__(self, problem: Problem, rows: Labels) -> None:
        self._rules = hard_requires(problem.policy)
        self._ids = [t.teacher_id for t in problem.instance.teachers]
        fields = CreditedFields(problem.instance, _of_rows(problem, rows))
        arcs = eligible((), fields)
        self._program = compiled(fields, arcs, problem.arcs).program
        self._refused = np.zeros(self._program.n_columns, np.int64)
        for bit, rule in enumerate(self._rules):
            self._refused[:len(arcs)] |= (~allowed(rule, fields, arcs.pairs)).astype(np.int64) << bit
        self._teacher = np.r_[arcs.teacher, np.full(self._program.n_columns - len(arcs), -1)].astype(np.int64)
        self._gathered: tuple[Labels, Program, Int64] | None = None
        self.labels = tuple(dict.fromkeys((*self._program.labels, *rows)))

    def columns(self, labels: Labels) -> int:
        """Return how many columns there are in the rows of those labels."""
        self._gathered = None
        return self._of(labels)[0].n_columns

    def clash(self, rules: Rules, labels: Labels, prover: Prover,
              person: str | None = None) -> Collection[RowLabel] | None:
        """Return labels that are proven to clash under these rules on eligibility, None where there is no proof.

        Parameters
        ----------
        person : the rules are to hold for that teacher alone
        """
        if prover.late:
            return None
        bits = sum(1 << self._rules.index(rule) for rule in rules)
        if person is not None:
            kept = ((self._refused & bits) == 0) | (self._teacher != self._ids.index(person))
            return prover.clash(among(self._program, kept), labels)
        return prover.clash(self.program(rules, labels), labels)

    def program(self, rules: Rules, labels: Labels) -> Program:
        """Return the rows of `labels` under these rules on eligibility."""
        bits = sum(1 << self._rules.index(rule) for rule in rules)
        program, refused = self._of(labels)
        return among(program, (refused & bits) == 0)

    def _of(self, labels: Labels) -> tuple[Program, Int64]:
        """Return the rows of those labels, columns alike in them and in who refuses them gathered, and who does."""
        known = self._gathered
        if known is None or not set(labels) <= set(known[0]):
            known = self._gathered = (labels, *gathered(only(self._program, labels), self._refused))
        return known[1:]
