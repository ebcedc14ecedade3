"""Which reasons are true of a teacher without a post and of a seat left empty (readings 24 and 25)."""

from __future__ import annotations

from functools import cached_property

from matching.audit.pair import Pair
from matching.audit.recount import Recount
from matching.audit.requires import bits
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
    def _placed(self) -> int:
        teachers, placed = self._facts.instance.teachers, self._recount.by_teacher
        return bits([at for at, teacher in enumerate(teachers) if teacher.teacher_id in placed])

    def of_unplaced(self, teacher_id: str) -> frozenset[str]:
        """Return the reasons that are true of a teacher without a post."""
        person, left = self._facts.senders[teacher_id], (1 << len(self._facts.receivers)) - 1
        if not left:
            return self._others
        for rule, refused in self._facts.funnel:
            left &= ~refused.needs(person)
            if not left:
                return frozenset({rule})
        return self._others if left & self._free else frozenset({NO_SEAT_LEFT})

    def of_unfilled(self, need_id: str) -> frozenset[str]:
        """Return the reasons that are true of a need with free seats."""
        post: Pair = self._facts.receivers[need_id]
        left = (1 << len(self._facts.senders)) - 1
        for at, (rule, refused) in enumerate(self._facts.funnel):
            left &= ~refused.teachers(post)
            if not left:
                return frozenset({rule if at else NO_CANDIDATE})
        if not left:
            return frozenset({NO_CANDIDATE})
        return self._others if left & ~self._placed else frozenset({ALL_PLACED})
