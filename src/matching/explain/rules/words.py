"""How a rule stands in a plan, in sentences with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.domain.text import Text
from matching.explain.naming import group_name, many, post_name, rule_name, teacher_name
from matching.explain.relaxing import bound, figure, unit_of
from matching.explain.rules.answer import InGroup, WhyRule
from matching.explain.rules.next import Next
from matching.policy.model import Balance, Place, Quota, Rule, Staffing, Subsidy
from matching.problem import Problem

FEW_GROUPS, FEWER_GROUPS, FEW_PEOPLE = 12, 5, 8
ENFORCE = {"hard": Text("硬性", "hard"), "elastic": Text("弹性", "elastic"), "report": Text("仅统计", "measured only")}


def told(problem: Problem, why: WhyRule) -> Iterator[Text]:
    """Yield the whole answer, line by line."""
    rule = problem.policy.rule(why.rule)
    yield _heading(rule, why)
    if why.refused is not None:
        yield from _eligibility(problem, why)
    elif isinstance(rule, Subsidy):
        yield from _subsidy(rule, why)
    elif why.on:
        yield from _groups(problem, rule, why)


def _heading(rule: Rule, why: WhyRule) -> Text:
    name = rule_name(rule)
    stands = Text("发放标准", "what is paid") if isinstance(rule, Subsidy) else ENFORCE[why.enforce]
    on = Text("", "") if why.on else Text("，未启用", ", switched off")
    source = Text(f"依据：{why.source}", f" Source: {why.source}") if why.source else Text("", "")
    return Text(f"规则{name.zh}：{stands.zh}{on.zh}。{source.zh}", f"Rule {name.en}: {stands.en}{on.en}.{source.en}")


def _eligibility(problem: Problem, why: WhyRule) -> Iterator[Text]:
    yield Text(f"未安置的教师与有空缺的岗位之间，它拒绝 {why.refused:,} 对；其中 {why.alone:,} 对只因它一条被拒。",
               f"Of the pairs of a teacher without a post and a post with an empty seat it refuses {why.refused:,}; "
               f"{why.alone:,} of them are refused by it alone.")
    if why.next:
        yield Text("放宽它时，最先可去的：", "If it gave way, the first to go would be:")
    yield from (_one(problem, n) for n in why.next)


def _subsidy(rule: Subsidy, why: WhyRule) -> Iterator[Text]:
    paid = sum(len(g.placements) for g in why.groups)
    yield Text(f"每人每学年 {float(rule.amount):,g} 元；方案中 {paid:,} 人次按它发放。",
               f"{float(rule.amount):,g} yuan a person and school year, paid for {many(paid, 'placement')} of the "
               f"plan.")


def _groups(problem: Problem, rule: Rule, why: WhyRule) -> Iterator[Text]:
    if not why.groups:
        yield Text("方案中没有适用它的分组。", "It concerns no group of the plan.")
        return
    n = len(why.groups)
    if n > 1:
        yield _in_all(rule, why)
    most = FEW_GROUPS if any(not g.ok or g.next for g in why.groups) or n <= FEW_GROUPS else FEWER_GROUPS
    for one in why.groups[:most]:
        yield from _group(problem, rule, one)
    if n > most:
        yield Text(f"其余 {n - most:,} 组从略。", f"{many(n - most, 'more group')} not listed.")


def _in_all(rule: Rule, why: WhyRule) -> Text:
    n, short = len(why.groups), sum(not g.ok for g in why.groups)
    fall = f"{short:,} {'falls' if short == 1 else 'fall'} short"
    if not isinstance(rule, Quota | Balance):
        return Text(f"共 {n:,} 组：{f'{short:,} 组未达到' if short else '全部达到'}。",
                    f"{many(n, 'group')}: {fall if short else 'kept in all'}.")
    full = sum(g.ok and g.room == 0 for g in why.groups)
    return Text(f"共 {n:,} 组：{short:,} 组未达到，{full:,} 组已没有余量，其余有余量或不受限。",
                f"{many(n, 'group')}: {fall}, {full:,} {'has' if full == 1 else 'have'} no room left, the others have "
                f"room or no bound.")


def _group(problem: Problem, rule: Rule, one: InGroup) -> Iterator[Text]:
    group, people = group_name(problem.instance, one.group), _people(problem, one.placements)
    stands = _counts(rule, one) if isinstance(rule, Quota | Balance) else _kept(rule, one)
    yield Text(f"- {group.zh}：{stands.zh}{people.zh}", f"- {group.en}: {stands.en}{people.en}")
    if one.next:
        yield Text("  若放宽，最先可去的：", "  If it gave way, the first to go would be:")
    for n in one.next[:3]:
        line = _one(problem, n)
        yield Text(f"  {line.zh}", f"  {line.en}")


def _shown(value: int | str) -> str:
    text = str(value)
    if "/" in text:
        return figure(text)
    return f"{int(text):,}" if text.lstrip("-").isdigit() else text or "—"


def _counts(rule: Quota | Balance, one: InGroup) -> Text:
    unit, asks, room, has = unit_of(rule), _asks(rule, one), _room(rule, one), _shown(one.value)
    return Text(f"现为 {has}{unit.zh}{asks.zh}{room.zh}", f"{has}{unit.en}{asks.en}{room.en}")


def _kept(rule: Rule, one: InGroup) -> Text:
    """Say how a rule stands that counts nothing against a bound; of staff always the figures, which may be unknown."""
    short = Text(f"未达到，差 {one.shortfall:,}", f"not kept, {one.shortfall:,} short")
    kept = Text("达到", "kept") if one.ok else short
    if isinstance(rule, Place) or (one.ok and not isinstance(rule, Staffing)):
        return kept
    has, asked = _shown(one.value), _shown(one.required)
    return Text(f"{kept.zh}（现为 {has}，要求 {asked}）", f"{kept.en} ({has}, {asked} required)")


def _asks(rule: Quota | Balance, one: InGroup) -> Text:
    if one.required == "":
        return Text("", "")
    low, _, high = str(one.required).partition("..")
    share = "/" in str(one.value)
    words = []
    if rule.at_least is not None:
        words.append(Text(f"至少 {_limit(low, share)}", f"at least {_limit(low, share)}"))
    if rule.at_most is not None:
        words.append(Text(f"至多 {_limit(high or low, share)}", f"at most {_limit(high or low, share)}"))
    return Text("，" + "、".join(w.zh for w in words), ", " + ", ".join(w.en for w in words))


def _limit(text: str, share: bool) -> str:
    return bound(text if "/" in text else f"{text}/1") if share else _shown(text)


def _room(rule: Quota | Balance, one: InGroup) -> Text:
    if not one.ok:
        return Text(f"，差 {one.shortfall:,}", f", {one.shortfall:,} short")
    if one.room is None:
        return Text("", "")
    if one.room == 0:
        return Text("，没有余量", ", no room left")
    if isinstance(rule, Quota) and rule.of == "placed":
        who = Text("不计入的", "who do not count") if rule.at_least is not None else Text("计入的", "who count")
        return Text(f"，还可再安置 {one.room:,} 名{who.zh}教师", f", room for {one.room:,} more {who.en}")
    return Text(f"，余量 {one.room:,}", f", room for {one.room:,}")


def _people(problem: Problem, placements: Sequence[tuple[str, str]]) -> Text:
    if not placements:
        return Text("", "")
    if len(placements) > FEW_PEOPLE:
        return Text(f"；计入 {len(placements):,} 人次", f"; {many(len(placements), 'placement')} counted")
    names = [problem.instance.teacher[t].name for t, _ in placements]
    return Text(f"；计入{'、'.join(names)}", f"; counted: {', '.join(names)}")


def _one(problem: Problem, one: Next) -> Text:
    who = teacher_name(problem.instance, one.teacher)
    where = post_name(problem.instance, problem.instance.need[one.need])
    far = Text("距离未知", "distance unknown") if one.km is None else Text(f"{one.km:g} 公里", f"{one.km:g} km")
    why = Text("", "")
    if one.refusal:
        words = [Text(m.text.zh, m.text.en) for m in one.refusal.misses]
        why = Text(f"：{'；或者'.join(w.zh for w in words)}", f": {'; or '.join(w.en for w in words)}")
    if one.others:
        names = [problem.policy.rule(r).title for r in one.others]
        why = Text(f"（还受{'、'.join(f'“{n.zh}”' for n in names)}限制）",
                   " (also held back by {})".format(", ".join(f'"{n.en}"' for n in names)))
    return Text(f"- {who.zh}到 {where.zh}，{far.zh}{why.zh}", f"- {who.en} to {where.en}, {far.en}{why.en}")
