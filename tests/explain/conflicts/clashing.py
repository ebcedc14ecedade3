"""What rules clash, and what would have to give way, by trying every plan of a tiny instance under the audit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain, combinations

import pytest
from hypothesis import strategies as st

from matching import engines
from matching.audit import Facts
from matching.audit.recount import Recount
from matching.audit.rulebook import Rulebook
from matching.engines.change import changed
from matching.explain.conflicts import bend as conflict_bend
from matching.explain.conflicts import reach as conflict_reach
from matching.explain.conflicts.bend import bent, number
from matching.policy import load
from tests import policies, strategies

BASE = load("base")
PLAIN = ("subject", "stage", "mode", "not-own-site", "avoid", "max-km", "seats", "one-post", "beds", "mandatory",
         "group")
FEATURES = frozenset({"alternatives", "avoid", "backbone", "beds", "distances", "facts", "gender", "groups",
                      "mandatory", "max_km", "titles"})


class Here:
    """A `Resolver` without a process of its own."""

    def __init__(self, program, **_):
        self._program = program

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def solve(self, change=None, **_):
        program = self._program if change is None else changed(self._program, change)
        return engines.solve(program, in_process=True)


@pytest.fixture
def in_process(monkeypatch):
    """Solve in this process, which spares the tests the start of many."""
    monkeypatch.setattr(engines, "solve", partial(engines.solve, in_process=True))
    for module in (conflict_bend, conflict_reach):
        monkeypatch.setattr(module, "Resolver", Here)


@st.composite
def clashes(draw):
    """A tiny instance, and a policy of some of the base's rules and one or two hard ones more that ask for much."""
    case = draw(strategies.instances(3, 2, 2, 2, features=FEATURES))
    more = [draw(policies.quotas() | policies._balances() | policies._places() | policies._requires())
            for _ in range(draw(st.integers(1, 2)))]
    prices = st.sampled_from((None, None, 0, 1, 3))
    rules = [replace(r, id=f"own-{at}", enforce="hard", bend=draw(prices)) for at, r in enumerate(more)]
    kept = [r for r in BASE.rules if r.id in PLAIN]
    return case, replace(BASE, rules=(*rules, *kept), variants=())


def every_plan(case, policy):
    """Every set of pairs of a teacher and a post, recounted."""
    rulebook = Rulebook(Facts(case, policy))
    pairs = [(t.teacher_id, n.need_id) for t in case.teachers for n in case.needs]
    plans = chain.from_iterable(combinations(pairs, size) for size in range(len(pairs) + 1))
    return [Recount(rulebook, plan) for plan in plans]


def broken(counted):
    """The hard rules that a plan breaks, with their groups; a refused pair counts for its teacher and for the plan."""
    refused = {(s.rule.id, group) for s in counted.refusals for group in ("plan", s.group.split(" -> ")[0])}
    return refused | {(s.rule.id, s.group) for s in counted.standings if s.enforce == "hard" and s.text is not None}


def least(case, policy, rules):
    """The least cost of shortfall of those rules with all others kept; None where there is no plan."""
    soft = bent(policy, rules)
    costs = [sum(s.line.shortfall * s.rule.penalty for s in p.standings if s.rule.id in rules)
             for p in every_plan(case, soft) if not broken(p)]
    return min(costs, default=None)


def least_number(case, policy, rule, side):
    """The number nearest to the rule's own that a plan keeps to in every group, all other rules kept."""
    sign = 1 if side == "at_least" else -1
    stated = getattr(rule, side)
    worst = []
    for plan in every_plan(case, bent(policy, [rule.id])):
        lines = [s.line for s in plan.standings if s.rule.id == rule.id]
        if not broken(plan):
            short = [number(line.value) for line in lines if line.shortfall]
            worst.append(sign * min((sign * v for v in short), default=Fraction(sign * stated)))
    return sign * max(sign * v for v in worst)
