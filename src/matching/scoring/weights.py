"""What a filled seat weighs in the policy's fill goal."""

from __future__ import annotations

from functools import partial

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.policy.conditions import Clause, Condition, FieldRef
from matching.policy.model import Goal, Policy, Weight
from matching.scoring.conditions import Lookup, Reader
from matching.scoring.metrics import Share
from matching.scoring.pairs import PairValues


def weighted_fill(instance: Instance, policy: Policy, plan: Plan) -> Share:
    """Return the weight of the seats filled over the weight of all seats, by the policy's first fill goal.

    A seat whose weight depends on who takes it counts in the denominator with the most that it could weigh: the
    largest weight of the rows whose clauses on post and host hold. Without a fill goal, the default weights apply.
    """
    weights = next((goal for goal in policy.goals if goal.kind == "fill"), Goal("fill")).weights
    rows = tuple(w for w in weights if isinstance(w, Weight))
    if rows:
        return _by_row(instance, policy, plan, rows)
    by_priority = [w for w in weights if isinstance(w, int)]
    of = {n.need_id: by_priority[n.priority - 1] for n in instance.needs}
    return Share(sum(of[p.need] for p in plan.placements), sum(n.count * of[n.need_id] for n in instance.needs))


def _by_row(instance: Instance, policy: Policy, plan: Plan, rows: tuple[Weight, ...]) -> Share:
    reader, values = Reader(policy.backbone), PairValues(instance, policy)
    filled = sum(_first(rows, reader, partial(values.value, pair=values.pair(p))) for p in plan.placements)
    most = (_most(rows, reader, partial(values.seat_value, need=need)) for need in instance.needs)
    return Share(filled, sum(need.count * weight for need, weight in zip(instance.needs, most, strict=True)))


def _first(rows: tuple[Weight, ...], reader: Reader, value: Lookup) -> int:
    return next((row.weight for row in rows if reader.holds(row.when, value)), 0)


def _most(rows: tuple[Weight, ...], reader: Reader, value: Lookup) -> int:
    """Return the largest weight of the rows that may be the first to match, whoever takes the seat."""
    most = 0
    for row in rows:
        if reader.holds(tuple(map(_on_seat, row.when)), value):
            most = max(most, row.weight)
        if any(_on_seat(c) == c and reader.holds((c,), value) for c in row.when) or not row.when:
            break
    return most


def _on_seat(condition: Condition) -> Condition:
    """Return the condition with only those clauses that speak of the post and its site alone."""
    return Condition(condition.text, tuple(filter(_is_on_seat, condition.clauses)))


def _is_on_seat(clause: Clause) -> bool:
    names = (clause.field, *(v.name for v in clause.values if isinstance(v, FieldRef)))
    return all(name.startswith(("need.", "host.")) for name in names)
