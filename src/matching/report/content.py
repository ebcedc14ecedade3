"""What a report is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matching.audit import Flow
from matching.domain.findings import Finding
from matching.domain.instance import Instance
from matching.domain.plan import Plan, RuleLine
from matching.explain.unfilled.answer import Competing
from matching.explain.unfilled.brief import Brief
from matching.explain.unfilled.shortages import Shortage
from matching.policy.model import Policy
from matching.scoring import Metrics, RankedPlan, Ranking
from matching.studies import Case, studies_of

if TYPE_CHECKING:
    from matching.planner import Front
    from matching.scenarios.replan import Replanned

Flows = Mapping[tuple[str, str], Flow]
Funnel = Sequence[tuple[str, int]]
"""Rule by rule, by id, how many teachers are left for a post."""


@dataclass(frozen=True)
class Report:
    """The ranked plans of one run, and what is known of the recommended one.

    Attributes
    ----------
    ranking : at least one plan
    rules : how the rules stand in the recommended plan, by the audit, all lines of a rule together; without any, the
        lines of the plan itself
    flows : by rule id and group, how many leave and come under each balance rule; may be empty
    findings : what was found in the input
    funnels : by need id, for posts with empty seats, as `matching.explain.funnel.candidates_left` gives them; may be
        empty
    gaps : by need id, why posts have empty seats, in short; may be empty
    shortages : the kinds of posts with fewer teachers than seats, whatever the plan
    families : sets of posts that compete for too few teachers, no post in two of them
    fronts : those that the policy asks for
    run_id : shown at the foot of the page
    replanned : where the plan is one in force, changed as little as possible
    """

    instance: Instance
    policy: Policy
    ranking: Ranking
    rules: tuple[RuleLine, ...] = ()
    flows: Flows = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    funnels: Mapping[str, Funnel] = field(default_factory=dict)
    gaps: Mapping[str, Brief] = field(default_factory=dict)
    shortages: tuple[Shortage, ...] = ()
    families: tuple[Competing, ...] = ()
    fronts: tuple[Front, ...] = ()
    run_id: str | None = None
    replanned: Replanned | None = None

    @property
    def rule_lines(self) -> tuple[RuleLine, ...]:
        """How the rules stand in the recommended plan."""
        return self.rules or self.plan.rules

    @property
    def best(self) -> RankedPlan:
        """The recommended plan with its figures."""
        return self.ranking.best

    @property
    def plan(self) -> Plan:
        """The recommended plan."""
        return self.best.plan

    @property
    def metrics(self) -> Metrics:
        """The figures of the recommended plan."""
        return self.best.metrics

    @cached_property
    def studies(self) -> Mapping[str, tuple[Any, ...]]:
        """The rows of the studies that have meaning for the recommended plan, by the study's id."""
        case = Case(self.instance, self.policy, self.plan)
        return {name: study.rows(case) for name, study in studies_of(case).items()}
