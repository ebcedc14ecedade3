"""Plans in the order of the policy's weights, on scales that no later plan moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.policy.model import Policy
from matching.policy.variants import MAIN
from matching.scoring.criteria import CRITERIA, Scale, gain, scale
from matching.scoring.dominance import dominators
from matching.scoring.firmness import Range, range_of
from matching.scoring.losses import GoalLoss, losses
from matching.scoring.metrics import Metrics, number


class Candidate(NamedTuple):
    """A plan to be ranked.

    `variant` is ``main``, or the id of the policy's variant that the plan is the answer to; these fix the scales. It
    is None for any further plan: an alternative, an edited or an added one.
    """

    plan: Plan
    variant: str | None
    metrics: Metrics


@dataclass(frozen=True)
class RankedPlan:
    """One plan in its place; `rank` is from 1, scores are from 0 to 1.

    `dominated_by` names the plans that are at least as good in every criterion and better in one; `same_as` those
    with the very same placements, which are not listed again. `loss` is what a further plan, made by the main plan's
    goals, loses of each beside it.
    """

    plan: Plan
    variant: str | None
    rank: int
    metrics: Metrics
    criteria: Mapping[str, Fraction]
    score: Fraction
    dominated_by: tuple[str, ...]
    same_as: tuple[str, ...]
    loss: tuple[GoalLoss, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the plan's entry in ``plans.json``."""
        return {
            "id": self.plan.plan, "variant": self.variant, "rank": self.rank, "status": self.plan.status,
            "goals": [line._asdict() for line in self.plan.goals], "metrics": self.metrics.to_dict(),
            "criteria": {name: number(score) for name, score in self.criteria.items()}, "score": number(self.score),
            "dominated_by": list(self.dominated_by), "same_as": list(self.same_as),
        } | ({"loss": [one._asdict() for one in self.loss]} if self.loss else {})


@dataclass(frozen=True)
class Ranking:
    """The plans, best first; `weights` sum to 1; `notes` say what the weights could not be applied to."""

    plans: tuple[RankedPlan, ...]
    weights: Mapping[str, Fraction]
    notes: tuple[Text, ...] = ()

    @property
    def best(self) -> RankedPlan:
        """The recommended plan; IndexError where there is none."""
        return self.plans[0]

    def to_dict(self) -> dict[str, Any]:
        """Return what ``plans.json`` holds."""
        return {
            "plans": [plan.to_dict() for plan in self.plans],
            "weights": {name: number(weight) for name, weight in self.weights.items()},
            "firmness": {name: one.to_dict() for name, one in firmness(self).items()},
            "notes": [note._asdict() for note in self.notes],
        }


def rank(policy: Policy, candidates: Sequence[Candidate], notes: Sequence[Text] = ()) -> Ranking:
    """Rank plans by the weighted mean of their criteria, ties by plan id.

    A criterion's score runs from 0 at its worst to 1 at its best value among the candidates that fix the scales,
    clipped; where these are all equal, that value and any better one score 1. Of plans with equal placements the
    first is kept.

    Parameters
    ----------
    policy : its `ranking` gives the weights; those of criteria of which no plan has a value are left out and noted
    candidates : in the order in which they were found, ``main`` first
    notes : to be said beside those on the weights
    """
    scales = {name: scale(gain(name, c.metrics) for c in candidates if c.variant is not None) for name in CRITERIA}
    weights, left_out = _weights(policy, [name for name, fixed in scales.items() if fixed is not None])
    kept = _merged(candidates)
    main = next((c.plan for c in candidates if c.variant == MAIN), None)
    rivals = dominators({c.plan.plan: tuple(gain(name, c.metrics) for name in CRITERIA) for c, _ in kept})
    scored = [(c, same, {name: _score(scales[name], gain(name, c.metrics)) for name in CRITERIA}) for c, same in kept]
    totals = {c.plan.plan: sum((weights[n] * s for n, s in scores.items() if n in weights), Fraction(0))
              for c, _, scores in scored}
    scored.sort(key=lambda entry: (-totals[entry[0].plan.plan], entry[0].plan.plan))
    return Ranking(tuple(
        RankedPlan(c.plan, c.variant, place, c.metrics, scores, totals[c.plan.plan], rivals[c.plan.plan], same,
                   losses(policy, main, c.plan) if main is not None and c.variant is None else ())
        for place, (c, same, scores) in enumerate(scored, 1)), weights, (*left_out, *notes))


def firmness(ranking: Ranking) -> Mapping[str, Range]:
    """Return for each weight the range in which the plan that is first stays first, the others in proportion."""
    plans = {p.plan.plan: p.criteria for p in ranking.plans}
    return {name: range_of(name, plans, ranking.weights) for name in ranking.weights} if plans else {}


def _score(fixed: Scale | None, value: Fraction | None) -> Fraction:
    return Fraction(1) if fixed is None else fixed.score(value)


def _merged(candidates: Sequence[Candidate]) -> list[tuple[Candidate, tuple[str, ...]]]:
    groups: dict[frozenset[tuple[str, str]], list[Candidate]] = {}
    for candidate in candidates:
        pairs = frozenset((p.teacher, p.need) for p in candidate.plan.placements)
        groups.setdefault(pairs, []).append(candidate)
    return [(group[0], tuple(c.plan.plan for c in group[1:])) for group in groups.values()]


def _weights(policy: Policy, known: Sequence[str]) -> tuple[dict[str, Fraction], tuple[Text, ...]]:
    """Return the weights over the `known` criteria, summing to 1, and a note for each thing left out."""
    computed = {name: policy.ranking[name] for name in known if policy.ranking.get(name)}
    left_out = [CRITERIA[name].title for name, weight in policy.ranking.items() if weight and name not in known]
    notes = [Text(f"排序准则“{title.zh}”没有数值可比，其权重已按比例分给其余准则。",
                  f"No plan has a value for “{title.en}”; its weight was shared among the other criteria.")
             for title in left_out]
    if not computed:
        computed = dict.fromkeys(known, Fraction(1))
        notes.append(Text("政策没有给出可用的排序权重，各准则按同等权重计算。",
                          "The policy gives no usable ranking weights; every criterion weighs the same."))
    total = sum(computed.values(), Fraction(0))
    return {name: weight / total for name, weight in computed.items()}, tuple(notes)
