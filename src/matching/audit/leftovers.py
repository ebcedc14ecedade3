"""Whom and what a plan says it leaves out, held against the recount (Contract 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from matching.audit.factbook import Facts
from matching.audit.reasons import Reasons
from matching.audit.recount import Recount
from matching.audit.result import Breach
from matching.audit.statements import false, unknown
from matching.domain.plan import Plan


def leftover_statements(plan: Plan, recount: Recount) -> Iterator[Breach]:
    """Yield what is false of `unplaced`, `unfilled` and `reserve`.

    A list that is empty says nothing, unless the plan states its goals and any list: then it is whole.
    """
    whole = bool(plan.goals and (plan.unplaced or plan.unfilled or plan.rules))
    reasons = Reasons(recount)
    if plan.unplaced or whole:
        yield from _unplaced(plan, recount, reasons)
    if plan.unfilled or whole:
        yield from _unfilled(plan, recount, reasons)
    yield from _reserve(plan, recount)


def _unplaced(plan: Plan, recount: Recount, reasons: Reasons) -> Iterator[Breach]:
    idle = {t.teacher_id: 1 for t in recount.facts.instance.teachers
            if t.status == "approved" and not t.deferred and t.teacher_id not in recount.by_teacher}
    stated = Counter(line.teacher for line in plan.unplaced)
    yield from _differences("unplaced", stated, idle, recount.facts.senders)
    true = reasons.of_unplaced([teacher for teacher in stated if teacher in idle])
    for line in plan.unplaced:
        if line.teacher in true and line.reason not in true[line.teacher]:
            yield false(f"unplaced.{line.teacher}.reason", line.reason, " | ".join(sorted(true[line.teacher])))


def _unfilled(plan: Plan, recount: Recount, reasons: Reasons) -> Iterator[Breach]:
    gaps = {n.need_id: n.count - recount.filled[n.need_id] for n in recount.facts.instance.needs}
    free = {need: gap for need, gap in gaps.items() if gap > 0}
    stated: Counter[str] = Counter()
    for line in plan.unfilled:
        stated[line.need] += line.gap
    yield from _differences("unfilled", stated, free, recount.facts.receivers)
    true = reasons.of_unfilled([need for need in stated if need in free])
    for line in plan.unfilled:
        if line.need in true and line.reason not in true[line.need]:
            yield false(f"unfilled.{line.need}.reason", line.reason, " | ".join(sorted(true[line.need])))


def _differences(what: str, stated: Mapping[str, int], true: Mapping[str, int],
                 known: Mapping[str, object]) -> Iterator[Breach]:
    """Yield where two counts by id differ."""
    for key in (*stated, *(key for key in true if key not in stated)):
        if key not in known:
            yield unknown(what, key)
        elif stated.get(key, 0) != true.get(key, 0):
            yield false(f"{what}.{key}", stated.get(key, 0), true.get(key, 0))


def _reserve(plan: Plan, recount: Recount) -> Iterator[Breach]:
    facts = recount.facts
    refusals = _refusals(facts, plan)
    for line in plan.reserve:
        if line.need not in facts.receivers:
            yield unknown("reserve", line.need)
            continue
        for teacher in line.teachers:
            if teacher not in facts.senders:
                yield unknown(f"reserve.{line.need}", teacher)
            elif teacher in recount.by_teacher:
                yield false(f"reserve.{line.need}.{teacher}", "reserve", "placed")
            elif (teacher, line.need) in refusals:
                yield false(f"reserve.{line.need}.{teacher}", "reserve", refusals[teacher, line.need])


def _refusals(facts: Facts, plan: Plan) -> Mapping[tuple[str, str], str]:
    """Return the first hard require rule that refuses a teacher in reserve the post, where there is one."""
    known = [(teacher, line.need) for line in plan.reserve if line.need in facts.receivers
             for teacher in line.teachers if teacher in facts.senders]
    return {pair: rule for pair, rule in zip(known, facts.first_refusals(facts.roll(known)), strict=True) if rule}
