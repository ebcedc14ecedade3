"""How each rule stands in the recommended plan, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from matching.domain.instance import Instance
from matching.domain.plan import RuleLine
from matching.domain.text import Lang, Text
from matching.domain.vocabulary import Vocabulary
from matching.policy.fields import FIELDS
from matching.policy.model import Balance, Quota, Rule, Staffing
from matching.report.content import Report
from matching.report.kinds import Case, Said, said_of
from matching.report.words import PLAN_WORD, percent, word

MANY = 20
"""A hard rule that holds in more groups than this is told in one line."""


class Unit(NamedTuple):
    """What a measure is counted in; one unit of shortfall is `step` of it."""

    name: Text
    step: Decimal = Decimal(1)


UNITS: Mapping[str, Unit] = {
    "seats": Unit(Text(" 人", "")),
    "km": Unit(Text(" 公里", " km"), Decimal("0.1")),
    "yuan": Unit(Text(" 元", " yuan"), Decimal(1000)),
    "class_hours": Unit(Text(" 课时", " class-hours")),
    "sites": Unit(Text(" 所学校", " sites")),
}
NO_UNIT = Unit(Text("", ""))
NOBODY = Text("无人适用", "nobody concerned")


class Standing(NamedTuple):
    """One rule in one group; `numerator` over `denominator` where it is a share, else both None."""

    rule: str
    title: str
    enforce: str
    group: str
    numerator: float | None
    denominator: float | None
    actual: str
    required: str
    ok: bool
    shortfall: str
    source: str

    @property
    def ratio(self) -> str:
        """The share as it was counted, ``9/47``; nothing of a count."""
        return "" if self.denominator is None else f"{self.numerator:.10g}/{self.denominator:.10g}"

    @property
    def nobody(self) -> bool:
        """Whether it is a share of nobody, which holds and says nothing."""
        return (self.numerator, self.denominator) == (0, 0)


class RuleSummary(NamedTuple):
    """One rule over all its groups, of which `short` fall short, by `shortfall` in all."""

    title: str
    rule: str
    enforce: str
    groups: int
    short: int
    shortfall: str
    actual: str
    required: str


def standings(report: Report, lang: Lang) -> list[Standing]:
    """Return the rules' lines, those that fall short first, else in the order given."""
    rules = {rule.id: rule for rule in report.policy.rules}
    case = Case(report.instance, report.flows, lang)
    told = (line for rule_id, lines in groupby(report.rule_lines, key=lambda line: line.rule)
            for line in _told(case, rules.get(rule_id), list(lines)))
    return sorted(told, key=lambda line: line.ok)


def summaries(report: Report, lang: Lang) -> list[RuleSummary]:
    """Return one line a rule, those that fall short first; figures where a rule has one group only."""
    rules = {rule.id: rule for rule in report.policy.rules}
    case = Case(report.instance, report.flows, lang)
    found = [_summary(case, rules.get(rule_id), list(lines))
             for rule_id, lines in groupby(report.rule_lines, key=lambda line: line.rule)]
    return sorted(found, key=lambda summary: not summary.short)


def _summary(case: Case, rule: Rule | None, lines: Sequence[RuleLine]) -> RuleSummary:
    one = _standing(case, rule, lines[0])
    return RuleSummary(
        one.title, one.rule, one.enforce, len(lines), sum(not line.ok for line in lines),
        _amount(rule, sum(line.shortfall for line in lines), case.lang), one.actual if len(lines) == 1 else "",
        one.required if len({line.required for line in lines}) == 1 and isinstance(rule, Quota | Balance) else "")


def _told(case: Case, rule: Rule | None, lines: Sequence[RuleLine]) -> Iterator[Standing]:
    if _enforce(rule) != "hard" or len(lines) <= MANY or not all(line.ok for line in lines):
        return (_standing(case, rule, line) for line in lines)
    moved = [line for line in lines if isinstance(rule, Balance) and any(case.flows.get((line.rule, line.group), ()))]
    if not moved:
        every = Text(f"共 {len(lines)} 组，全部达标", f"all {len(lines)} groups")
        return iter([_together(case, rule, lines[0], every)])
    still = len(lines) - len(moved)
    rest = Text(f"其余 {still} 组，无人进出", f"the other {still} groups, where nobody moves")
    told = [_standing(case, rule, line) for line in moved]
    return iter([*told, *([_together(case, rule, lines[0], rest)] if still else [])])


