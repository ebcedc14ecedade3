"""The judge: a plan held against instance and policy, and against what it says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from matching.audit.balance import Flow, flows
from matching.audit.factbook import Facts
from matching.audit.goals import Counted, counted_goals, policy_of
from matching.audit.leftovers import leftover_statements
from matching.audit.pairwise import unverified
from matching.audit.recount import Recount
from matching.audit.result import REPEATED_PAIR, Audit, Breach, GoalValue
from matching.audit.rulebook import Rulebook
from matching.audit.sentences import repeated_text
from matching.audit.standing import Standing
from matching.audit.statements import (
    goal_statements,
    placement_statements,
    rule_statements,
    status_statements,
    unknown,
)
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.policy.model import Balance, Policy


def facts(instance: Instance, policy: Policy) -> Facts:
    """Return what is so of teachers and posts; InputError where the policy cannot be read."""
    return Facts(instance, policy)


class Auditor:
    """Judges plans of one instance under one policy; what no plan changes is worked out for the first and kept.

    Nothing is taken over from one plan's judgement into another's.

    Parameters
    ----------
    instance, policy : what is and what was asked for
    """

    def __init__(self, instance: Instance, policy: Policy) -> None:
        self._instance, self._policy = instance, policy

    @cached_property
    def _rulebook(self) -> Rulebook:
        return Rulebook(Facts(self._instance, self._policy))

    def audit(self, plan: Plan) -> Audit:
        """Judge a plan from the instance and the policy alone.

        A plan named after a variant of the policy is weighed as that variant says. See `Audit` for what is found.

        Raises
        ------
        InputError
            Where the policy cannot be read, or asks for what has no meaning.
        """
        instance, policy, known = self._instance, policy_of(self._policy, plan.plan), self._rulebook.facts
        stated = [p for p in plan.placements if p.teacher in instance.teacher and p.need in instance.need]
        counted = Recount(self._rulebook, [(p.teacher, p.need) for p in stated])
        true = tuple(known.placements(counted.roll))
        goals = counted_goals(known, policy, counted.roll, counted.standings)
        broken = (*_structure(plan, instance), *_rules(counted))
        said = () if plan.edited else _statements(plan, counted, goals, bool(broken))
        breaches = (*broken, *placement_statements(plan, zip(stated, true, strict=True)), *said)
        return Audit(breaches, tuple(g.line for g in goals), tuple(s.line for s in counted.standings),
                     tuple(unverified(known.requirements, counted.roll)), true)

    def goal_values(self, placements: Iterable[Placement]) -> tuple[GoalValue, ...]:
        """Return each goal's value for placements of known teachers in known needs, in the order of the goals."""
        counted = Recount(self._rulebook, [(p.teacher, p.need) for p in placements])
        goals = counted_goals(self._rulebook.facts, self._policy, counted.roll, counted.standings)
        return tuple(goal.line for goal in goals)


def audit(instance: Instance, policy: Policy, plan: Plan) -> Audit:
    """Judge a single plan, as an `Auditor` does."""
    return Auditor(instance, policy).audit(plan)


def goal_values(instance: Instance, policy: Policy, placements: Iterable[Placement]) -> tuple[GoalValue, ...]:
    """Return each goal's value for placements of known teachers in known needs, in the order of the goals."""
    return Auditor(instance, policy).goal_values(placements)


def movements(instance: Instance, policy: Policy, rule: Balance,
              placements: Iterable[Placement]) -> Mapping[str, Flow]:
    """Return how many leave and how many come in each group of a balance rule, by the group's label."""
    known = Facts(instance, policy)
    return flows(known, rule, known.roll((p.teacher, p.need) for p in placements))


def _structure(plan: Plan, known: Instance) -> Iterator[Breach]:
    """Yield unknown ids and pairs listed more than once."""
    for p in plan.placements:
        if p.teacher not in known.teacher:
            yield unknown("placements", p.teacher)
        if p.need not in known.need:
            yield unknown("placements", p.need)
    times = Counter((p.teacher, p.need) for p in plan.placements)
    for (teacher, need), many in times.items():
        if many > 1:
            yield Breach(REPEATED_PAIR, f"{teacher} -> {need}", many, 1, repeated_text(teacher, need, many))


def _rules(counted: Recount) -> Iterator[Breach]:
    hard = (s for s in counted.standings if s.text is not None and s.enforce == "hard")
    return map(_breach, (*counted.refusals, *hard))


def _breach(standing: Standing) -> Breach:
    assert standing.text is not None
    return Breach(standing.rule.id, standing.group, standing.value, standing.broken, standing.text)


def _statements(plan: Plan, counted: Recount, goals: Sequence[Counted], breaks_rules: bool) -> Iterator[Breach]:
    yield from status_statements(plan, breaks_rules)
    yield from goal_statements(plan, [goal.line for goal in goals], [goal.maximised for goal in goals])
    yield from rule_statements(plan, counted)
    yield from leftover_statements(plan, counted)
