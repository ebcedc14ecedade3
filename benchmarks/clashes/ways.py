"""A way out is one, by the audit and by a solve from nothing; and one unit less of it is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from benchmarks.clashes.cases import Clash
from scipy import sparse

from matching import engines
from matching.audit import audit
from matching.domain.plan import Plan
from matching.domain.records import Teacher
from matching.explain.conflicts import teachers
from matching.explain.conflicts.bend import bent, number, price
from matching.explain.conflicts.model import Change, Relaxation
from matching.explain.conflicts.number import neighbour
from matching.explain.conflicts.program import nothing
from matching.policy.changes import replace as changed
from matching.policy.conditions import FieldRef
from matching.policy.literals import decimal
from matching.policy.model import Policy, Quota
from matching.problem import Problem, RowLabel, compile
from matching.problem.program import INFINITE, Int64, Program

MOST_BASE = 10_000
"""A denominator beyond those of the shares that can occur."""


class Seen(NamedTuple):
    """Whether a way out has a plan that the audit passes, and what comes of one unit less ."""

    feasible: bool
    less: str


def seen(clash: Clash, way: Relaxation) -> Seen:
    """Hold a way out against solves from nothing."""
    if way.kind in ("least", "rule"):
        return _given_way(clash, way)
    if way.kind == "teachers":
        return _with_more(clash, way)
    return _with_number(clash, way)


def _given_way(clash: Clash, way: Relaxation) -> Seen:
    """Look at shortfalls group by group: those offered do, and no others that cost a unit less."""
    rules = {c.rule for c in way.changes}
    if way.kind == "least":
        rules = {r.id for r in clash.policy.rules if price(r)}
    problem = compile(clash.instance, bent(clash.policy, rules))
    cost = problem.program.objectives[0].cost
    offered = _capped(replace(problem.program, upper=_offered(problem, way.changes)), cost, way.cost)
    x = engines.solve(offered).x
    does = False
    if x is not None:
        found = audit(clash.instance, problem.policy, _plan(problem, x))
        short = [line for line in found.rules if line.shortfall and line.rule in rules]
        does = found.ok and sum(line.shortfall for line in short) == way.total and {
            (line.rule, line.group) for line in short} <= {(c.rule, c.group) for c in way.changes}
    return Seen(does, engines.solve(_capped(problem.program, cost, way.cost - 1)).status)


def _offered(problem: Problem, changes: Collection[Change]) -> Int64:
    """Return upper bounds of all columns under which each group falls short by what is offered, and no other does."""
    units = {RowLabel(c.rule, c.group): _units(c) for c in changes}
    upper, columns = problem.program.upper.copy(), problem.program.matrix.tocsc()
    for part in problem.shortfalls:
        for column in part.columns.tolist():
            rows = columns.indices[columns.indptr[column]:columns.indptr[column + 1]]
            labels = [problem.program.labels[row] for row in rows if problem.program.labels[row].rule == part.rule]
            upper[column] = min(upper[column], max((units.get(label, 0) for label in labels), default=0))
    return upper


def _units(change: Change) -> int:
    """Return how many units a change is at most; that of a share of a varying base is counted by the cost alone."""
    if change.bound not in ("at_least", "at_most") or "/" in str(change.before):
        return int(INFINITE)
    before, after = Fraction(str(change.before)), number(change.after)
    if "/" not in str(change.after):
        return ceil(abs(before - after))
    base = int(str(change.after).partition("/")[2])
    return abs((ceil(before * base) if change.bound == "at_least" else floor(before * base)) - int(after * base))


def _capped(program: Program, cost: Int64, most: int) -> Program:
    row = sparse.csr_array(cost.reshape(1, -1))
    return replace(program, matrix=sparse.csr_array(sparse.vstack([program.matrix, row], format="csr")),
                   row_lower=np.r_[program.row_lower, -INFINITE], row_upper=np.r_[program.row_upper, most],
                   labels=(*program.labels, RowLabel("cost", "plan")), objectives=(nothing(program.n_columns),))


def _plan(problem: Problem, x: Int64) -> Plan:
    return Plan("way", "feasible", 0, problem.decode(x))


def _with_number(clash: Clash, way: Relaxation) -> Seen:
    """Look at the rule with the number that is offered, and with the next one nearer to its own."""
    (change,) = way.changes
    does, less = (_holds(*case) for case in (_moved(clash, change) if " " in change.bound else _bounded(clash, change)))
    return Seen(does, "optimal" if less else "infeasible")


def _bounded(clash: Clash, change: Change) -> Iterator[tuple[Clash, Policy]]:
    """Yield the case with what is offered, and with the next value nearer to what is stated."""
    rule, sign = clash.policy.rule(change.rule), 1 if change.bound == "at_least" else -1
    after = number(change.after)
    if isinstance(rule, Quota) and rule.of is not None:
        most = sum(need.count for need in clash.instance.needs) if rule.of == "placed" else MOST_BASE
        nearer = sign * neighbour(sign * after, most)
    else:
        nearer = after + sign
    for value in (after, nearer):
        yield clash, changed(bent(clash.policy, ()), {f"{change.rule}.{change.bound}": str(value)})


def _moved(clash: Clash, change: Change) -> Iterator[tuple[Clash, Policy]]:
    """Yield the case with a limit on pairs moved as is offered, and by a step less; teachers' own limits are moved."""
    field = change.bound.split(" ")[0]
    by = _by(change)
    step = Fraction(1, 10) if field == "km" else Fraction(1)
    for more in (by, by - step):
        that = [_text(condition.text, field, more) for condition in clash.policy.rule(change.rule).that]
        policy = changed(bent(clash.policy, ()), {f"{change.rule}.that": that})
        own = {c.values[0].name for condition in clash.policy.rule(change.rule).that for c in condition.clauses
               if c.field == field and isinstance(c.values[0], FieldRef)}
        yield _raised(clash, own & {*Teacher._fields}, more), policy


