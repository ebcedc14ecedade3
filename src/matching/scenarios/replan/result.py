"""What a replanning came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.domain.plan import Plan
from matching.domain.text import Text
from matching.engines import GoalOutcome
from matching.planner import Result
from matching.policy.model import Slack
from matching.problem import RowLabel
from matching.scenarios.replan.chains import Step
from matching.scenarios.replan.changes import Changes


@dataclass(frozen=True)
class NobodyElse:
    """The best plan in which nobody moves but who has to.

    Attributes
    ----------
    goals : its goals, by name; empty where there is no such plan
    costs : by how much each goal is worse than in the plan of least moves, 0 where it is as good or better
    enough : whether it keeps the rules, and the goals within what they may lose
    clash : rules that cannot all hold while nobody else moves
    """

    goals: tuple[tuple[str, int], ...] = ()
    costs: tuple[int, ...] = ()
    enough: bool = False
    clash: tuple[RowLabel, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and dicts."""
        return {"goals": [{"goal": name, "value": value, "worse": worse}
                          for (name, value), worse in zip(self.goals, self.costs, strict=True)],
                "enough": self.enough, "clash": [label._asdict() for label in self.clash]}


@dataclass(frozen=True)
class Told:
    """One chain of moves in sentences, and why it is needed; `why` is empty where nobody moves who was placed."""

    steps: tuple[Step, ...]
    text: Text
    why: Text


@dataclass(frozen=True)
class Replanned:
    """The plan that moves as few as possible after changes, and the price of moving nobody else.

    Attributes
    ----------
    result : as a solve's, of the changed instance and policy, with this one plan; its goals' bounds after the moves are
        proven among plans that move as few
    before : the plan in force
    losses : what each goal was allowed to lose, by name; None for any loss
    least : the number of placements given up: the best found and the proven bound; None where there is no plan
    forced : how many of these are not possible any more whatever is done
    best : what is proven of goals whatever moves, as far as it had to be known
    told : the changes as chains, with reasons
    """

    result: Result
    changes: Changes
    before: Plan
    losses: tuple[tuple[str, Slack | None], ...] = ()
    least: GoalOutcome | None = None
    forced: int = 0
    best: tuple[GoalOutcome, ...] = ()
    nobody_else: NobodyElse | None = None
    told: tuple[Told, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan of least moves; None where the rules cannot all hold, or none was found in time."""
        return self.result.ranking.best.plan if self.result.ranking else None

    @property
    def proven(self) -> bool:
        """Whether the least number of moves is proven, and every goal of the plan among those that move so few."""
        return (self.plan is not None and self.least is not None and self.least.gap == 0
                and all(line.gap == 0 for line in self.plan.goals))

    @property
    def moved(self) -> tuple[Step, ...]:
        """The steps of teachers who were placed, did not withdraw, and are not where they were."""
        return tuple(s for s in self.steps if s.leaves is not None and s.teacher not in self.changes.withdraw)

    @property
    def gone(self) -> tuple[Step, ...]:
        """The steps of those who withdrew."""
        return tuple(s for s in self.steps if s.teacher in self.changes.withdraw)

    @property
    def new(self) -> tuple[Step, ...]:
        """The steps of teachers who had no post and now have one."""
        return tuple(s for s in self.steps if s.leaves is None)

    def details(self) -> dict[str, Any]:
        """Return what ``replan.json`` keeps: all that a repeat needs, and what was found."""
        return {"changes": self.changes.to_dict(),
                "loss": {name: _slack(loss) for name, loss in self.losses},
                "least": None if self.least is None else self.least._asdict() | {"forced": self.forced},
                "proven": self.proven, "best": [goal._asdict() for goal in self.best],
                "nobody_else": self.nobody_else and self.nobody_else.to_dict(), "moves": self.moves(),
                "why": [{"teachers": [s.teacher for s in t.steps], "zh": t.text.zh, "en": t.text.en,
                         "why_zh": t.why.zh, "why_en": t.why.en} for t in self.told],
                "before": {"plan": self.before.plan, "seed": self.before.seed,
                           "placements": [{"teacher": p.teacher, "need": p.need} for p in self.before.placements]}}

    def moves(self) -> list[Mapping[str, str | None]]:
        """Return the moves as Contract 3 has them."""
        return [{"teacher": s.teacher, "from": s.leaves, "to": s.takes} for s in self.steps]

    def to_dict(self) -> dict[str, Any]:
        """Return what ``replan --json`` adds to the run's description."""
        found = self.details()
        del found["before"]
        return {**self.result.to_dict(), **found}


def _slack(loss: Slack | None) -> str | None:
    if loss is None:
        return None
    return f"{loss.amount}%" if loss.percent else str(loss.amount)
