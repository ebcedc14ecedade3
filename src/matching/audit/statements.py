"""What a plan says of itself, held against the recount (Contract 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matching.audit.recount import Recount
from matching.audit.result import STATEMENT, UNKNOWN_ID, Breach, GoalValue
from matching.audit.sentences import statement_text, unknown_text
from matching.domain.plan import GoalLine, Placement, Plan
from matching.domain.text import Text

FACTS: Mapping[str, Text] = {
    "mode": Text("支教形式", "mode"), "km": Text("公里", "km"), "yuan": Text("补助(元)", "subsidy (yuan)"),
    "preference": Text("满足意向", "wish met"), "subject_fit": Text("学科匹配", "subject fit"),
    "stage_fit": Text("学段匹配", "stage fit"), "locked": Text("锁定", "locked"),
}
"""What a placement states, as the report heads it."""
TOLERANCE = 1e-9  # a gap is a quotient in floating point


def false(place: str, stated: Any, true: Any, what: Text | None = None) -> Breach:
    """Return the breach of a false statement at `place` in the plan; `what` is said of the place to people."""
    text = statement_text(what or Text(f"“{place}”", place), stated, true)
    return Breach(STATEMENT, place, _figure(stated), _figure(true), text)


def unknown(place: str, seen: str) -> Breach:
    """Return the breach of an id that the instance does not have."""
    return Breach(UNKNOWN_ID, place, seen, None, unknown_text(place, seen))


def _figure(value: Any) -> int | float | str | None:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def placement_statements(plan: Plan, true: Iterable[tuple[Placement, Placement]]) -> Iterator[Breach]:
    """Yield each false fact of the placements: `true` holds each as stated and as recounted."""
    for stated, recounted in true:
        if stated == recounted:
            continue
        for name, fact in FACTS.items():
            said, so = getattr(stated, name), getattr(recounted, name)
            silent = plan.edited and said is None
            if not silent and said != so:
                what = Text(f"教师 {stated.teacher} 的“{fact.zh}”", f"{fact.en} of teacher {stated.teacher}")
                yield false(f"placements.{stated.teacher}.{name}", said, so, what)


def goal_statements(plan: Plan, recounted: Sequence[GoalValue], maximised: Sequence[bool]) -> Iterator[Breach]:
    """Yield what is false of the stated goals; a plan that states none says nothing of them."""
    if not plan.goals:
        return
    names, true = [line.goal for line in plan.goals], [goal.goal for goal in recounted]
    if names != true:
        yield false("goals", ", ".join(names), ", ".join(true))
        return
    for at, (line, goal, up) in enumerate(zip(plan.goals, recounted, maximised, strict=True)):
        place = f"goals.{at + 1}.{line.goal}"
        if line.value != goal.value:
            yield false(f"{place}.value", line.value, goal.value)
        elif (line.bound < line.value) if up else (line.bound > line.value):
            yield false(f"{place}.bound", line.bound, goal.value)
        gap = gap_of(line)
        if not abs(line.gap - gap) <= TOLERANCE:
            yield false(f"{place}.gap", line.gap, gap)


def gap_of(line: GoalLine) -> float:
    """Return |bound - best| / max(1, |best|)."""
    return abs(line.bound - line.best) / max(1, abs(line.best))


def status_statements(plan: Plan, breaks_rules: bool) -> Iterator[Breach]:
    """Yield a status that cannot be: optimal without a bound or with a gap, infeasible of a plan that holds."""
    if plan.edited:
        return
    if plan.status == "optimal" and (not plan.goals or any(gap_of(line) for line in plan.goals)):
        yield false("status", plan.status, "feasible")
    if plan.status == "infeasible" and not breaks_rules:
        yield false("status", plan.status, "feasible")


def rule_statements(plan: Plan, recount: Recount) -> Iterator[Breach]:
    """Yield stated lines that are false, and shortfalls or reported groups that a stated list leaves out."""
    if not plan.rules:
        return
    lines = {(s.rule.id, s.group): s for s in (*recount.standings, *hard_requires(recount))}
    for said in plan.rules:
        so = lines.get((said.rule, said.group))
        if so is None or tuple(map(str, said)) != tuple(map(str, so.line)):
            yield false(f"rules.{said.rule}.{said.group}", _line(said), _line(so.line) if so else None)
    listed = {(said.rule, said.group) for said in plan.rules}
    for key, so in lines.items():
        due = so.enforce == "report" or (so.enforce == "elastic" and so.shortfall)
        if due and key not in listed:
            yield false(f"rules.{so.rule.id}.{so.group}", None, _line(so.line))


def hard_requires(recount: Recount) -> Iterator[Any]:
    """Yield how many placements break each hard require rule, which a plan may state though the audit lists pairs."""
    for requirement in recount.facts.requirements:
        if requirement.rule.enforce == "hard":
            yield from recount.measured(requirement.rule)


def _line(line: Any) -> str:
    return f"{line.value} (required {line.required}, ok {str(line.ok).lower()}, shortfall {line.shortfall})"
