"""What a rule may say: which fields stand where, and which bounds have a meaning (docs/readings.md, 14 to 19)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from matching.policy.conditions import Conditions, FieldRef
from matching.policy.faults import Fault
from matching.policy.fields import FIELDS, RECEIVING, ROWS, SENDING, Side
from matching.policy.model import Place, Quota, Rule, Together

Named = tuple[str, Fault]
"""A fault and the key of the rule that it belongs to."""


def rule_faults(rule: Rule) -> Iterator[Named]:
    """Yield what is wrong with a rule whose values have each been read."""
    if isinstance(rule, Place | Together):
        yield from _sender_only(rule.when)
    if isinstance(rule, Together):
        yield from _together(rule)
    if isinstance(rule, Quota):
        yield from _groups(rule.per)
        yield from _base(rule)
        yield from _bounds(rule)


def condition_fields(conditions: Conditions) -> frozenset[str]:
    """Return the canonical names of all fields that `conditions` name, on either side."""
    clauses = [clause for c in conditions for clause in c.clauses]
    right = {v.name for clause in clauses for v in clause.values if isinstance(v, FieldRef)}
    return frozenset(clause.field for clause in clauses) | right


def _sender_only(when: Conditions) -> Iterator[Named]:
    for name in sorted(condition_fields(when)):
        if FIELDS[name].side not in SENDING:
            yield "when", Fault("field_not_here", f"这里只能用教师和派出学校（home.）的字段，不能用“{name}”",
                                f"only fields of the teacher and home.X may stand here, not {name}", name)


def _together(rule: Together) -> Iterator[Named]:
    by, per = FIELDS[rule.by], FIELDS[rule.per]
    if by.side not in SENDING or by.many:
        yield "by", Fault("field_not_here", f"“{rule.by}”不是教师或派出学校的单值字段",
                          f"{rule.by} is not a single-valued field of the teacher or home", rule.by, ("group",))
    if per.side not in RECEIVING or per.many:
        yield "per", Fault("field_not_here", f"“{rule.per}”不是受援学校或岗位的单值字段",
                           f"{rule.per} is not a single-valued field of host or need", rule.per, ("host.county", "host"))


def _groups(per: tuple[str, ...]) -> Iterator[Named]:
    for name in per:
        field = FIELDS[name]
        row = field.side in ROWS
        if field.many or field.side == "pair" or (row and (not name.endswith(".row") or len(per) > 1)):
            yield "per", Fault("bad_group", f"不能按“{name}”分组", f"placements cannot be grouped by {name}", name,
                               ("plan", "host", "host.county", "home", "home.county", "need.subject"))
    if len(set(per)) < len(per):
        yield "per", Fault("bad_group", "两个分组字段相同", "the two fields of the group are the same", per[0])


def _sides(per: tuple[str, ...]) -> frozenset[Side]:
    return frozenset(FIELDS[name].side for name in per)


def _base(rule: Quota) -> Iterator[Named]:
    sides, of = _sides(rule.per), rule.of
    if isinstance(of, FieldRef):
        yield from _of_group("of", of, sides)
        return
    wrong = {"demand": SENDING | ROWS, "teachers": RECEIVING | ROWS, "eligible": RECEIVING | ROWS}
    if of in wrong and sides & wrong[of]:
        zh, en = " * ".join(rule.per), " * ".join(rule.per)
        yield "of", Fault("no_meaning", f"按“{zh}”分组时，基数 {of} 没有意义", f"of = {of} has no meaning per {en}", of,
                          ("placed",))
    if of is not None and rule.measure != "seats":
        yield "measure", Fault("no_meaning", f"占 {of} 的比例只能按人数（seats）计量",
                               f"a share of {of} is measured in seats only", rule.measure, ("seats",))


def _of_group(key: str, bound: FieldRef, sides: frozenset[Side]) -> Iterator[Named]:
    side = FIELDS[bound.name].side
    families = (SENDING, RECEIVING, frozenset({"pairing"}), frozenset({"staffing"}))
    if not any(side in family and sides & family for family in families):
        yield key, Fault("no_meaning", f"分组里没有“{bound.name}”这个值", f"a group has no single {bound.name}", bound.name)


def _bounds(rule: Quota) -> Iterator[Named]:
    stated = [(key, b) for key, b in (("at_least", rule.at_least), ("at_most", rule.at_most)) if b is not None]
    if not stated and rule.enforce != "report":
        yield "at_least", Fault("no_bound", "配额要有下限或上限", "a quota needs at_least or at_most", None,
                                ("at_least", "at_most"))
    for key, b in stated:
        if isinstance(b, FieldRef):
            yield from _of_group(key, b, _sides(rule.per))
        elif rule.of is not None and b > 1:
            percent = (f"{float(b):g}%",) if b <= 100 else ()
            yield key, Fault("share_above_one", "比例不能超过 100%", "a share is at most 100%", float(b), percent)
    low, high = rule.at_least, rule.at_most
    if isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
        yield "at_least", Fault("min_above_max", "下限大于上限", "at_least is above at_most", float(low))
