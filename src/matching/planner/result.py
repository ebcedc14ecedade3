"""What a solve returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from matching.audit import goal_values
from matching.domain.findings import Finding
from matching.domain.instance import Instance
from matching.domain.plan import Plan, RuleLine, Status
from matching.domain.text import Text
from matching.explain.conflicts.conflict import Diagnosis
from matching.explain.ids import known
from matching.explain.inquiry import Inquiry
from matching.explain.people.person import Explanation, explained
from matching.explain.people.why_not import WhyNot, why_not
from matching.explain.prices.prices import LISTED, MOST, Prices, prices
from matching.explain.rules.answer import WhyRule
from matching.explain.rules.rule import explain_rule
from matching.explain.solved import NOTHING, Start
from matching.explain.unfilled.answer import WhyUnfilled
from matching.explain.unfilled.unfilled import why_unfilled
from matching.planner.axes import Named
from matching.planner.front_points import Front
from matching.planner.fronts import front
from matching.policy.model import Policy, Slack
from matching.scoring import RankedPlan, Ranking
from matching.scoring.difference import Difference, difference
from matching.studies import Case, studies_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Choice:
    """One ranked plan, as a library user meets it; `start` shortens the first answer found by solving again."""

    instance: Instance
    policy: Policy
    ranked: RankedPlan
    start: Start = NOTHING

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.ranked.plan

    @cached_property
    def placements(self) -> pd.DataFrame:
        """The placements as a data frame, one row a placement, in the order of teachers."""
        import pandas as pd

        return pd.DataFrame(list(self.plan.placements))

    def studies(self) -> dict[str, pd.DataFrame]:
        """Return the studies that have meaning for the instance and the policy, each as a data frame, by id."""
        import pandas as pd

        case = Case(self.instance, self.policy, self.plan)
        return {name: pd.DataFrame(study.rows(case), columns=[c.key for c in study.columns])
                for name, study in studies_of(case).items()}

    @cached_property
    def inquiry(self) -> Inquiry:
        """What questions about the plan are asked of."""
        return Inquiry(self.instance, self.policy, self.plan, self.start)

    def explain(self, teacher: str) -> Explanation:
        """Return why that teacher is where the plan has them, in Chinese (`.zh`), in English (`.en`) and as data.

        Raises
        ------
        InputError
            Where no teacher has that id; the nearest ids are suggested.
        """
        return explained(self.inquiry, teacher)

    def why_not(self, teacher: str, need: str, time_limit: float | None = None) -> WhyNot:
        """Return whether that teacher could be at that post, and what it would cost the plan, by solving again.

        Raises
        ------
        InputError
            Where there is no such teacher or post; the nearest ids are suggested.
        """
        return why_not(self.inquiry, teacher, need, time_limit)

    def prices(self, *, listed: int = LISTED, most: int = MOST, time_limit: float | None = None) -> Prices:
        """Return what one more and one fewer teacher, seat and unit of a rule are worth (`matching.explain.prices`)."""
        return prices(self.inquiry, listed=listed, most=most, time_limit=time_limit)

    def why_unfilled(self, need: str) -> WhyUnfilled:
        """Return why that post has empty seats: who could come, what stands in the way, and what it competes with.

        Raises
        ------
        InputError
            Where there is no such post; the nearest ids are suggested.
        """
        return why_unfilled(self.inquiry.problem, self.plan, need)

    def why_rule(self, rule: str, group: str | None = None) -> WhyRule:
        """Return how that rule stands in the plan: in each group, with what room, and who would be next.

        Raises
        ------
        InputError
            Where there is no such rule or group; the nearest are suggested.
        """
        return explain_rule(self.inquiry.problem, self.plan, rule, group)


@dataclass(frozen=True)
class Result:
    """Ranked, audited plans, or why there are none.

    Attributes
    ----------
    status : of the main plan
    ranking : the plans, best first; empty where there are none
    unfinished : ids of the variants and alternatives that ran out of time, with their status
    diagnosis : where the rules cannot all hold
    findings : warnings of what can be told without solving
    lines : by plan id, how every rule stands in every group of the plan, as the audit found; may leave plans out
    fronts : those that the policy asks for, in its order
    stopped : what ended the main solve early: ``time``, ``user``, ``crash`` or ``memory``; None where nothing did
    seconds : times by phase
    """

    instance: Instance
    policy: Policy
    status: Status
    ranking: Ranking | None
    seed: int
    engine: str
    unfinished: Mapping[str, Status] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, tuple[RuleLine, ...]] = field(default_factory=dict)
    fronts: tuple[Front, ...] = ()
    stopped: str | None = None
    message: Text | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    def front(self, first: Named, second: Named, *, max_points: int | None = None,
              within: Slack | str | float | None = None, hold: Sequence[str] | None = None,
              time_limit: float | None = None, workers: int = 2) -> Front:
        """Return the plans between two criteria of which none is better in both; see `matching.planner.front`.

        Raises
        ------
        InputError
            Where the policy has no such criterion or goal, both are the same, or the engine cannot take the problem.
        """
        return front(self.instance, self.policy, first, second, max_points=max_points, within=within, hold=hold,
                     main=self.main.plan if self.main else None, engine=self.engine, seed=self.seed,
                     time_limit=time_limit, workers=workers)

    def compare(self, first: str, second: str) -> Difference:
        """Return what two plans differ in: who moves, and what each county, goal and criterion gains or loses.

        Raises
        ------
        InputError
            Where no plan has such an id; the nearest are suggested.
        """
        one, other = self.choice(first).ranked, self.choice(second).ranked
        return difference(self.instance, self.policy, one.plan, other.plan, metrics=(one.metrics, other.metrics),
                          recount=partial(goal_values, self.instance, self.policy))

    def choice(self, plan_id: str) -> Choice:
        """Return the plan of that id, or the one that it was merged into.

        Raises
        ------
        InputError
            Where no plan has it; the nearest are suggested.
        """
        by_id = {name: c for c in self.plans for name in (c.plan.plan, *c.ranked.same_as)}
        return by_id[known("plan", plan_id, tuple(by_id))]

    @property
    def plans(self) -> tuple[Choice, ...]:
        """The ranked plans, best first."""
        ranked = self.ranking.plans if self.ranking else ()
        return tuple(Choice(self.instance, self.policy, plan) for plan in ranked)

    @property
    def best(self) -> Choice:
        """The plan ranked first.

        Raises
        ------
        LookupError
            Where there is no plan; `status` and `diagnosis` say why.
        """
        if not self.plans:
            raise LookupError(f"no plan: {self.status}")
        return self.plans[0]

    @property
    def main(self) -> Choice | None:
        """The plan by the policy's own goals; None where there is none."""
        return next((c for c in self.plans if c.ranked.variant == "main" or "main" in c.ranked.same_as), None)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``solve --json`` adds to the run's description."""
        found: dict[str, Any] = {"status": self.status}
        if self.ranking:
            found |= self.ranking.to_dict()
        if self.diagnosis:
            found |= self.diagnosis.to_dict()
        return found
