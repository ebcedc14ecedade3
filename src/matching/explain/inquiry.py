"""What questions about one plan are asked of: worked out once, when first needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from matching.audit import Facts, facts
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.explain.ids import known
from matching.explain.solved import NOTHING, Start
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.problem import Problem, compile
from matching.problem.credits import CreditedFields


class Inquiry:
    """One plan under one policy, ready to be asked about.

    Parameters
    ----------
    policy : the run's; goals and points are those that the plan was made by
    start : what shortens the first answer that is found by solving again
    """

    def __init__(self, instance: Instance, policy: Policy, plan: Plan, start: Start = NOTHING) -> None:
        self.start = start
        self.instance = instance
        self.policy = weighed(policy, plan.plan)
        self.plan = plan

    @cached_property
    def facts(self) -> Facts:
        """The audit's facts: what is so of a teacher beside a post."""
        return facts(self.instance, self.policy)

    @cached_property
    def fields(self) -> CreditedFields:
        """The model's fields."""
        return CreditedFields(self.instance, self.policy)

    @cached_property
    def problem(self) -> Problem:
        """The whole problem; only what is solved again needs it."""
        return compile(self.instance, self.policy)

    @cached_property
    def filled(self) -> Mapping[str, int]:
        """How many seats of each post the plan fills."""
        return Counter(p.need for p in self.plan.placements)

    @cached_property
    def teacher_at(self) -> Mapping[str, int]:
        """Positions of the teachers."""
        return {t.teacher_id: at for at, t in enumerate(self.instance.teachers)}

    @cached_property
    def need_at(self) -> Mapping[str, int]:
        """Positions of the posts."""
        return {n.need_id: at for at, n in enumerate(self.instance.needs)}

    def placements(self, teacher: str) -> tuple[Placement, ...]:
        """Return the teacher's placements in the plan."""
        return tuple(p for p in self.plan.placements if p.teacher == teacher)

    def teacher(self, given: str) -> str:
        """Return a teacher's id; InputError with the nearest where there is none such."""
        return known("teacher", given, self.teacher_at, {t.teacher_id: t.name for t in self.instance.teachers})

    def need(self, given: str) -> str:
        """Return a post's id; InputError with the nearest where there is none such."""
        sites = self.instance.site
        return known("need", given, self.need_at, {n.need_id: sites[n.site_id].name for n in self.instance.needs})

    def rule(self, given: str) -> str:
        """Return a rule's id; InputError with the nearest where there is none such."""
        return known("rule", given, [r.id for r in self.policy.rules], {r.id: r.title.zh for r in self.policy.rules})
