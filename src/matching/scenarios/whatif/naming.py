"""What a name in ``--vary`` means, or the names nearest to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from matching.domain.findings import Finding, InputError
from matching.domain.terms import VOCABULARIES
from matching.domain.text import Text
from matching.policy.faults import near, plain
from matching.policy.fields import lookup
from matching.policy.model import Policy, Quota, Rule
from matching.policy.rules import spec
from matching.policy.words import CRITERIA, POINTS
from matching.scenarios.whatif import goal_knobs
from matching.scenarios.whatif.clauses import Number, numbers_in
from matching.scenarios.whatif.faults import refused
from matching.scenarios.whatif.knobs import Knob, number_tightness, rule_tightness, with_own
from matching.scenarios.whatif.values import Given, Value, says_share, shown, values_of

FIXED = ("id", "kind", "title", "source")
SETTINGS = ("backbone", "detour", "unknown", "reference_date")
COUNTED = ("seats", "sites")
SHOWN = 3


def axes(policy: Policy, vary: Mapping[str, Given]) -> tuple[tuple[Knob, tuple[Value, ...]], ...]:
    """Return each thing that is varied with its values, in order.

    Raises
    ------
    InputError
        With every finding: an unknown rule or field, values that are none or that it cannot take, twice the same.
    """
    findings: list[Finding] = []
    found = []
    for name, given in vary.items():
        try:
            knob = named(policy, name)
            found.append((knob, _fitting(policy, knob, given)))
        except InputError as problem:
            findings += problem.findings
    repeated = {knob.name for k, (knob, _) in enumerate(found) if knob.name in [other.name for other, _ in found[:k]]}
    findings += [f for name in repeated for f in refused("repeated", name, "写了两次", "stands twice", name).findings]
    if len({knob.family == "ranking" for knob, _ in found}) > 1:
        findings += _ranking_alone(next(knob.name for knob, _ in found if knob.family == "ranking")).findings
    if findings:
        raise InputError(findings)
    return tuple(found)


def _ranking_alone(name: str) -> InputError:
    return refused("ranking_alone", name, "排名权重不影响主方案，请不要和其他项目一起变动",
                   "weights of the ranking do not change the main plan; vary them by themselves")


def named(policy: Policy, name: str) -> Knob:
    """Return what `name` means: ``RULE.FIELD``, a setting, ``points.NAME``, ``ranking.NAME`` or a part of a goal.

    Raises
    ------
    InputError
        Where there is no such thing; the nearest names are suggested.
    """
    seen = plain(name)
    if seen.startswith(goal_knobs.HEAD):
        return with_own(Knob(_known(seen, goal_knobs.names(policy)), "goal"), policy)
    head, _, key = seen.partition(".")
    tables = {"points": [t.key for t in POINTS.terms if t.key != "preference"], "policy": SETTINGS,
              "ranking": [t.key for t in CRITERIA.terms]}
    if head in tables and key:
        full = _known(seen, [f"{head}.{name}" for name in tables[head]])
        return with_own(Knob(full, "ranking" if head == "ranking" else "table"), policy)
    return with_own(_of_rule(policy, seen), policy)


def _known(seen: str, names: Iterable[str]) -> str:
    known = tuple(names)
    if seen in known:
        return seen
    raise refused("unknown_field", seen, "没有这一项", "there is no such thing to vary", seen,
                  near(seen, known) or known[:8])


def _of_rule(policy: Policy, seen: str) -> Knob:
    ids = {rule.id: rule for rule in policy.rules}
    ids |= {rule.id.replace("-", "_"): rule for rule in policy.rules if rule.id.replace("-", "_") not in ids}
    heads = [seen[:at] for at, sign in enumerate(seen) if sign == "." and seen[:at] in ids]
    if not heads:
        raise _no_rule(policy, seen)
    head = heads[-1]
    return _of_field(policy, ids[head], seen[len(head) + 1:])


def _no_rule(policy: Policy, seen: str) -> InputError:
    head, dot, key = seen.rpartition(".")
    ids = [rule.id for rule in policy.rules]
    having = [rule.id for rule in policy.rules if getattr(rule, key, None) is not None]
    alike = [seen] if seen in ids else near(head if dot else seen, ids)
    stated = [f"{rule}.{field}" for rule in alike for field in _stated(policy.rule(rule))][:5] or ids[:8]
    if seen in ids or not dot:
        return refused("no_field", seen, "应写成 规则编号.字段", "write RULE.FIELD", seen, stated)
    return refused("unknown_rule", seen, f"没有编号为“{head}”的规则", f"there is no rule {head!r}", head,
                   [f"{rule}.{key}" for rule in near(head, having) or having][:8] or stated)


def _stated(rule: Rule) -> list[str]:
    numbers = [key for key in ("at_least", "at_most", "amount") if getattr(rule, key, None) is not None]
    return [*numbers, *(n.field for n in numbers_in(rule) if n.value is not None)] or ["on", "enforce"]


def _of_field(policy: Policy, rule: Rule, key: str) -> Knob:
    fields = [name for name in spec(rule.kind, VOCABULARIES) if name not in FIXED]
    if key in fields:
        return Knob(f"{rule.id}.{key}", "rule", rule.id, key, tight=rule_tightness(policy, rule, key))
    field = lookup(key)
    numbers = [n for n in numbers_in(rule) if field is not None and n.field == field.name]
    stated = [n for n in numbers if n.value is not None]
    name = f"{rule.id}.{key}"
    if len(stated) == 1:
        return Knob(f"{rule.id}.{stated[0].field}", "number", rule.id, number=stated[0],
                    tight=number_tightness(policy, rule, stated[0]))
    if len(stated) > 1:
        raise refused("which_number", name, "条件中有几个这样的数，请改写整个条件",
                      "there are several such numbers; vary the whole condition", key, (f"{rule.id}.{stated[0].key}",))
    if numbers:
        raise _no_number(name, numbers[0])
    choices = [*fields, *(n.field for n in numbers_in(rule) if n.value is not None)]
    raise refused("unknown_field", name, f"规则“{rule.id}”没有“{key}”这个字段",
                  f"the rule {rule.id} has no field {key!r}", key,
                  [f"{rule.id}.{one}" for one in near(key, choices) or _stated(rule)])


def _no_number(name: str, one: Number) -> InputError:
    said, rule = f"{one.field} {one.op} {one.beside}", f'that = "{one.field} {one.op} 60"'
    return refused("no_number", name, f"条件“{said}”没有固定的数可变；可在政策文件里另加一条规则，如 {rule}",
                   f"the condition {said} has no number of its own; add a rule to a policy file, such as {rule}", said)


def _fitting(policy: Policy, knob: Knob, given: Given) -> tuple[Value, ...]:
    values = values_of(knob.name, given, percent=not knob.name.endswith(".slack"))
    rule = policy.rule(knob.rule) if knob.rule else None
    if isinstance(rule, Quota) and rule.of is None and knob.field in ("at_least", "at_most"):
        _no_share(rule, knob, given, values)
    refusals: dict[Text, list[tuple[Finding, str]]] = {}
    for value in values:
        try:
            knob.put(policy, value)
        except InputError as problem:
            for finding in problem.findings:
                seen = shown(value) if isinstance(value, Fraction) else str(value)
                refusals.setdefault(finding.text, []).append((finding, seen))
    if refusals:
        raise InputError(map(_as_one, refusals.values()))
    return values


def _as_one(alike: Sequence[tuple[Finding, str]]) -> Finding:
    """Return the finding that several values call for, with the first of them."""
    first, many = alike[0][0], len(alike)
    seen = [value for _, value in alike[:SHOWN]]
    if seen[0] in first.text.zh:
        return first
    more = Text(f" 等 {many} 个取值", f", ... ({many} values)") if many > len(seen) else Text("", "")
    return first._replace(text=Text(f"{first.text.zh}（给出的是 {'、'.join(seen)}{more.zh}）",
                                    f"{first.text.en} (given: {', '.join(seen)}{more.en})"))


def _no_share(rule: Quota, knob: Knob, given: Given, values: Sequence[Value]) -> None:
    whole = rule.measure not in COUNTED or all(not isinstance(v, Fraction) or v.denominator == 1 for v in values)
    if says_share(given) or not whole:
        seen = next((shown(v) for v in values if isinstance(v, Fraction) and v.denominator > 1), str(given))
        own = shown(knob.own) if isinstance(knob.own, Fraction) else "100"
        raise refused("not_a_share", knob.name, f"规则“{rule.id}”不是比例（没有写基数 of），应给整数，如 {own}",
                      f"the rule {rule.id} is no share (it states no `of`): give whole numbers, such as {own}", seen,
                      (own,))


def fixed(knob: Knob, policy: Policy) -> Knob:
    """Return the knob with what another policy says there."""
    return with_own(replace(knob, own=None), policy)
