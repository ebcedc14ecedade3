"""The require rules recounted over a plan's placements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.audit.over import MISSING
from matching.audit.pair import Pair
from matching.audit.requires import Requirement
from matching.audit.result import Unverified
from matching.audit.rolls import Roll
from matching.audit.sentences import require_text, required
from matching.audit.standing import Standing


def refused_standings(requirement: Requirement, roll: Roll) -> Iterator[Standing]:
    """Yield a standing for each placement that breaks a hard rule."""
    return (_refused(requirement, roll.pair(at)) for at in np.flatnonzero(requirement.refused(roll)).tolist())


def _refused(requirement: Requirement, pair: Pair) -> Standing:
    assert pair.teacher is not None
    assert pair.need is not None
    unmet = requirement.unmet(pair)
    seen = "; ".join(clause.field.show(pair) or "" for clause in unmet)
    asked = "; ".join(required(clause, pair) for clause in unmet)
    group = f"{pair.teacher.teacher_id} -> {pair.need.need_id}"
    return Standing(requirement.rule, group, seen, asked, 1, asked, require_text(requirement.rule, pair, unmet))


def measured_standing(requirement: Requirement, roll: Roll) -> Standing:
    """Return how many placements do not meet a rule that refuses none."""
    unmet = int(requirement.refused(roll).sum())
    return Standing(requirement.rule, "plan", unmet, 0, unmet)


def unverified(requirements: Sequence[Requirement], roll: Roll) -> Iterator[Unverified]:
    """Yield the placements for which a missing value leaves open whether they meet a rule."""
    for requirement in requirements:
        for at in np.flatnonzero(requirement.over(roll) == MISSING).tolist():
            pair = roll.pair(at)
            if pair.teacher and pair.need:
                yield Unverified(requirement.rule.id, pair.teacher.teacher_id, pair.need.need_id)
