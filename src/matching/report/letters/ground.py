"""What letters are told from: a plan that has just been audited, and what every eligible pair is like beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.audit import audit
from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.policy.model import Policy
from matching.policy.variants import NUMBERED, weighed
from matching.problem import Problem, compile
from matching.problem.points import Table, points_of_arcs
from matching.problem.program import Int64, Objective
from matching.problem.standing import Standing

OPEN, FULL, TAKEN = -1, -2, -3
"""How an eligible pair stands: nothing in the way; no seat free; it is in the plan. Else the position of a rule."""
ALIKE = ("score", "backbone", "promotion_need")
"""Points that a teacher brings to every post: they choose between people, never between one's own posts."""


@dataclass(frozen=True)
class Ground:
    """A plan laid over the eligible pairs (arcs) of its problem.

    Attributes
    ----------
    chosen : int64, shape (n_placements,); the arcs of the plan
    free : int64, shape (n_needs,); seats left empty
    """

    problem: Problem
    plan: Plan
    chosen: Int64
    free: Int64

    @classmethod
    def of(cls, instance: Instance, policy: Policy, plan: Plan) -> Ground:
        """Audit `plan` and lay it over the eligible pairs.

        Raises
        ------
        InputError
            Where the audit finds anything wrong with the plan: nothing is written to anybody then.
        """
        policy = weighed(policy, plan.plan)
        found = audit(instance, policy, plan)
        if not found.ok:
            first = found.breaches[0].text
            raise InputError([error("plan_in_breach", f"方案 {plan.plan} 未通过审计，不能据此写信：{first.zh}",
                                    f"The plan {plan.plan} did not pass the audit; no letters are written: {first.en}",
                                    value=plan.plan)])
        problem = compile(instance, policy)
        chosen = problem.columns([(p.teacher, p.need) for p in plan.placements])
        seats = np.array([need.count for need in instance.needs], np.int64)
        filled = np.bincount(problem.arcs.need[chosen], minlength=len(seats))
        return cls(problem, plan, chosen, seats - filled)

    @property
    def instance(self) -> Instance:
        """What the plan places."""
        return self.problem.instance

    @cached_property
    def placements(self) -> Mapping[str, tuple[Placement, ...]]:
        """The placements of each teacher, by id."""
        found: dict[str, list[Placement]] = {}
        for placement in self.plan.placements:
            found.setdefault(placement.teacher, []).append(placement)
        return {who: tuple(held) for who, held in found.items()}

    @cached_property
    def chosen_of(self) -> Mapping[int, Int64]:
        """The chosen arcs of each teacher, by position."""
        found: dict[int, list[int]] = {}
        for teacher, arc in zip(self.problem.arcs.teacher[self.chosen].tolist(), self.chosen.tolist(), strict=True):
            found.setdefault(teacher, []).append(arc)
        return {teacher: np.array(arcs, np.int64) for teacher, arcs in found.items()}

    @cached_property
    def table(self) -> Table:
        """The points by which the plan was made; empty where its goals ask for none."""
        goals = [goal for goal in self.problem.policy.goals if goal.kind == "points"]
        if any(goal.points is None for goal in goals) or not self.problem.policy.goals:
            return self.problem.policy.points
        return goals[0].points or {} if goals else {}

    @cached_property
    def terms(self) -> Mapping[str, Int64]:
        """The points of every arc by name, without those that are alike for all posts of a teacher."""
        problem = self.problem
        return {name: points_of_arcs({name: value}, problem.fields, problem.arcs, problem.facts)
                for name, value in self.table.items() if name not in ALIKE and np.any(value)}

    @cached_property
    def points(self) -> Int64:
        """The points of every arc in all; without any, hectometres, by which posts are then compared."""
        if not self.terms:
            return self.problem.facts.costed_hectometres.astype(np.int64)
        return np.asarray(np.sum(list(self.terms.values()), axis=0), np.int64)

    @cached_property
    def leaves(self) -> Int64:
        """The chosen arc that each teacher would leave for another post, the one with most points; -1 without any."""
        leaves = np.full(self.problem.arcs.n_teachers, -1, np.int64)
        order = self.chosen[np.argsort(self.points[self.chosen], kind="stable")]
        leaves[self.problem.arcs.teacher[order]] = order
        return leaves

    @cached_property
    def stands(self) -> Int64:
        """How every arc stands if its teacher alone took it, in place of what they have: see `OPEN`."""
        arcs = self.problem.arcs
        stands = np.where(self.free[arcs.need] > 0, OPEN, FULL).astype(np.int64)
        stands[self.chosen] = TAKEN
        ask = np.flatnonzero(stands == OPEN)
        left = self.leaves[arcs.teacher[ask]]
        moves = np.flatnonzero(left >= 0)
        change = np.concatenate([np.arange(len(ask)), moves])
        by = np.concatenate([np.ones(len(ask), np.int64), -np.ones(len(moves), np.int64)])
        stands[ask] = self.standing.broken(len(ask), change, np.concatenate([ask, left[moves]]), by)
        return stands

    @cached_property
    def standing(self) -> Standing:
        """The hard rules, as they stand in the plan."""
        return Standing(self.problem, self.chosen)

    @cached_property
    def plain_goals(self) -> tuple[tuple[Objective, bool], ...]:
        """The goals in order, each with whether arcs alone decide it."""
        n = self.problem.program.n_arcs
        return tuple((goal, not goal.cost[n:].any()) for goal in self.problem.program.objectives)

    @property
    def best_by_goals(self) -> bool:
        """Whether no plan at all is better by the goals: it is proven, and nothing but the goals chose it."""
        name, variants = self.plan.plan, self.problem.policy.variants
        stable = any(v.id == name and v.method == "stable" for v in variants)
        return self.plan.status == "optimal" and not stable and NUMBERED.fullmatch(name) is None

    def arcs_of(self, teacher: int) -> Int64:
        """Return the arcs of the teacher at that position."""
        start = self.problem.arcs.start
        return np.arange(start[teacher], start[teacher + 1], dtype=np.int64)

