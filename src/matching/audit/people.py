"""The place and together rules recounted (Contract 2, Rules)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matching.audit.conditions import Criteria
from matching.audit.factbook import Facts
from matching.audit.fields import Field
from matching.audit.over import holds
from matching.audit.pair import SENDER
from matching.audit.rolls import Roll
from matching.audit.sentences import place_text, together_text
from matching.audit.standing import Standing
from matching.domain.findings import InputError, error
from matching.policy.model import Place, Rule, Together

Placed = Mapping[str, Sequence[int]]
NOWHERE = "—"


def place_standings(facts: Facts, rule: Place, placed: Placed) -> Iterator[Standing]:
    """Yield, for each teacher that matches `when`, whether they are placed; `placed` holds rows by teacher id."""
    for teacher_id in _matching(facts, rule):
        if teacher_id in placed:
            yield Standing(rule, teacher_id, 1, 1)
        else:
            yield Standing(rule, teacher_id, 0, 1, 1, 1, place_text(rule, teacher_id))


def together_standings(facts: Facts, rule: Together, roll: Roll, placed: Placed) -> Iterator[Standing]:
    """Yield how many ways each group goes: to a place, to another, or nowhere; one is required."""
    by, per = facts.reader.field(rule.by, rule.id), facts.reader.field(rule.per, rule.id)
    _of_teachers(rule, by.sides)
    for group, members in _companies(facts, rule, by).items():
        ways = sorted({way for member in members for way in _ways(per, roll, placed.get(member, ()))})
        if len(ways) == 1:
            yield Standing(rule, group, 1, 1)
        else:
            there = sum(member in placed for member in members)
            text = together_text(rule, group, len(members), there, [way for way in ways if way != NOWHERE])
            yield Standing(rule, group, len(ways), 1, 1, 1, text)


def _ways(per: Field, roll: Roll, rows: Sequence[int]) -> set[str]:
    return {per.show(roll.pair(row)) or "" for row in rows} or {NOWHERE}


def _companies(facts: Facts, rule: Together, by: Field) -> Mapping[str, list[str]]:
    """Members by group; those not approved or deferred are left out."""
    companies: dict[str, list[str]] = {}
    for teacher_id in _matching(facts, rule):
        teacher, label = facts.instance.teacher[teacher_id], by.show(facts.senders[teacher_id])
        if label is not None and teacher.status == "approved" and not teacher.deferred:
            companies.setdefault(label, []).append(teacher_id)
    return companies


def _matching(facts: Facts, rule: Rule) -> Iterator[str]:
    when: Criteria = facts.reader.criteria(rule.when, rule.id)
    for clause in when.clauses:
        _of_teachers(rule, clause.sides)
    matching = holds(when, facts.people).tolist()
    return (teacher.teacher_id for teacher, ok in zip(facts.instance.teachers, matching, strict=True) if ok)


def _of_teachers(rule: Rule, sides: frozenset[str]) -> None:
    """Refuse what speaks of posts (reading 19)."""
    if not sides <= SENDER:
        raise InputError([error("meaningless_when", f"规则“{rule.id}”只能谈教师和派出学校",
                                f"rule '{rule.id}' may speak of teachers and home sites only", value=rule.id)])
