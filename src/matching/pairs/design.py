"""Who supports whom: an instance of pairs, solved and audited as any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.engines import Stop
from matching.pairs.schools import school_instance
from matching.pairs.teachers import teacher_instance
from matching.planner import Result, solve
from matching.planner.variants import OnProgress
from matching.policy import load
from matching.policy.model import Policy

Of = Literal["schools", "teachers"]
PRESETS: dict[Of, str] = {"schools": "pairs", "teachers": "mentor_pairs"}


@dataclass(frozen=True)
class Design:
    """Pairs of schools, or of mentor and mentee, or why there are none.

    Attributes
    ----------
    of : what is paired
    instance : what was read
    result : of the instance of pairs, whose placements are the pairs
    """

    of: Of
    instance: Instance
    result: Result

    @property
    def policy(self) -> Policy:
        """The policy that the pairs were designed under."""
        return self.result.policy

    @property
    def plan(self) -> Plan:
        """The plan by the policy's own goals.

        Raises
        ------
        LookupError
            Where there is none; `result` says why.
        """
        if self.result.main is None:
            raise LookupError(f"no plan: {self.result.status}")
        return self.result.main.plan

    @property
    def pairs(self) -> tuple[Placement, ...]:
        """The pairs in the order of those who are supported, or of the mentors."""
        order = {need.need_id: at for at, need in enumerate(self.result.instance.needs)}
        return tuple(sorted(self.plan.placements, key=lambda pair: order[pair.need]))


def design(instance: Instance, policy: Policy | None = None, *, of: Of = "schools", engine: str = "highs",
           seed: int = 0, time_limit: float | None = None, workers: int = 2, stop: Stop | None = None,
           on_progress: OnProgress | None = None) -> Design:
    """Design pairs from what an instance says of its schools, or of its teachers.

    Parameters
    ----------
    policy : the preset ``pairs`` or ``mentor_pairs`` where None; rules of the instance's own sheet 政策 speak of
        placements, and are not asked
    of : ``schools`` gives each weak school a supporter, ``teachers`` each young teacher a mentor

    Raises
    ------
    InputError
        Where there is nobody to pair, or as `matching.planner.solve`.
    """
    made = school_instance(instance) if of == "schools" else teacher_instance(instance)
    under = policy or load(PRESETS[of], vocabularies=instance.vocabularies)
    return Design(of, instance, solve(made, under, engine=engine, seed=seed, time_limit=time_limit, workers=workers,
                                      stop=stop, on_progress=on_progress))
