"""Which reasons are true of a teacher without a post and of a seat left empty (readings 24 and 25)."""

from __future__ import annotations

from functools import cached_property

from matching.audit.bits import bits, everything
from matching.audit.recount import Recount
from matching.policy.model import Require

NO_SEAT_LEFT, NO_CANDIDATE, ALL_PLACED, NOT_NEEDED = (
    "no_seat_left", "no_candidate", "all_placed_elsewhere", "not_needed")


class Reasons:
    """Answers for one plan.

    Of a rule other than require rules, only that it may be a reason is judged, not that it is the first broken.
    """

    def __init__(self, recount: Recount) -> None:
        self._recount, self._facts = recount, recount.facts

    @cached_property
    def _others(self) -> frozenset[str]:
        """What may stop a placement that is eligible and has a seat."""
        rules = self._facts.policy.rules
        hard = {r.id for r in rules if r.on and r.enforce == "hard" and not isinstance(r, Require)}
        return frozenset(hard | {NOT_NEEDED})

    @cached_property
    def _free(self) -> int:
        needs, filled = self._facts.instance.needs, self._recount.filled
        return bits([at for at, need in enumerate(needs) if need.count > filled[need.need_id]])

    @cached_property
    def _idle(self) -> int:
        teachers, placed = self._facts.instance.teachers, self._recount.by_teacher
        return bits([at for at, teacher in enumerate(teachers) if teacher.teacher_id not in placed])

    def of_unplaced(self, teacher_id: str) -> frozenset[str]:
        """Return the reasons that are true of a teacher without a post."""
        person, funnel = self._facts.senders[teacher_id], self._facts.funnel
        if not self._facts.receivers or funnel.any(person, self._free):
            return self._others
        last = None if funnel.any(person, everything(len(self._facts.receivers)) ^ self._free) else funnel.last(person)
        return frozenset({NO_SEAT_LEFT if last is None else last[1]})

    def of_unfilled(self, need_id: str) -> frozenset[str]:
        """Return the reasons that are true of a need with free seats."""
        post, funnel = self._facts.receivers[need_id], self._facts.funnel
        if not self._facts.senders:
            return frozenset({NO_CANDIDATE})
        if funnel.any(post, self._idle):
            return self._others
        last = None if funnel.any(post, everything(len(self._facts.senders)) ^ self._idle) else funnel.last(post)
        if last is None:
            return frozenset({ALL_PLACED})
        return frozenset({last[1] if last[0] else NO_CANDIDATE})
