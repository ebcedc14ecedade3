"""Why a teacher is not at a post, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from matching.domain.text import Text
from matching.explain.goal_names import change_words, losses
from matching.explain.inquiry import Inquiry
from matching.explain.moves import Move, totals_changed
from matching.explain.naming import group_name
from matching.explain.people.forced import Forced
from matching.explain.people.pair_rules import PairRule
from matching.explain.people.posts import place_words
from matching.problem import RowLabel

MOST_NAMED = 3
"""How many who would lose their post are named."""


def _named(inquiry: Inquiry, teacher: str, need: str) -> Text:
    name, place = inquiry.instance.teacher[teacher].name, place_words(inquiry, need)
    return Text(f"{name}（{teacher}）到{place.zh}", f"{name} ({teacher}) at {place.en}")


def told_placed(inquiry: Inquiry, teacher: str, need: str) -> Text:
    """Say that the plan places the teacher there."""
    named = _named(inquiry, teacher, need)
    return Text(f"{named.zh}：方案正是这样安置的。", f"{named.en}: this is where the plan has them.")


def told_refused(inquiry: Inquiry, teacher: str, need: str, refusing: Sequence[PairRule]) -> Text:
    """Say which require rules refuse the pair, with figures."""
    named = _named(inquiry, teacher, need)
    zh = "；".join(f"“{r.title.zh}”：{r.actual.zh}（要求：{r.required.zh}）" for r in refusing)
    en = "; ".join(f'"{r.title.en}": {r.actual.en} (required: {r.required.en})' for r in refusing)
    return Text(f"{named.zh}：不能去。不符合 {len(refusing)} 条硬性规则：{zh}。",
                f"{named.en}: refused. Hard rules not met: {len(refusing)}. {en}.")


def told_clashing(inquiry: Inquiry, teacher: str, need: str, clash: Sequence[RowLabel]) -> Text:
    """Say which rules cannot all hold with the teacher there."""
    named, rules = _named(inquiry, teacher, need), [_label(inquiry, label) for label in clash]
    by = Text("其余硬性规则就不能同时满足", "the other hard rules could not all hold")
    if len(rules) == 1:
        by = Text(f"就不能满足{rules[0].zh}", f"this rule could not hold: {rules[0].en}")
    elif rules:
        by = Text(f"以下规则就不能同时满足：{'、'.join(t.zh for t in rules)}",
                  f"these rules could not all hold: {', '.join(t.en for t in rules)}")
    return Text(f"{named.zh}：不能去。本人符合该岗位的资格，但安排过去，{by.zh}（已重新求解证明）。",
                f"{named.en}: refused. The teacher is eligible, but with them there {by.en} (proven by solving again).")


def _label(inquiry: Inquiry, label: RowLabel) -> Text:
    title, group = inquiry.policy.rule(label.rule).title, group_name(inquiry.instance, label.group)
    return Text(f"“{title.zh}”（{group.zh}）", f'"{title.en}" ({group.en})')


def told_possible(inquiry: Inquiry, teacher: str, need: str, forced: Forced, others: Sequence[Move]) -> Text:
    """Say what placing the teacher there would cost the whole plan."""
    named = _named(inquiry, teacher, need)
    if forced.placements is None:
        return Text(f"{named.zh}：符合全部资格规则；重新求解在时限内没有得出结果，代价不明。",
                    f"{named.en}: no rule on eligibility refuses it; solving again found no plan in time: the cost is "
                    "not known.")
    changes = change_words(forced.goals, inquiry.policy)
    if not changes:
        cost = Text("整个方案的各项目标都不变，两种安排一样好", "no goal of the plan changes: both are equally good")
    else:
        figures = totals_changed(inquiry.plan.placements, forced.placements)
        opening = _opening(inquiry, forced)
        cost = Text(f"{opening.zh}：{_zh(changes)}{'；同时' + _zh(figures) if figures else ''}",
                    f"{opening.en}: {_en(changes)}{'; with it, ' + _en(figures) if figures else ''}")
    proof = Text("已重新求解，数字准确", "solved again, exact") if forced.exact else \
        Text("没有求到底：这是目前找到的最好结果，不是准确代价",
             "not solved to the end: the best found, not the exact cost")
    moved = _moved(inquiry, others) if others else Text("", "")
    return Text(f"{named.zh}：可以去。{cost.zh}（{proof.zh}）。{moved.zh}",
                f"{named.en}: possible; {cost.en} ({proof.en}).{moved.en}")


def _opening(inquiry: Inquiry, forced: Forced) -> Text:
    """Return what the changes are called; a plan that was not made for its goals alone may even gain."""
    variant = next((v for v in inquiry.policy.variants if v.id == inquiry.plan.plan), None)
    if variant is not None and variant.method != "goals":
        return Text(f"不再要求“{variant.title.zh}”时，整个方案的变化",
                    f'how the whole plan changes where it need not be "{variant.title.en}" any more')
    if next((loss for loss in losses(forced.goals, inquiry.policy) if loss), 0) < 0:
        return Text("整个方案随之变化", "how the whole plan changes")
    return Text("整个方案要付的代价", "what it costs the whole plan")


def _moved(inquiry: Inquiry, others: Sequence[Move]) -> Text:
    lost = _lost(inquiry, [move.teacher for move in others if not move.after])
    return Text(f"求得的方案里另有 {len(others)} 位教师的岗位不同{lost.zh}（同样好的方案往往不止一个，"
                "实际要动的可能更少）。",
                f" Other teachers with another post in the plan found: {len(others)}{lost.en} (there is often more "
                "than one as good, and fewer may have to move).")


def _lost(inquiry: Inquiry, teachers: Sequence[str]) -> Text:
    """Return who would have no post any more; nothing where nobody."""
    if not teachers:
        return Text("", "")
    if len(teachers) > MOST_NAMED:
        return Text(f"，其中 {len(teachers)} 位不再有岗位", f", {len(teachers)} of them with none at all")
    known = [inquiry.instance.teacher[teacher] for teacher in teachers]
    return Text(f"，其中{'、'.join(f'{t.name}（{t.teacher_id}）' for t in known)}不再有岗位",
                f", of whom {', '.join(f'{t.name} ({t.teacher_id})' for t in known)} with none at all")


def _zh(texts: Sequence[Text]) -> str:
    return "，".join(text.zh for text in texts)


def _en(texts: Sequence[Text]) -> str:
    return ", ".join(text.en for text in texts)
