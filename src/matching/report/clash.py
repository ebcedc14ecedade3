"""Rules that cannot all hold, and what could give way, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from matching.domain.instance import Instance
from matching.domain.text import Lang, Text
from matching.explain.conflicts.conflict import EVERY_GROUP, Change, Conflict, Diagnosis, Recruits, Relaxation
from matching.policy.fields import FIELDS
from matching.policy.model import Policy, Quota, Require
from matching.report.standing import group_words
from matching.report.words import stage_word, word

FEW_GROUPS = 5
"""So many groups of a rule are named one by one."""
SHOWN = 3
MOST_CONFLICTS = 5
MOST_CHANGES = 15
BOUNDS = {"at_least": Text("下限", "at least"), "at_most": Text("上限", "at most")}
GIVEN_UP = {"place": Text("不再必须安置", "need not be placed"),
            "together": Text("不再必须同行", "need not stay together")}
NO_LESS = Text("再少一点就不行，已证明", "proven: any less does not do")
PERHAPS_LESS = Text("时限内未证明不能更少", "not proven in time to be the least")


def clash_lines(instance: Instance, policy: Policy, diagnosis: Diagnosis, lang: Lang) -> list[str]:
    """Return what a diagnosis says, line by line; lines that belong to the one above begin with blanks.

    Parameters
    ----------
    policy : the one that was solved
    """
    words = _Words(instance, policy)
    lines = (*words.conflicts(diagnosis), *words.relaxations(diagnosis.relaxations), *_untried(diagnosis))
    return [line.get(lang) for line in lines]


def _untried(diagnosis: Diagnosis) -> Iterator[Text]:
    if diagnosis.relaxations and not diagnosis.all_tried:
        yield Text("不是每种放宽办法都来得及试到底，可能还有别的办法。",
                   "Not every change that might do could be tried in time; there may be others.")


class _Words:
    def __init__(self, instance: Instance, policy: Policy) -> None:
        self._instance, self._policy = instance, policy

    def conflicts(self, diagnosis: Diagnosis) -> Iterator[Text]:
        yield Text("规则不能同时满足。", "The rules cannot all hold.")
        for at, conflict in enumerate(diagnosis.conflicts[:MOST_CONFLICTS], 1):
            which = f" {at}" if len(diagnosis.conflicts) > 1 else ""
            yield (Text(f"冲突{which}：以下规则互相冲突，去掉任何一条，其余即可满足：",
                        f"Conflict{which}: these clash, and without any one of them the others can hold:")
                   if conflict.irreducible else
                   Text(f"冲突{which}：以下规则互相冲突，时限内未证明每一条都少不了：",
                        f"Conflict{which}: these clash; it was not proven in time that all of them are needed:"))
            yield from self._rules(conflict)
        more = len(diagnosis.conflicts) - MOST_CONFLICTS
        if more > 0:
            yield Text(f"另有 {more} 个冲突（--json 里列全）。", f"{more} further conflicts (--json lists them all).")
        if not diagnosis.conflicts:
            yield Text("时限内没有查明是哪些规则互相冲突。", "Which rules clash was not found in time.")
        elif not diagnosis.complete:
            yield Text("可能还有别的冲突，没有再往下查。", "There may be further conflicts, which were not looked for.")
        elif len(diagnosis.conflicts) > 1:
            yield Text("每个冲突都要解决；除此以外，其余规则可以同时满足。",
                       "Each conflict has to be settled; apart from them, all other rules can hold.")

    def _rules(self, conflict: Conflict) -> Iterator[Text]:
        groups: dict[str, list[str]] = {}
        for label in conflict.rules:
            groups.setdefault(label.rule, []).append(label.group)
        for rule, named in groups.items():
            for where in self._places(rule, named):
                yield _indented(self._named(rule, where))

    def _places(self, rule: str, groups: Sequence[str]) -> Iterator[Text]:
        if len(groups) <= FEW_GROUPS:
            yield from (self._group(rule, group) for group in groups)
            return
        first = [self._group(rule, group) for group in groups[:SHOWN]]
        yield Text(f"{len(groups)} 个分组：{'、'.join(g.zh for g in first)}等",
                   f"{len(groups)} groups: {', '.join(g.en for g in first)}, ...")

    def _group(self, rule_id: str, group: str) -> Text:
        if group == EVERY_GROUP:
            return Text("所有分组", "all its groups")
        rule = self._policy.rule(rule_id)
        if isinstance(rule, Require) and group == "plan":
            return Text("全体", "everyone")
        return Text(group_words(self._instance, rule, group, "zh"), group_words(self._instance, rule, group, "en"))

    def _named(self, rule_id: str, where: Text) -> Text:
        title = self._policy.rule(rule_id).title
        return Text(f"{rule_id}（{title.zh}）[{where.zh}]", f"{rule_id} ({title.en}) [{where.en}]")

    def relaxations(self, offered: Sequence[Relaxation]) -> Iterator[Text]:
        if not offered:
            yield Text("时限内没有找到可行的放宽办法。", "No change that would do was found in time.")
        if len(offered) > 1:
            yield Text(f"可以放宽的办法有 {len(offered)} 种，选一种即可，每种都验证过有可行方案：",
                       f"There are {len(offered)} ways out, any one of which will do; each was verified feasible:")
        for at, one in enumerate(offered, 1):
            number = Text(f"{at}. ", f"{at}. ") if len(offered) > 1 else Text("", "")
            head, proof = self._head(one), NO_LESS if one.proven else PERHAPS_LESS
            yield Text(f"{number.zh}{head.zh}；{proof.zh}）：", f"{number.en}{head.en}; {proof.en}):")
            yield from (_indented(self._change(c)) for c in one.changes[:MOST_CHANGES])
            yield from (_indented(self._recruits(r)) for r in one.recruits)
            if len(one.changes) > MOST_CHANGES:
                more = len(one.changes) - MOST_CHANGES
                yield Text(f"  另有 {more} 处（--json 里列全）", f"  {more} more (--json lists them all)")

    def _head(self, one: Relaxation) -> Text:
        """Return what kind of way out it is, how much it takes, and the opening of what is proven of it."""
        title = self._policy.rule(one.changes[0].rule).title if one.changes else Text("", "")
        opening = {
            "least": Text("最少放宽", "The least that must give way"),
            "rule": Text(f"只放宽“{title.zh}”", f"Only {title.en!r} gives way"),
            "number": Text(f"只改“{title.zh}”的一个数", f"Only the number of {title.en!r} changes"),
            "reach": Text(f"只移动“{title.zh}”的界限", f"Only the limit of {title.en!r} moves"),
            "teachers": Text("规则不变，增加教师", "The rules stay, and there are more teachers"),
        }[one.kind]
        price = Text("", "") if one.cost == one.total else Text(f"，代价 {one.cost}", f"; cost: {one.cost}")
        size = {
            "reach": Text(f"方案中 {one.used} 人次超过原界限", f"placements beyond the old limit: {one.used}"),
            "teachers": Text(f"共 {one.total} 人", f"in all: {one.total}"),
        }.get(one.kind, Text(f"合计 {one.total} 个单位{price.zh}", f"units in all: {one.total}{price.en}"))
        return Text(f"{opening.zh}（{size.zh}；已验证可行", f"{opening.en} ({size.en}; verified feasible")

    def _change(self, change: Change) -> Text:
        named, what = self._named(change.rule, self._group(change.rule, change.group)), self._given_way(change)
        return Text(f"{named.zh} {what.zh}", f"{named.en} {what.en}")

    def _given_way(self, change: Change) -> Text:
        if change.bound in GIVEN_UP:
            return GIVEN_UP[change.bound]
        if change.bound == "require":
            return Text(f"破例 {change.after} 人次", f"exceptions: {change.after}")
        if change.bound not in BOUNDS:
            return _moved(change)
        rule, bound = self._policy.rule(change.rule), BOUNDS[change.bound]
        before, after = Text(str(change.before), str(change.before)), Text(str(change.after), str(change.after))
        if isinstance(rule, Quota) and rule.of is not None:
            before, after = (_share(value, up=change.bound == "at_most") for value in (change.before, change.after))
        return Text(f"{bound.zh}：{before.zh} → {after.zh}", f"{bound.en}: {before.en} -> {after.en}")

    def _recruits(self, more: Recruits) -> Text:
        vocabulary = self._instance.vocabularies["subject"]
        subject, stage = (Text(word(vocabulary, more.subject, "zh"), word(vocabulary, more.subject, "en")),
                          Text(stage_word(more.stage, "zh"), stage_word(more.stage, "en")))
        kind = Text("骨干教师", "backbone teachers") if more.backbone else Text("教师", "teachers")
        place = self._instance.site[more.home].name if more.home else more.county
        return Text(f"再增加 {more.number} 名{stage.zh}{subject.zh}{kind.zh}（{place}派出，条件如 {more.like}）",
                    f"{kind.en} of {subject.en}, {stage.en}: {more.number} more (from {place}, like {more.like})")


def _moved(change: Change) -> Text:
    """Return how a limit on pairs moves."""
    field, op = change.bound.split(" ")
    parts = Text(*(f"{_title(field).get(lang)} {op} " for lang in ("zh", "en")))
    before, after = (Text(*(_stated(str(v), lang) for lang in ("zh", "en"))) for v in (change.before, change.after))
    return Text(f"{parts.zh}{before.zh} → {after.zh}".replace("  ", " "),
                f"{parts.en}{before.en} -> {after.en}".replace("  ", " "))


def _title(field: str) -> Text:
    return FIELDS[field].title if field in FIELDS else Text(field, field)


def _stated(value: str, lang: Lang) -> str:
    """Return a number, a field in words, or a field and what is added to it."""
    name, *more = value.split(" ")
    return " ".join([_title(name).get(lang), *more])


def _share(value: int | str, *, up: bool) -> Text:
    """Return a share as a percentage, rounded to the side on which it still does, and exactly where that differs."""
    over, _, under = str(value).partition("/")
    exact = 1000 * Fraction(over) / Fraction(under or 1) if under != "0" else Fraction(0)
    shown = f"{(ceil(exact) if up else floor(exact)) / 10:g}%"
    if exact.denominator == 1 and under in ("", "1", "2", "4", "5", "10", "20", "100"):
        return Text(shown, shown)
    return Text(f"{shown}（{value}）", f"{shown} ({value})")


def _indented(line: Text) -> Text:
    return Text(f"  {line.zh}", f"  {line.en}")
