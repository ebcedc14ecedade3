"""The criteria that plans are ranked by (Contract 2, "Variants and ranking")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from matching.domain.text import Text
from matching.scoring.metrics import Metrics


class Criterion(NamedTuple):
    """One criterion: how it is read off the metrics; `sense` is 1 where more is better, -1 where less is."""

    title: Text
    value: Callable[[Metrics], Fraction | None]
    sense: int


CRITERIA: Mapping[str, Criterion] = {
    "fill": Criterion(Text("需求满足", "Fill"), lambda m: m.fill.value, 1),
    "backbone": Criterion(Text("骨干占比", "Backbone share"), lambda m: m.backbone.value, 1),
    "km": Criterion(Text("平均公里", "Mean km"), lambda m: m.km.mean, -1),
    "preference": Criterion(Text("意向满足", "Wishes met"), lambda m: m.wishes.score, 1),
    "fair": Criterion(Text("县际均衡", "Evenness between counties"), lambda m: m.fair, 1),
    "yuan": Criterion(Text("补助总额", "Total subsidy"), lambda m: Fraction(m.yuan), -1),
    "envy": Criterion(Text("可避免的羡慕", "Avoidable envy"), lambda m: m.envy, -1),
}
"""The criteria that are computed, in the order in which they are shown."""


class Scale(NamedTuple):
    """The worst and the best value of a criterion among the plans that fix it, as `gain` has them."""

    worst: Fraction
    best: Fraction

    def score(self, gain: Fraction | None) -> Fraction:
        """Return where `gain` lies from 0 (worst) to 1 (best), clipped; a missing one is 0."""
        if gain is None:
            return Fraction(0)
        if self.worst == self.best:
            return Fraction(gain >= self.best)
        return min(max((gain - self.worst) / (self.best - self.worst), Fraction(0)), Fraction(1))


def gain(name: str, metrics: Metrics) -> Fraction | None:
    """Return a criterion's value turned so that more is better, or None where the plan has none."""
    value = CRITERIA[name].value(metrics)
    return None if value is None else CRITERIA[name].sense * value


def scale(gains: Iterable[Fraction | None]) -> Scale | None:
    """Return the scale that some plans' gains fix; None where no plan has a value."""
    known = [g for g in gains if g is not None]
    return Scale(min(known), max(known)) if known else None
