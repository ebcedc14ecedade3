"""Whom to recruit, where a seat helps, and which rule costs what: one more and one fewer of each, dearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any

from matching.domain.text import Lang, Text
from matching.explain.goal_names import losses
from matching.explain.inquiry import Inquiry
from matching.explain.patience import Patience
from matching.explain.prices.pricing import Price, Pricing
from matching.explain.prices.ranks import Ranks
from matching.explain.prices.units import SIDES, Bound, Kind, Post, Side, Unit
from matching.explain.prices.words import left_out, told, told_dict, unproven

LISTED, MOST = 6, 24
"""How many of each sort are listed, and how many of all prices are solved for, unless more are asked for."""
LOOKING = 0.5, 0.75
"""Until which parts of the time things are put in their order by bounds, and bounds are looked for before prices."""
UNKNOWN = [2**62]
"""As a loss: worse than any."""
LOOKED_AT = 2
"""How many times as many are bounded before the dearest are chosen: at first only what either side may be worth is
known, not which."""

Thing = Bound | Kind | Post


@dataclass(frozen=True)
class Both:
    """What one more and one fewer of the same thing are worth."""

    more: Price
    fewer: Price

    @property
    def of(self) -> Thing:
        """What there is one more or one fewer of."""
        return self.more.unit.of


@dataclass(frozen=True)
class Prices:
    """What units are worth, dearest first.

    Attributes
    ----------
    teachers, posts, rules : teachers of a kind, seats of a post, bounds of a rule in a group; all empty where the plan
        is not proven
    proven : whether the plan is, so that there is something to compare with
    left_out : how many things that should be listed were not even looked at in time
    """

    inquiry: Inquiry
    teachers: tuple[Both, ...]
    posts: tuple[Both, ...]
    rules: tuple[Both, ...]
    proven: bool = True
    left_out: int = 0

    @property
    def all(self) -> tuple[Price, ...]:
        """Every price, both sides of each."""
        return tuple(p for both in (*self.teachers, *self.posts, *self.rules) for p in (both.more, both.fewer))

    @cached_property
    def lines(self) -> tuple[Text, ...]:
        """The answer, a sentence a price."""
        if not self.proven:
            return (unproven(),)
        missing = (left_out(self.left_out),) if self.left_out else ()
        return (*(told(self.inquiry, price) for price in self.all), *missing)

    def words(self, lang: Lang) -> list[str]:
        """Return the sentences in one language."""
        return [line.get(lang) for line in self.lines]

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as ``explain --prices --json`` prints it."""
        sorts = {"teachers": self.teachers, "posts": self.posts, "rules": self.rules}
        return {"proven": self.proven, "left_out": self.left_out} | {
            name: [told_dict(self.inquiry, both.more, both.fewer) for both in some] for name, some in sorts.items()}


def prices(inquiry: Inquiry, *, listed: int = LISTED, most: int = MOST, time_limit: float | None = None,
           workers: int = 2) -> Prices:
    """Return what one more and one fewer of the dearest teachers, posts and rules are worth to a plan.

    Parameters
    ----------
    listed : how many of each sort
    most : how many prices are solved for; the others are stated as bounds, but for those that follow without
    time_limit : seconds for all; None for as long as the proofs take
    """
    with Pricing(inquiry, time_limit, workers=workers) as pricing:
        patience = pricing.patience
        half, most_of_it = (patience.within(part * patience.left()) for part in LOOKING)
        if pricing.base is None:
            return Prices(inquiry, (), (), (), proven=False)
        ranks = Ranks(pricing.problem, pricing.duals, pricing.x)
        sorts: list[Sequence[Thing]] = [ranks.kinds(), ranks.posts(), ranks.bounds()]
        looked_at = _dearest(inquiry, pricing, [some[:LOOKED_AT * listed] for some in sorts], half)
        chosen = [some[:listed] for some in looked_at]
        found = _priced(inquiry, pricing, _in_turn(chosen), most, most_of_it)
    teachers, posts, rules = (tuple(sorted((found[of] for of in some if of in found), key=_order(inquiry)))
                              for some in chosen)
    return Prices(inquiry, teachers, posts, rules, left_out=sum(map(len, chosen)) - len(found))


def _sides(of: Thing) -> tuple[Side, ...]:
    """Return the sides that may help: of a bound, either."""
    return SIDES if isinstance(of, Bound) else SIDES[:1]


def _in_turn(sorts: Sequence[Sequence[Thing]]) -> list[Thing]:
    return [of for of in chain(*zip_longest(*sorts)) if of is not None]


def _dearest(inquiry: Inquiry, pricing: Pricing, sorts: Sequence[Sequence[Thing]], patience: Patience
             ) -> list[list[Thing]]:
    """Return things in the order of what their better side can be worth at the most; the unknown ones last."""
    most = {of: min(_worth(inquiry, pricing, Unit(of, side), patience) for side in _sides(of))
            for of in _in_turn(sorts)}
    return [sorted(some, key=most.__getitem__) for some in sorts]


def _worth(inquiry: Inquiry, pricing: Pricing, unit: Unit, patience: Patience) -> list[int]:
    bound = pricing.looked_at(unit, patience)
    return UNKNOWN if bound is None else _losses(inquiry, bound)


def _priced(inquiry: Inquiry, pricing: Pricing, ordered: Sequence[Thing], most: int, looking: Patience
            ) -> dict[Thing, Both]:
    """Return the prices of both sides of each, the better sides first; once `most` were solved for, bounds.

    Things of which a side was not even looked at in time are left out.

    Parameters
    ----------
    looking : for how long bounds are looked for before anything is solved
    """
    worths = {Unit(of, side): _worth(inquiry, pricing, Unit(of, side), looking) for of in ordered for side in SIDES}
    first = [min((Unit(of, side) for side in _sides(of)), key=worths.__getitem__) for of in ordered]
    others = [Unit(unit.of, SIDES[unit.side == SIDES[0]]) for unit in first]
    found: dict[Unit, Price] = {}
    for unit in (*first, *others):
        left = most - sum(price.solved for price in found.values())
        bound = pricing.looked_at(unit, pricing.patience)
        if bound is not None:
            found[unit] = pricing.price(unit) if left > 0 else bound
    return {of: Both(*(found[Unit(of, side)] for side in SIDES)) for of in ordered
            if all(Unit(of, side) in found for side in SIDES)}


def _losses(inquiry: Inquiry, price: Price) -> list[int]:
    """Return by how much goals get worse; what is impossible is worst."""
    return losses(price.goals, inquiry.policy) if price.possible else UNKNOWN


def _order(inquiry: Inquiry) -> Callable[[Both], list[int]]:
    """Return the order of prices: what one more brings; of a bound, the better side."""
    def key(both: Both) -> list[int]:
        sides = both if isinstance(both.of, Bound) else (both.more,)
        return min(_losses(inquiry, price) for price in _each(sides))

    return key


def _each(sides: Both | tuple[Price, ...]) -> Iterator[Price]:
    yield from (sides.more, sides.fewer) if isinstance(sides, Both) else sides
