"""Breaches in plain sentences with their figures, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from matching.audit.conditions import Clause
from matching.audit.measures import UNITS
from matching.audit.numbers import Number, shown
from matching.audit.pair import Pair
from matching.domain.text import Text
from matching.policy.conditions import FieldRef
from matching.policy.model import Balance, Quota, Require, Rule

BASES = {"placed": ("安置", "placed"), "demand": ("需求", "seats asked for"), "teachers": ("教师", "teachers"),
         "eligible": ("符合条件教师", "eligible teachers")}


class Figures(NamedTuple):
    """A quota's figures in a group: `limit` is the least or greatest amount allowed, `off` how far it is off.

    `there` is what of the amount was there before any placement.
    """

    amount: Number
    base: Number | None
    limit: Number
    off: int
    there: Number
    at_least: bool


def quota_text(rule: Quota, group: str, figures: Figures) -> Text:
    """Say by how much a count falls short of a quota, or exceeds it."""
    unit = UNITS[rule.measure]
    amount, limit, off = (shown(Fraction(n, unit.scale)) for n in (figures.amount, figures.limit, figures.off))
    base, already, where = _base(rule, figures), _already(rule, figures), _where(group)
    zh_has = f"{rule.title.zh}（{where.zh}）：现为 {amount} {unit.zh}{already.zh}{base.zh}"
    en_has = f"{rule.title.en} ({where.en}): {amount}{unit.en}{base.en}{already.en}"
    if figures.at_least:
        return Text(f"{zh_has}，至少应有 {limit} {unit.zh}，差 {off} {unit.zh}",
                    f"{en_has}, at least {limit} needed, {off} short")
    return Text(f"{zh_has}，至多可有 {limit} {unit.zh}，多 {off} {unit.zh}",
                f"{en_has}, at most {limit} allowed, {off} too many")


def _where(group: str) -> Text:
    return Text("全部", "the whole plan") if group == "plan" else Text(f"“{group}”", f"'{group}'")


def _already(rule: Quota, figures: Figures) -> Text:
    if rule.plus is None:
        return Text("", "")
    unit = UNITS[rule.measure]
    there = shown(Fraction(figures.there, unit.scale))
    return Text(f"（含原有 {there} {unit.zh}）", f" ({there}{unit.en} there before)")


def _base(rule: Quota, figures: Figures) -> Text:
    if figures.base is None:
        return Text("", "")
    if isinstance(rule.of, FieldRef):
        return Text(f"，{rule.of.name} 为 {shown(figures.base)}", f" of {shown(figures.base)} ({rule.of.name})")
    zh, en = BASES[str(rule.of)]
    return Text(f"，{zh} {shown(figures.base)} 人", f" of {shown(figures.base)} {en}")


def balance_text(rule: Balance, group: str, leave: int, come: int, limit: int, off: int) -> Text:
    """Say by how many those who leave a group and those who come are out of balance."""
    where, value = _where(group), leave - come
    zh_has = f"{rule.title.zh}（{where.zh}）：派出 {leave} 人，到岗 {come} 人，净派出 {value} 人"
    en_has = f"{rule.title.en} ({where.en}): {leave} leave and {come} come, which is a balance of {value}"
    if value < limit:
        return Text(f"{zh_has}，至少应为 {limit} 人，差 {off} 人", f"{en_has}, at least {limit} needed, {off} short")
    return Text(f"{zh_has}，至多可为 {limit} 人，多 {off} 人", f"{en_has}, at most {limit} allowed, {off} too many")


def require_text(rule: Require, pair: Pair, unmet: Sequence[Clause]) -> Text:
    """Say which clauses a pair does not meet, with the values seen."""
    assert pair.teacher is not None
    assert pair.need is not None
    who, where = pair.teacher.teacher_id, pair.need.need_id
    zh = "；".join(_unmet_zh(clause, pair) for clause in unmet)
    en = "; ".join(_unmet_en(clause, pair) for clause in unmet)
    return Text(f"教师 {who} 到岗位 {where} 不符合“{rule.title.zh}”：{zh}",
                f"teacher {who} at post {where} does not meet '{rule.title.en}': {en}")


def required(clause: Clause, pair: Pair) -> str:
    """Return a clause as written, with the values of the fields on its right."""
    given = [f"{r.text} = {r.field.show(pair)}" for r in clause.rights if r.field is not None]
    return f"{clause.text} ({', '.join(given)})" if given else clause.text


def _unmet_zh(clause: Clause, pair: Pair) -> str:
    given = [f"{r.text} 为{r.field.show_zh(pair)}" for r in clause.rights if r.field is not None]
    asked = f"{clause.text}（{'，'.join(given)}）" if given else clause.text
    return f"{clause.field.zh}为{clause.field.show_zh(pair) or '空'}，要求 {asked}"


def _unmet_en(clause: Clause, pair: Pair) -> str:
    return f"{clause.field.name} is {clause.field.show(pair) or 'empty'}, but {required(clause, pair)} is required"


def place_text(rule: Rule, teacher: str) -> Text:
    """Say that a teacher who must be placed is not."""
    return Text(f"{rule.title.zh}：教师 {teacher} 应当安置而未安置，差 1 人",
                f"{rule.title.en}: teacher {teacher} must be placed but is not, 1 short")


def together_text(rule: Rule, group: str, size: int, placed: int, places: Sequence[str]) -> Text:
    """Say how a group that belongs together is split."""
    spots = "、".join(places)
    return Text(f"{rule.title.zh}：“{group}”共 {size} 人，安置 {placed} 人，去往 {len(places)} 处（{spots}），"
                "应同去一处或都不去",
                f"{rule.title.en}: '{group}' has {size} members, {placed} placed in {len(places)} places "
                f"({', '.join(places)}); all or none must go, to one place")


def statement_text(what: Text, stated: object, true: object) -> Text:
    """Say that a plan states something of itself that is not so."""
    said, so = _words(stated), _words(true)
    return Text(f"方案所写{what.zh}为 {said.zh}，复核为 {so.zh}",
                f"the plan states {what.en} as {said.en}; the recount gives {so.en}")


def _words(value: object) -> Text:
    if value is None:
        return Text("无", "none")
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    return Text(str(value), str(value))


def unknown_text(what: str, seen: str) -> Text:
    """Say that an id names nothing."""
    return Text(f"方案“{what}”中的编号“{seen}”在数据里没有", f"the id '{seen}' in the plan's {what} is not in the data")


def repeated_text(teacher: str, need: str, times: int) -> Text:
    """Say that a pair is listed more than once."""
    return Text(f"教师 {teacher} 到岗位 {need} 列了 {times} 次，只应列 1 次",
                f"teacher {teacher} at post {need} is listed {times} times; once is right")
