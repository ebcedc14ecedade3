"""The figures of a plan, counted anew from its placements."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.records import Need
from matching.domain.terms import BACKBONE
from matching.policy.model import Policy
from matching.scoring.fairness import Fairness
from matching.scoring.metrics import Kilometres, Metrics, SenderLoad, Share, Wishes
from matching.scoring.pairs import hectometres
from matching.scoring.weights import weighted_fill


def score(instance: Instance, policy: Policy, plan: Plan, fairness: Fairness | None = None) -> Metrics:
    """Count what `plan` achieves from its (teacher, post) pairs and the facts stated of each.

    Parameters
    ----------
    plan : an audited plan whose facts are stated: an edited plan needs them filled in first
    fairness : its envy and blocking pairs, from who knows the eligible pairs (`matching.studies.fairness.fairness`)

    Raises
    ------
    ValueError
        Where a placement does not state its yuan.
    KeyError
        Where a placement names an unknown teacher or post.
    """
    if any(p.yuan is None for p in plan.placements):
        raise ValueError("a plan is scored only after the facts of its placements are filled in")
    filled = Counter(p.need for p in plan.placements)
    return Metrics(
        seats=Share(len(plan.placements), sum(n.count for n in instance.needs)),
        fill=weighted_fill(instance, policy, plan),
        county_fill=_fill(instance, filled, lambda n: instance.site[n.site_id].county),
        subject_fill=_fill(instance, filled, lambda n: n.subject),
        stage_fill=_fill(instance, filled, lambda n: n.stage),
        backbone=_backbone(instance, policy, plan),
        km=_kilometres(plan),
        wishes=_wishes(instance, plan),
        yuan=sum(p.yuan or 0 for p in plan.placements),
        senders=_senders(instance, plan),
        fairness=fairness,
    )


def _fill(instance: Instance, filled: Mapping[str, int], group: Callable[[Need], str]) -> dict[str, Share]:
    shares: dict[str, Share] = {}
    for need in instance.needs:
        part, whole = shares.get(group(need), (0, 0))
        shares[group(need)] = Share(part + filled.get(need.need_id, 0), whole + need.count)
    return shares


def _backbone(instance: Instance, policy: Policy, plan: Plan) -> Share:
    least = BACKBONE.rank(policy.backbone)
    levels = (instance.backbone_level(instance.teacher[p.teacher]) for p in plan.placements)
    return Share(sum(BACKBONE.rank(level) >= least for level in levels), len(plan.placements))


def _kilometres(plan: Plan) -> Kilometres:
    known = sorted(hectometres(p.km) for p in plan.placements if p.km is not None)
    unknown = len(plan.placements) - len(known)
    if not known:
        return Kilometres(None, None, None, unknown)
    at_90 = known[math.ceil(Fraction(9 * len(known), 10)) - 1]
    return Kilometres(Fraction(sum(known), 10 * len(known)), Fraction(at_90, 10), Fraction(known[-1], 10), unknown)


def _wishes(instance: Instance, plan: Plan) -> Wishes:
    places = {s.county for s in instance.sites} | instance.site.keys() | instance.need.keys()
    named = {t.teacher_id for t in instance.teachers
             if t.status == "approved" and not t.deferred and not places.isdisjoint((t.pref_1, t.pref_2, t.pref_3))}
    best: dict[str, int] = {}
    for p in plan.placements:
        if p.teacher in named:
            best[p.teacher] = min(best.get(p.teacher, 4), p.preference or 4)
    met = Counter(best.values())
    unplaced = len(named) - len(best)
    return Wishes(met[1], met[2], met[3], met[4] + unplaced, unplaced)


def _senders(instance: Instance, plan: Plan) -> tuple[SenderLoad, ...]:
    approved = Counter(t.home_site for t in instance.teachers if t.status == "approved")
    home = {t.teacher_id: t.home_site for t in instance.teachers}
    placed = Counter(home[p.teacher] for p in plan.placements)
    resident = Counter(home[p.teacher] for p in plan.placements if p.mode == "resident")
    return tuple(SenderLoad(s.site_id, placed[s.site_id], resident[s.site_id], approved[s.site_id])
                 for s in instance.sites if approved[s.site_id] or placed[s.site_id])
