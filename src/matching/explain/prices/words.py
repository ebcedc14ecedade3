"""Prices in words: what there is one more or one fewer of, and what that does to the goals of the whole plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matching.domain.text import Text
from matching.explain.goal_names import change_words, losses
from matching.explain.inquiry import Inquiry
from matching.explain.naming import group_name, kind_name, post_name
from matching.explain.prices.pricing import Price
from matching.explain.prices.units import Bound, Kind, Post, Unit
from matching.explain.relaxing import UNITS
from matching.policy.model import Quota
from matching.problem.counts import UNITS as ROW_UNITS


def unproven() -> Text:
    """Say why there are no prices."""
    return Text("这个方案没有证明为最优（时限内没有求到底），增减一个单位值多少无从比较。可以加长 --time-limit。",
                "This plan was not proven best in time, so there is nothing to compare one more or one fewer with. "
                "Try a longer --time-limit.")


def left_out(number: int) -> Text:
    """Say how much is missing because time was up."""
    return Text(f"时限已到：还有 {number} 项没有来得及看，没有列出。可以加长 --time-limit。",
                f"Time was up before {number} more could be looked at; they are not listed. Try a longer --time-limit.")


def name_of(inquiry: Inquiry, of: Bound | Kind | Post) -> Text:
    """Return what there is one more or one fewer of."""
    if isinstance(of, Post):
        return post_name(inquiry.instance, inquiry.instance.need[of.need])
    if isinstance(of, Kind):
        kind, like = kind_name(inquiry.instance, of.stage, of.subject), inquiry.instance.teacher[of.like].name
        return Text(f"{of.county}的{kind.zh}教师（条件同{like} {of.like}）",
                    f"teacher of {kind.en} from {of.county} (like {like}, {of.like})")
    title, group = inquiry.policy.rule(of.rule).title, group_name(inquiry.instance, of.group)
    return Text(f"“{title.zh}”（{group.zh}）", f'"{title.en}" ({group.en})')


def unit_words(inquiry: Inquiry, unit: Unit) -> Text:
    """Return one more or one fewer of something, as a clause."""
    name, more = name_of(inquiry, unit.of), unit.side == "more"
    if isinstance(unit.of, Post):
        return Text(f"岗位 {name.zh}{'多' if more else '少'}一个席位",
                    f"one seat {'more' if more else 'fewer'} at post {name.en}")
    if isinstance(unit.of, Kind):
        return Text(f"{'再多' if more else '少'}一名{name.zh}", f"one {'more' if more else 'fewer'} {name.en}")
    amount, what = amount_of(inquiry, unit.of), _bound_word(inquiry, unit.of)
    return Text(f"{name.zh}{what.zh}{'多' if more else '少'} {amount.zh}",
                f"{name.en}: {what.en} {amount.en} {'higher' if more else 'lower'}")


def amount_of(inquiry: Inquiry, bound: Bound) -> Text:
    """Return how much one unit of a bound is."""
    rule = inquiry.policy.rule(bound.rule)
    measure = rule.measure if isinstance(rule, Quota) else "seats"
    number = f"{bound.step // ROW_UNITS[measure]:,}"
    return Text(number + UNITS[measure].zh, number + UNITS[measure].en)


def _bound_word(inquiry: Inquiry, bound: Bound) -> Text:
    """Return what the number is: of a share, how many it comes to."""
    rule, least = inquiry.policy.rule(bound.rule), bound.bound == "at_least"
    if isinstance(rule, Quota) and rule.of is not None:
        return Text("要求的数" if least else "允许的数", "the number that it asks for" if least
                    else "the number that it allows")
    return Text("的下限" if least else "的上限", "the least" if least else "the most")


def told(inquiry: Inquiry, price: Price) -> Text:
    """Return what a unit is worth, in a sentence."""
    unit, effect = unit_words(inquiry, price.unit), effect_words(inquiry, price)
    return Text(f"{unit.zh}：{effect.zh}。", f"{unit.en}: {effect.en}.")


def effect_words(inquiry: Inquiry, price: Price) -> Text:
    """Return what a unit does to the goals, and how that is known."""
    if not price.possible:
        return Text("硬性规则就不能同时满足（已证明）", "the hard rules could then not all hold (proven)")
    changes = change_words(price.goals, inquiry.policy)
    if not price.exact:
        return _bound(inquiry, price, changes)
    if not changes:
        return Text("各项目标都不变（已证明）", "no goal changes (proven)")
    placed = [*([_placed(price.placed)] if price.placed else []), *changes]
    return Text(f"{'，'.join(t.zh for t in placed)}（已重新求解，数字准确）",
                f"{', '.join(t.en for t in placed)} (solved again, exact)")


def _bound(inquiry: Inquiry, price: Price, changes: Sequence[Text]) -> Text:
    """Say that nothing better is possible; after a goal that may change, later ones are not known."""
    if not changes:
        return Text("不会比现在更好（这是界，没有重新求解）", "no better than now (a bound, not solved again)")
    gain = next(loss for loss in losses(price.goals, inquiry.policy) if loss) < 0
    zh, en = ("至多变好到", "at the very best") if gain else ("至少要付出", "at the least, this loss")
    return Text(f"{zh}：{'，'.join(t.zh for t in changes)}（这是界，没有求到底）",
                f"{en}: {', '.join(t.en for t in changes)} (a bound, not solved to the end)")


def _placed(number: int) -> Text:
    return Text(f"{'多' if number > 0 else '少'}安置 {abs(number)} 人",
                f"{abs(number)} {'more' if number > 0 else 'fewer'} placed")


def told_dict(inquiry: Inquiry, more: Price, fewer: Price) -> dict[str, Any]:
    """Return both sides of a thing as a machine reads them."""
    of = more.unit.of
    known = {k: v for k, v in of._asdict().items() if k not in ("row", "step", "shortfall")}
    if isinstance(of, Bound):
        measure = getattr(inquiry.policy.rule(of.rule), "measure", "seats")
        known |= {"measure": measure, "unit": of.step // ROW_UNITS[measure]}
    return known | {price.unit.side: _side(inquiry, price) for price in (more, fewer)}


def _side(inquiry: Inquiry, price: Price) -> dict[str, Any]:
    return {"goals": [goal._asdict() for goal in price.goals], "exact": price.exact, "possible": price.possible,
            "placed": price.placed, **told(inquiry, price)._asdict()}