def _by(change: Change) -> Fraction:
    """Return by how much a limit moves, away from what it says."""
    sign, _, stated = str(change.after).rpartition(" ")
    if sign:
        return Fraction(stated)
    return abs(Fraction(stated) - Fraction(str(change.before)))


def _text(text: str, field: str, by: Fraction) -> str:
    """Return a condition with the limits that it sets for a field moved."""
    def moved(found: re.Match[str]) -> str:
        value = Fraction(found[3]) + (by if "<" in found[2] else -by)
        return f"{found[1]}{found[2]}{decimal(value)}"

    return re.sub(rf"(\b{re.escape(field)}\s*)([<>]=?\s*)(\d[\d.]*)", moved, text)


def _raised(clash: Clash, own: Collection[str], by: Fraction) -> Clash:
    people = tuple(t._replace(**{name: getattr(t, name) + float(by) for name in own if getattr(t, name) is not None})
                   for t in clash.instance.teachers)
    return clash._replace(instance=replace(clash.instance, teachers=people))


def _holds(clash: Clash, policy: Policy) -> bool:
    """Tell whether there is a plan, one that the audit passes."""
    problem = compile(clash.instance, policy)
    found = engines.solve(replace(problem.program, objectives=(nothing(problem.program.n_columns),)))
    assert found.status in ("optimal", "infeasible")
    return found.x is not None and audit(clash.instance, policy, _plan(problem, found.x)).ok


def _with_more(clash: Clash, way: Relaxation) -> Seen:
    """Look at the instance with the teachers who are offered, and with one fewer of any kind that is thought of."""
    problem = compile(clash.instance, clash.policy)
    models = teachers._models(problem)
    kinds = [kind for r in way.recruits for kind in [teachers.Kind(r.subject, r.stage, r.backbone, r.home)] * r.number]
    policy = bent(clash.policy, ())
    joined = clash._replace(instance=teachers._joined_by(
        clash.instance, {f"+{at}": kind for at, kind in enumerate(kinds)}, models))
    pool = {f"+{at}.{k}": kind for at, kind in enumerate(models) for k in range(way.total - 1)}
    made = compile(teachers._joined_by(clash.instance, pool, models), policy)
    placed = np.zeros(made.program.n_columns, np.int64)
    placed[:len(made.arcs)] = made.arcs.teacher >= len(clash.instance.teachers)
    return Seen(_holds(joined, policy), engines.solve(_capped(made.program, placed, way.total - 1)).status)
