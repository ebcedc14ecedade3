"""Which reasons are true of a teacher without a post and of a seat left empty (readings 24 and 25)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import compress

from matching.audit.bits import bits, everything
from matching.audit.pair import Pair
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

    def of_unplaced(self, teachers: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return the reasons that are true of teachers without a post, by id."""
        if not self._facts.receivers:
            return dict.fromkeys(teachers, self._others)
        people = {teacher: self._facts.senders[teacher] for teacher in teachers}
        return self._of_each(people, len(self._facts.receivers), self._free,
                             lambda last: NO_SEAT_LEFT if last is None else last[1])

    def of_unfilled(self, needs: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return the reasons that are true of needs with free seats, by id."""
        if not self._facts.senders:
            return dict.fromkeys(needs, frozenset({NO_CANDIDATE}))
        posts = {need: self._facts.receivers[need] for need in needs}
        return self._of_each(posts, len(self._facts.senders), self._idle,
                             lambda last: ALL_PLACED if last is None else last[1] if last[0] else NO_CANDIDATE)

    def _of_each(self, alone: Mapping[str, Pair], many: int, free: int,
                 word: Callable[[tuple[int, str] | None], str]) -> Mapping[str, frozenset[str]]:
        """Return the reasons of each of some on one side, where those that are `free` are so of `many` on the other.

        Whoever has one among the free is stopped by another rule; of the rest, `word` says what the last rule was that
        left none, if no rule refuses one that is not free.
        """
        funnel = self._facts.funnel
        found = dict.fromkeys(compress(alone, funnel.each_any(tuple(alone.values()), free)), self._others)
        rest = {key: half for key, half in alone.items() if key not in found}
        taken = set(compress(rest, funnel.each_any(tuple(rest.values()), everything(many) ^ free)))
        for key, half in rest.items():
            found[key] = frozenset({word(None if key in taken else funnel.last(half))})
        return found
