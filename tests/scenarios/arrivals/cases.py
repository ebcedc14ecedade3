"""Plans to simulate, and what the simulation must come to, worked out draw by draw in plain Python by the audit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import product

import numpy as np

from matching import policy as policies
from matching.audit import audit
from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.explain.inquiry import Inquiry
from matching.policy.model import Quota
from matching.problem import compile
from tests import builders as b

BACKBONE = Quota(id="share", title=Text("骨干", "Backbone"), count=(policies.condition("backbone = yes"),), of="placed",
                 at_least=Fraction(1, 3))
EACH = Quota(id="each", title=Text("各县", "Each county"), per=("host.county",), at_least=Fraction(1),
             enforce="elastic")
FROM_TWO = Quota(id="from-two", title=Text("两人起", "From two"), count=(policies.condition("backbone = yes"),),
                 per=("host.site_id",), at_least=Fraction(1), from_seats=2)
FEW_SCHOOLS = Quota(id="few-schools", title=Text("学校不多", "Few schools"), per=("home.county",), measure="sites",
                    at_most=Fraction(1))
SOME_SCHOOLS = Quota(id="some-schools", title=Text("学校不少", "Some schools"), per=("home.site_id",), measure="sites",
                     count=(policies.condition("backbone = yes"),), at_least=Fraction(2), from_seats=2,
                     enforce="elastic")


def policy(*rules, **changes):
    """The base preset with further rules."""
    base = policies.load("base")
    return replace(base, rules=(*rules, *base.rules), **changes)


def plan_of(problem, chosen, name="main"):
    """A plan of some arcs."""
    x = np.zeros(problem.program.n_columns, np.int64)
    x[list(chosen)] = 1
    return Plan(name, "feasible", 0, problem.decode(x))


def inquiry(instance, rules, chosen=None):
    """The plan of the first arcs that seats and one post a teacher allow, or of those chosen."""
    problem = compile(instance, rules)
    chosen = greedy(problem) if chosen is None else chosen
    return Inquiry(instance, rules, plan_of(problem, chosen))


def greedy(problem, most=None):
    """The first arcs that leave every post its seats and every teacher one post, but for `most` at the most."""
    free, busy, chosen = [n.count for n in problem.instance.needs], set(), []
    for a, (t, n) in enumerate(zip(problem.arcs.teacher.tolist(), problem.arcs.need.tolist(), strict=True)):
        if t not in busy and free[n] and (most is None or len(chosen) < most):
            chosen.append(a)
            busy.add(t)
            free[n] -= 1
    return chosen


def small(send_max=None, **teacher):
    """Two schools that send, posts of two seats and of one, and five teachers of whom three are placed first."""
    sites = [b.site("S1", "sender", send_max=send_max), b.site("S2", "sender"), b.site("R1", "receiver"),
             b.site("R2", "receiver", county="Y")]
    needs = [b.need("N1", "R1", 2), b.need("N2", "R2", 1, priority=1)]
    people = [b.teacher(f"T{k}", "S1" if k in (1, 4) else "S2", backbone="county" if k % 2 else "none", **teacher)
              for k in range(1, 6)]
    return b.instance(sites, needs, people)


def every_draw(n):
    """All ways in which n people may arrive, as numbers below any rate, or above: shape (2^n, n)."""
    return np.array(list(product((0.0, 1.0), repeat=n)), np.float64).reshape(2**n, n)


def weights(uniform, rate):
    """How likely each way is."""
    come = uniform == 0
    return np.prod(np.where(come, rate, 1 - rate), axis=1)


def reference(found, ground, uniform):
    """What one draw comes to: filled seats, who was asked, and the groups in which a rule does not hold."""
    problem = found.problem
    arcs = ground.arcs.tolist()
    here = [c for c in range(ground.placed) if uniform[ground.teacher[c]] < ground.rate[c]]
    asked = []
    for need in ground.order.tolist():
        for column in ground.asked[ground.start[need]:ground.start[need + 1]].tolist():
            teacher = int(ground.teacher[column])
            vacant = ground.planned[need] - sum(ground.need[c] == need for c in here)
            if vacant <= 0 or teacher in asked or _worse(found, problem, [arcs[c] for c in here], arcs[column]):
                continue
            asked.append(teacher)
            if uniform[teacher] < ground.rate[column]:
                here.append(column)
    short = {key for key, value in shortfalls(found, problem, [arcs[c] for c in here], ("hard", "elastic")).items()
             if value}
    return len(here), asked, short


def _worse(found, problem, before, arc):
    was, now = (shortfalls(found, problem, chosen) for chosen in (before, [*before, arc]))
    return any(value > was.get(key, 0) for key, value in now.items())


def shortfalls(found, problem, chosen, enforce=("hard",)):
    """By how much each rule falls short in each group, exactly, as the audit counts."""
    return _shortfalls(found, tuple(sorted(chosen)), enforce)


@lru_cache(maxsize=512)
def _shortfalls(found, chosen, enforce):
    rules = {r.id: r for r in found.policy.rules if r.enforce in enforce and r.kind in ("quota", "balance", "place")}
    lines = audit(found.instance, found.policy, plan_of(found.problem, chosen)).rules
    return {(line.rule, line.group, str(line.required)): _exact(rules[line.rule], line)
            for line in lines if line.rule in rules}


def _exact(rule, line):
    if line.ok:
        return 0
    part, slash, whole = str(line.value).partition("/")
    if not slash or rule.of != "placed":
        return line.shortfall
    return abs(Fraction(str(line.required)) * int(whole) - int(part))
