"""What a rule may say: which fields stand where, and which bounds have a meaning (docs/readings.md, 14 to 19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from matching.policy.conditions import Conditions, FieldRef
from matching.policy.faults import Fault, fault
from matching.policy.fields import FIELDS, RECEIVING, ROWS, SENDING, Side
from matching.policy.model import Balance, Credit, Place, Quota, Rule, Together

Named = tuple[str, Fault]
"""The key of the rule that a fault belongs to, and the fault."""

_NO_TEACHERS: frozenset[Side] = RECEIVING | {"pairing"}
_WITHOUT_MEANING: Mapping[str, frozenset[Side]] = {
    "demand": SENDING | ROWS, "teachers": _NO_TEACHERS, "eligible": _NO_TEACHERS,
}
_FAMILIES: tuple[frozenset[Side], ...] = (
    SENDING, RECEIVING, frozenset({"pairing"}), frozenset({"staffing"}),
)


def rule_faults(rule: Rule) -> Iterator[Named]:
    """Yield what is wrong with a rule whose values have each been read."""
    if isinstance(rule, Place | Together) or (isinstance(rule, Credit) and rule.activity != "placement"):
        wrong = (n for n in sorted(condition_fields(rule.when)) if FIELDS[n].side not in SENDING)
        yield from (("when", fault("not_of_sender", name)) for name in wrong)
    if isinstance(rule, Together):
        yield from _together(rule)
    if isinstance(rule, Balance):
        yield from _balance(rule)
    if isinstance(rule, Credit) and rule.activity == "placement" and rule.min_per_term is not None:
        yield "min_per_term", fault("no_meaning_activity")
    if isinstance(rule, Quota):
        yield from _groups(rule.per)
        yield from _base(rule)
        yield from _bounds(rule)


def condition_fields(conditions: Conditions) -> frozenset[str]:
    """Return the canonical names of all fields that `conditions` name, on either side."""
    clauses = [clause for c in conditions for clause in c.clauses]
    right = {v.name for clause in clauses for v in clause.values if isinstance(v, FieldRef)}
    return frozenset(clause.field for clause in clauses) | right


def _together(rule: Together) -> Iterator[Named]:
    by, per = FIELDS[rule.by], FIELDS[rule.per]
    if by.side not in SENDING or by.many:
        yield "by", fault("not_of_sender", rule.by, ("group",))
    if per.side not in RECEIVING or per.many:
        yield "per", fault("not_of_receiver", rule.per, ("host.county", "host"))


def _balance(rule: Balance) -> Iterator[Named]:
    first = FIELDS[rule.per[0]] if rule.per else None
    if first is None or first.side != "home" or first.many or rule.per[1:] not in ((), ("subject",)):
        yield "per", fault("bad_balance", _shown(rule.per), ("home", "home * subject"))
    if rule.at_least is None and rule.at_most is None and rule.enforce != "report":
        yield "at_least", fault("no_bound", suggest=("at_least", "at_most"))
    yield from bound_faults(None, rule.at_least, rule.at_most)


def _groups(per: tuple[str, ...]) -> Iterator[Named]:
    for name in per:
        field = FIELDS[name]
        whole_row = name.endswith(".row") and len(per) == 1
        if field.many or field.side == "pair" or (field.side in ROWS and not whole_row):
            yield "per", fault("bad_group", name, ("plan", "host", "host.county", "home", "need.subject"))
    if len(set(per)) < len(per):
        yield "per", fault("repeated_group", per[0])


def _base(rule: Quota) -> Iterator[Named]:
    if isinstance(rule.of, FieldRef):
        yield from _of_group("of", rule.of, rule.per)
    elif rule.of is not None:
        if _sides(rule.per) & _WITHOUT_MEANING.get(rule.of, frozenset()):
            yield "of", fault("no_meaning_of", rule.of, ("placed",), per=_shown(rule.per))
        if rule.measure != "seats":
            yield "measure", fault("no_meaning_measure", rule.measure, ("seats",), of=rule.of)


def _of_group(key: str, bound: FieldRef, per: tuple[str, ...]) -> Iterator[Named]:
    sides, side = _sides(per), FIELDS[bound.name].side
    if not any(side in family and sides & family for family in _FAMILIES):
        yield key, fault("no_meaning_field", bound.name, per=_shown(per))


def _sides(per: tuple[str, ...]) -> frozenset[Side]:
    return frozenset(FIELDS[name].side for name in per)


def _shown(per: tuple[str, ...]) -> str:
    return " * ".join(per) or "plan"


def _bounds(rule: Quota) -> Iterator[Named]:
    low, high = rule.at_least, rule.at_most
    if low is None and high is None and rule.enforce != "report":
        yield "at_least", fault("no_bound", suggest=("at_least", "at_most"))
    for key, bound in (("at_least", low), ("at_most", high)):
        if isinstance(bound, FieldRef):
            yield from _of_group(key, bound, rule.per)
    if rule.plus is not None:
        yield from _of_group("plus", rule.plus, rule.per)
        if rule.of == "placed":
            yield "plus", fault("no_meaning_plus", rule.plus.name)
    yield from bound_faults(rule.of, low, high)


def bound_faults(of: object, low: object, high: object) -> Iterator[Named]:
    """Yield what is wrong with the bounds by themselves; each may be absent, a number or a field."""
    for key, bound in (("at_least", low), ("at_most", high)):
        if of is not None and isinstance(bound, Fraction) and bound > 1:
            yield key, fault("share_above_one", float(bound), (f"{float(bound):g}%",) if 2 <= bound <= 100 else ())
    if isinstance(low, Fraction) and isinstance(high, Fraction) and low > high:
        yield "at_least", fault("min_above_max", float(low))
