"""A plan's placements beside the facts, and how every rule stands with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from matching.audit.balance import balance_standings
from matching.audit.pairwise import measured_standing, refused_standings
from matching.audit.people import place_standings, together_standings
from matching.audit.rulebook import Rulebook
from matching.audit.staffing import staffing_standings
from matching.audit.standing import Standing
from matching.policy.model import Balance, Place, Quota, Require, Rule, Staffing, Together


class Recount:
    """Placements of known teachers in known needs, by id; any pair may come twice."""

    def __init__(self, rulebook: Rulebook, placed: Sequence[tuple[str, str]]) -> None:
        self.facts, self._rulebook = rulebook.facts, rulebook
        self.roll = self.facts.roll(placed)

    @cached_property
    def by_teacher(self) -> Mapping[str, Sequence[int]]:
        """Rows of the placements by teacher id."""
        found: dict[str, list[int]] = {}
        for row, teacher in enumerate(self.roll.column(self.facts.field("teacher")).each()):
            found.setdefault(teacher, []).append(row)
        return found

    @cached_property
    def filled(self) -> Mapping[str, int]:
        """Seats taken, by need id."""
        assert self.roll.needs is not None
        times = np.bincount(self.roll.needs, minlength=len(self.facts.posts))
        return dict(zip(self.facts.instance.need, times.tolist(), strict=True))

    @cached_property
    def refusals(self) -> Sequence[Standing]:
        """The placements that break a hard require rule."""
        hard = (r for r in self.facts.requirements if r.rule.enforce == "hard")
        return tuple(standing for r in hard for standing in refused_standings(r, self.roll))

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """How every other rule stands in every group, in the policy's order."""
        rules = (rule for rule in self.facts.policy.rules if rule.on)
        return tuple(chain.from_iterable(map(self._of, rules)))

    def _of(self, rule: Rule) -> Iterator[Standing]:
        if isinstance(rule, Quota):
            return self._rulebook.quotas[rule.id].standings(self.roll)
        if isinstance(rule, Place):
            return place_standings(self.facts, rule, self.by_teacher)
        if isinstance(rule, Together):
            return together_standings(self.facts, rule, self.roll, self.by_teacher)
        if isinstance(rule, Balance):
            return balance_standings(self.facts, rule, self.roll)
        if isinstance(rule, Staffing):
            return staffing_standings(self.facts, rule)
        return self.measured(rule) if rule.enforce != "hard" else iter(())

    def measured(self, rule: Rule) -> Iterator[Standing]:
        """Yield how many placements do not meet a require rule."""
        found = (r for r in self.facts.requirements if isinstance(rule, Require) and r.rule.id == rule.id)
        return (measured_standing(r, self.roll) for r in found)
