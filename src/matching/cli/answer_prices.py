"""What one more and one fewer are worth, laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matching.cli.answers import Answer, Grid
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.explain.inquiry import Inquiry
    from matching.explain.prices.prices import Both
    from matching.explain.prices.pricing import Price
    from matching.explain.prices.units import Bound

NONE = Text("—", "-")
SIDES = {"more": Text("多", "more"), "fewer": Text("少", "fewer")}


def priced(inquiry: Inquiry, time_limit: float | None) -> Answer:
    """Tell whom to recruit, where a seat helps, and which rule costs what."""
    from matching.explain.prices.prices import prices
    from matching.explain.prices.words import left_out

    found = prices(inquiry, time_limit=time_limit)
    value = {"plan": inquiry.plan.plan, **found.to_dict()}
    if not found.proven:
        return Answer(found.lines, value)
    opening = Text("下面每行只变一个单位，其余不变，看整个方案的各项目标随之怎样变化；值得先做的在前。"
                   "“界”指没有求到底，实际不会更好。",
                   "Each line changes one unit and nothing else, and tells how the goals of the whole plan follow, the "
                   'most worthwhile first. "Bound": not solved to the end, it cannot be better than that.')
    rules = Text("规则：松一点、紧一点值多少", "Rules: what a unit is worth")
    missing = [left_out(found.left_out)] if found.left_out else []
    return Answer([opening,
                   _grid(inquiry, Text("教师：先动员谁", "Teachers: whom to recruit first"), found.teachers),
                   _grid(inquiry, Text("岗位：一个席位值多少", "Posts: what a seat is worth"), found.posts),
                   _grid(inquiry, rules, found.rules), *missing], value)


def _grid(inquiry: Inquiry, title: Text, some: Sequence[Both]) -> Grid:
    from matching.explain.goal_names import goal_titles

    goals = goal_titles([line.goal for line in inquiry.plan.goals], inquiry.policy)
    headings = (Text("一个单位", "a unit"), Text("增减", "side"), *goals, Text("依据", "how known"))
    return Grid(title, headings, [row for both in some for row in _rows(inquiry, both)])


def _rows(inquiry: Inquiry, both: Both) -> Iterator[Sequence[Text | str | int]]:
    name = _named(inquiry, both)
    for side, price in (("more", both.more), ("fewer", both.fewer)):
        yield (name if side == "more" else "", SIDES[side], *_changes(inquiry, price), _known(price))


def _named(inquiry: Inquiry, both: Both) -> Text:
    from matching.explain.prices.units import Bound
    from matching.explain.prices.words import amount_of, name_of

    name = name_of(inquiry, both.of)
    if not isinstance(both.of, Bound):
        return name
    unit, side = amount_of(inquiry, both.of), _bound(both.of)
    return Text(f"{name.zh}{side.zh}，每 {unit.zh.strip()}", f"{name.en}, {side.en}, by {unit.en.strip()}")


def _bound(of: Bound) -> Text:
    return Text("的下限", "the least") if of.bound == "at_least" else Text("的上限", "the most")


def _changes(inquiry: Inquiry, price: Price) -> Iterator[Text | str]:
    """Yield the change of each goal; of a bound, nothing after the first that may change."""
    from matching.explain.goal_names import goal_levels
    from matching.policy.goal_words import value_words

    names, told = [line.goal for line in inquiry.plan.goals], True
    changes = dict(enumerate(price.goals)) if price.possible else {}
    for at, level in enumerate(goal_levels(names, inquiry.policy)):
        change = changes.get(at)
        if change is None or not told:
            yield NONE
            continue
        told = price.exact or not change.value
        words = value_words(change.goal, level, change.value)
        yield f"+{words}" if change.value > 0 else words


def _known(price: Price) -> Text:
    if not price.possible:
        return Text("不行：硬性规则不能同时满足", "not possible: hard rules could not all hold")
    return Text("准确", "exact") if price.exact else Text("界", "bound")
