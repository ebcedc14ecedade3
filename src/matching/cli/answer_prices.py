"""What one more and one fewer are worth, laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matching.cli.answers import Answer, Grid
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.explain.inquiry import Inquiry
    from matching.explain.price_units import Bound
    from matching.explain.prices import Both


def priced(inquiry: Inquiry, time_limit: float | None) -> Answer:
    """Tell whom to recruit, where a seat helps, and which rule costs what."""
    from matching.explain.prices import prices

    found = prices(inquiry, time_limit=time_limit)
    if not found.proven:
        return Answer(found.lines, found.to_dict())
    opening = Text("下面各项一次只变一个单位，其余不变，看整个方案的目标随之怎样变化。",
                   "Each line changes one unit and nothing else, and tells how the goals of the whole plan follow.")
    return Answer([opening,
                   _grid(inquiry, Text("教师：先动员谁", "Teachers: whom to recruit first"), found.teachers),
                   _grid(inquiry, Text("岗位：一个席位值多少", "Posts: what a seat is worth"), found.posts),
                   _grid(inquiry, Text("规则：一个单位值多少", "Rules: what a unit is worth"), found.rules)],
                  {"plan": inquiry.plan.plan, **found.to_dict()})


def _grid(inquiry: Inquiry, title: Text, some: Sequence[Both]) -> Grid:
    from matching.explain.price_units import Bound
    from matching.explain.price_words import amount_of, effect_words, name_of

    rows = []
    for both in some:
        name = name_of(inquiry, both.of)
        if isinstance(both.of, Bound):
            unit, side = amount_of(inquiry, both.of), _bound(both.of)
            name = Text(f"{name.zh}{side.zh}，每 {unit.zh.strip()}", f"{name.en}, {side.en}, by {unit.en.strip()}")
        rows.append((name, effect_words(inquiry, both.more), effect_words(inquiry, both.fewer)))
    return Grid(title, (Text("", ""), Text("多一个", "one more"), Text("少一个", "one fewer")), rows)


def _bound(of: Bound) -> Text:
    return Text("的下限", "the least") if of.bound == "at_least" else Text("的上限", "the most")
