"""The weight of the seats filled is what the audit recounts, though neither knows the other's reading."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.audit import audit
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.policy import condition, load
from matching.policy.model import Goal, Policy, Weight
from matching.scoring import score
from tests.kinds import CREDITS, with_ledgers
from tests.scoring.plans import placement

CONDITIONS = (
    "backbone = yes", "title >= 高级; need.priority <= 2", "pairing in must|prefer|allow", "preference <= 2", "km < 60",
    "subject_fit = main; stage_fit = main", "years_since_rural >= 3", "host.county = home.county", "language_ok = yes",
    "backbone >= need.backbone_required", "mode = resident", "alt_subjects is given", "need.subject in alt_subjects",
    "credited_hours >= 40", "host in ledger_sites; ledger_sites is given", "home.exchange_staff >= 3",
    "host.exchange_staff is given; host.exchange_staff < 6", "credited_hours > score", "ledger_sites != 'R1'",
    "moved = no; same_prefecture = yes", "minutes <= 60", "score >= 61", "served_since_title = yes", "joined < 2024-01",
)


def weighed(*texts: str) -> Policy:
    """The base policy with a weight for each condition, the first the heaviest, and 1 for the rest."""
    rows = [Weight((condition(text),), len(texts) + 1 - i) for i, text in enumerate(texts)]
    return replace(BASE, goals=(Goal("fill", weights=(*rows, Weight((), 1))),))


BASE = replace(load("base"), rules=(*load("base").rules, *CREDITS))


@pytest.fixture(scope="module")
def weighings() -> list[Policy]:
    return [BASE, *(weighed(*CONDITIONS[i:i + 3]) for i in range(0, len(CONDITIONS), 3))]


@settings(max_examples=60, deadline=None)
@given(instance=with_ledgers(), data=st.data())
def test_weighted_seats_are_the_audits(weighings: list[Policy], instance: Instance, data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(weighings))
    pairs = st.tuples(st.sampled_from([t.teacher_id for t in instance.teachers]),
                      st.sampled_from([n.need_id for n in instance.needs]))
    drawn = data.draw(st.lists(pairs, unique_by=lambda p: p[0], max_size=6))
    found = audit(instance, policy, Plan("main", "unknown", 0, tuple(placement(*p) for p in drawn)))
    figures = score(instance, policy, Plan("main", "unknown", 0, found.placements))
    assert {g.goal: g.value for g in found.goals}["fill"] == figures.fill.part
