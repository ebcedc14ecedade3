"""Those whom a hard rule keeps together: what that asks of a teacher's other posts."""

from __future__ import annotations

from functools import cached_property

from matching.policy.model import Together
from matching.problem.together import travelling
from matching.report.letters.ground import Ground


class Company:
    """Answers about one teacher at a time."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def rule(self, teacher: int) -> str | None:
        """Return the first rule, by id, that keeps the teacher together with others; None where they go alone."""
        return next((rule.id for rule, members in self._kept if teacher in members), None)

    def joint(self, teacher: int, here: int | None, there: int) -> bool:
        """Tell whether others would have to move where the teacher takes arc `there` in place of `here`, if any."""
        needs = self._ground.problem.arcs.need
        for rule, members in self._kept:
            if teacher in members:
                places = self._ground.problem.fields.raw(rule.per)
                if here is None or places[needs[here]] != places[needs[there]]:
                    return True
        return False

    @cached_property
    def _kept(self) -> list[tuple[Together, frozenset[int]]]:
        problem = self._ground.problem
        return [(rule, frozenset(members)) for rule in problem.policy.active(Together) if rule.enforce == "hard"
                for _, members in travelling(rule, problem.fields)]
