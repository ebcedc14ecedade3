"""The require rules recounted over a plan's placements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.audit.factbook import Facts
from matching.audit.pair import Pair
from matching.audit.requires import Requirement
from matching.audit.result import Unverified
from matching.audit.sentences import require_text, required
from matching.audit.standing import Standing


def refused_standings(requirement: Requirement, pairs: Sequence[Pair]) -> Iterator[Standing]:
    """Yield a standing for each placement that breaks a hard rule."""
    for pair in filter(requirement.refuses, pairs):
        assert pair.teacher is not None
        assert pair.need is not None
        unmet = requirement.unmet(pair)
        seen = "; ".join(clause.field.show(pair) or "" for clause in unmet)
        asked = "; ".join(required(clause, pair) for clause in unmet)
        group = f"{pair.teacher.teacher_id} -> {pair.need.need_id}"
        yield Standing(requirement.rule, group, seen, asked, 1, asked, require_text(requirement.rule, pair, unmet))


def measured_standing(requirement: Requirement, pairs: Sequence[Pair]) -> Standing:
    """Return how many placements do not meet a rule that refuses none."""
    unmet = sum(map(requirement.refuses, pairs))
    return Standing(requirement.rule, "plan", unmet, 0, unmet)


def unverified(facts: Facts, pairs: Sequence[Pair]) -> Iterator[Unverified]:
    """Yield the placements for which a missing value leaves open whether they meet a rule."""
    for requirement in facts.requirements:
        for pair in pairs:
            if requirement.verdict(pair) is None and pair.teacher and pair.need:
                yield Unverified(requirement.rule.id, pair.teacher.teacher_id, pair.need.need_id)
