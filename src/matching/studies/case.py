"""What a study looks at: an instance, a policy and one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.audit import Facts
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.policy.conditions import Conditions
from matching.policy.model import Policy
from matching.problem.arcs import Arcs, eligible
from matching.problem.conditions import Bools, Pairs, holds
from matching.problem.credits import CreditedFields
from matching.problem.fields import Fields
from matching.problem.problem import Problem, compile, hard_requires


@dataclass(frozen=True)
class Case:
    """An instance, a policy and one plan; what follows from them is worked out when first asked for."""

    instance: Instance
    policy: Policy
    plan: Plan

    @cached_property
    def facts(self) -> Facts:
        """The facts of teachers and posts, as the audit finds them."""
        return Facts(self.instance, self.policy)

    @cached_property
    def problem(self) -> Problem:
        """The instance and the policy compiled."""
        return compile(self.instance, self.policy)

    @cached_property
    def fields(self) -> Fields:
        """Every field that a condition may name."""
        return CreditedFields(self.instance, self.policy)

    @cached_property
    def arcs(self) -> Arcs:
        """The pairs that the hard require rules leave."""
        return eligible(hard_requires(self.policy), self.fields)

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """The plan's placements of known teachers in known posts; of an edited plan with every fact recounted."""
        known = (p for p in self.plan.placements if p.teacher in self.instance.teacher and p.need in self.instance.need)
        return tuple(self.facts.placement(p.teacher, p.need) for p in known) if self.plan.edited else tuple(known)

    @cached_property
    def placed(self) -> Mapping[str, tuple[Placement, ...]]:
        """The placements of each teacher who has any."""
        found: dict[str, tuple[Placement, ...]] = {}
        for p in self.placements:
            found[p.teacher] = (*found.get(p.teacher, ()), p)
        return found

    @cached_property
    def teacher_at(self) -> Mapping[str, int]:
        """The position of each teacher in the instance."""
        return {t.teacher_id: i for i, t in enumerate(self.instance.teachers)}

    @cached_property
    def need_at(self) -> Mapping[str, int]:
        """The position of each need in the instance."""
        return {n.need_id: i for i, n in enumerate(self.instance.needs)}

    def pairs(self, placements: tuple[Placement, ...]) -> Pairs:
        """Return placements as pairs for conditions."""
        return Pairs(np.array([self.teacher_at[p.teacher] for p in placements], np.int64),
                     np.array([self.need_at[p.need] for p in placements], np.int64))

    def matching(self, conditions: Conditions) -> Bools:
        """Tell for each teacher whether conditions on teacher and home fields hold."""
        n = len(self.instance.teachers)
        return holds(conditions, self.fields, Pairs(np.arange(n), np.zeros(n, np.int64)))
