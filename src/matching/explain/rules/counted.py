"""Which placements of a plan a rule counts, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from matching.policy.model import Balance, Place, Quota, Require, Rule, Subsidy, Together
from matching.problem import Problem
from matching.problem.balance import balanced
from matching.problem.coarse import allowed
from matching.problem.conditions import Bools, Pairs, holds
from matching.problem.counts import count_of
from matching.problem.groups import PLAN, groups_of
from matching.problem.program import Int64
from matching.problem.together import concerned, travelling

Placements = tuple[tuple[str, str], ...]


def counted(problem: Problem, rule: Rule, chosen: Int64) -> Mapping[str, Placements]:
    """Return (teacher, need) of the placements that count, by group; groups without any may be left out."""
    arcs = problem.arcs
    pairs = Pairs(arcs.teacher[chosen], arcs.need[chosen])
    if isinstance(rule, Quota):
        groups = groups_of(rule.per, problem.fields, arcs)
        matrix = count_of(rule, groups, problem.fields, arcs, problem.facts).counted
        return _by_group(problem, groups.labels, matrix, chosen)
    if isinstance(rule, Balance):
        balance = balanced(rule, problem.fields, arcs, problem.facts)
        return _by_group(problem, balance.labels, balance.net, chosen)
    if isinstance(rule, Place):
        mine = concerned(rule, problem.fields)[pairs.teacher]
        return {who: ((who, where),) for who, where in _named(problem, chosen[mine])}
    if isinstance(rule, Together):
        return {name: _named(problem, chosen[np.isin(pairs.teacher, members)])
                for name, members in travelling(rule, problem.fields)}
    if isinstance(rule, Require):
        return {PLAN: _named(problem, chosen[~allowed(rule, problem.fields, pairs)])}
    return {PLAN: _named(problem, chosen[_paid(problem, rule, pairs)])} if isinstance(rule, Subsidy) else {}


def _paid(problem: Problem, rule: Subsidy, pairs: Pairs) -> Bools:
    """Tell which pairs are paid by `rule`: the first of those of its item that matches."""
    earlier = np.zeros(len(pairs.teacher), np.bool_)
    for other in problem.policy.active(Subsidy):
        if other.item == rule.item:
            matches = holds(other.when, problem.fields, pairs) & ~earlier
            if other.id == rule.id:
                return np.asarray(matches)
            earlier |= matches
    return np.zeros(len(pairs.teacher), np.bool_)


def _by_group(problem: Problem, labels: Sequence[str], matrix: sparse.csr_array, chosen: Int64
              ) -> Mapping[str, Placements]:
    at = sparse.coo_array(matrix[:, chosen])
    found: dict[str, list[int]] = {}
    for group, column in sorted(zip(at.row.tolist(), at.col.tolist(), strict=True)):
        found.setdefault(labels[group], []).append(int(chosen[column]))
    return {group: _named(problem, np.array(arcs, np.int64)) for group, arcs in found.items()}


def _named(problem: Problem, chosen: Int64) -> Placements:
    arcs, instance = problem.arcs, problem.instance
    return tuple((instance.teachers[t].teacher_id, instance.needs[n].need_id)
                 for t, n in zip(arcs.teacher[chosen].tolist(), arcs.need[chosen].tolist(), strict=True))