def _together(case: Case, rule: Rule | None, line: RuleLine, groups: Text) -> Standing:
    """Return one line for several groups in which the rule holds."""
    return _standing(case, rule, line)._replace(
        group=groups.get(case.lang), numerator=None, denominator=None, actual="", required="")


def _standing(case: Case, rule: Rule | None, line: RuleLine) -> Standing:
    numerator, denominator = _parts(line.value)
    lang, unit = case.lang, _unit(rule).name.get(case.lang)
    plain = _plain(rule, line, unit, lang)
    return Standing(
        line.rule, rule.title.get(lang) if rule else line.rule, _enforce(rule),
        group_words(case.instance, rule, line.group, lang), numerator, denominator,
        *said_of(case, rule, line, plain), line.ok, _amount(rule, line.shortfall, lang), rule.source if rule else "")


def _enforce(rule: Rule | None) -> str:
    """Return how a rule is enforced; staffing is only ever measured."""
    if isinstance(rule, Staffing):
        return "report"
    return rule.enforce if rule else "hard"


def _unit(rule: Rule | None) -> Unit:
    """Return what the rule's figures are counted in."""
    if isinstance(rule, Quota):
        return UNITS[rule.measure]
    return UNITS["seats"] if isinstance(rule, Balance | Staffing) else NO_UNIT


def _amount(rule: Rule | None, shortfall: int, lang: Lang) -> str:
    """Return a shortfall in the unit in which people count; nothing where there is none."""
    unit = _unit(rule)
    return _counted(Decimal(shortfall) * unit.step, unit.name.get(lang)) if shortfall else ""


def _counted(number: Decimal, unit: str) -> str:
    whole = number == number.to_integral_value()
    return f"{int(number):,}{unit}" if whole else f"{number:,}{unit}"


def _parts(value: int | str) -> tuple[float | None, float | None]:
    if not isinstance(value, str) or "/" not in value:
        return None, None
    numerator, denominator = map(float, value.split("/"))
    return numerator, denominator


def _actual(value: int | str, unit: str) -> str:
    if value == "":
        return "—"
    numerator, denominator = _parts(value)
    if numerator is None or denominator is None:
        return _counted(Decimal(value), unit)
    return percent(numerator / denominator if denominator else None)


def _plain(rule: Rule | None, line: RuleLine, unit: str, lang: Lang) -> Said:
    parts = _parts(line.value)
    actual = NOBODY.get(lang) if parts == (0, 0) else _actual(line.value, unit)
    return Said(actual, _required(rule, line.required, parts[1] is not None, unit))


def _required(rule: Rule | None, required: int | str, share: bool, unit: str) -> str:
    bounds = [_bound(bound, share, unit) for bound in str(required).split("..") if bound]
    one_sided = isinstance(rule, Quota | Balance) and (rule.at_least is None or rule.at_most is None)
    if len(bounds) != 1 or not one_sided:
        return " – ".join(bounds)
    assert isinstance(rule, Quota | Balance)
    return ("≥ " if rule.at_least is not None else "≤ ") + bounds[0]


def _bound(bound: str, share: bool, unit: str) -> str:
    return f"{float(100 * Fraction(bound)):.4g}%" if share else _counted(Decimal(bound), unit)


def group_words(instance: Instance, rule: Rule | None, group: str, lang: Lang) -> str:
    """Return a group's label with ids and keys turned into names."""
    fields = rule.per if isinstance(rule, Quota | Balance) else ()
    members = group.split(" * ") if len(fields) == 2 else [group]
    if group == "plan" or len(members) != max(len(fields), 1):
        return PLAN_WORD.get(lang) if group == "plan" else group
    return " × ".join(_member(instance, fields[i] if fields else "", m, lang) for i, m in enumerate(members))


def _member(instance: Instance, name: str, member: str, lang: Lang) -> str:
    field = FIELDS.get(name)
    if field is not None and field.vocabulary:
        vocabularies: Mapping[str, Vocabulary] = instance.vocabularies
        return word(vocabularies[field.vocabulary], member, lang) if field.vocabulary in vocabularies else member
    known = instance.site.get(member) or instance.teacher.get(member)
    return Text(f"{known.name}（{member}）", f"{known.name} ({member})").get(lang) if known else member
