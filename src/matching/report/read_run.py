"""A run folder read back, so that questions can be asked about its plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.domain.findings import InputError
from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.explain.ids import known
from matching.explain.inquiry import Inquiry
from matching.explain.solved import Start
from matching.policy.model import Policy
from matching.report import run_findings as say
from matching.report.run_files import check_unchanged, json_object

if TYPE_CHECKING:
    from matching.engines import Waiting
    from matching.planner import Choice
    from matching.scoring import Ranking

RUN = "run.json"


@dataclass(frozen=True)
class Run:
    """What `matching solve` wrote into a folder, unchanged since.

    Attributes
    ----------
    plans : by id, best first
    variants : by plan id, the variant that the plan answers; None of a further plan
    same_as : by the id of a plan that was merged into another, that other's id
    description : what ``run.json`` says
    """

    folder: Path
    id: str
    instance: Instance
    policy: Policy
    plans: Mapping[str, Plan]
    variants: Mapping[str, str | None]
    same_as: Mapping[str, str]
    description: Mapping[str, Any]

    @cached_property
    def ranking(self) -> Ranking:
        """The plans with their figures, counted again."""
        from matching.problem import compile
        from matching.scoring import Candidate, rank, score
        from matching.studies.claims import Claims
        from matching.studies.fairness import fairness

        claims = Claims(compile(self.instance, self.policy))
        return rank(self.policy, [
            Candidate(plan, self.variants[name],
                      score(self.instance, self.policy, plan, fairness(claims, plan.placements)))
            for name, plan in self.plans.items()])

    def inquiry(self, plan_id: str | None = None, waiting: Waiting | None = None) -> Inquiry:
        """Return a plan ready to be asked about; the one ranked first where no id is given.

        Parameters
        ----------
        waiting : a process for answers that are found by solving again

        Raises
        ------
        InputError
            Where no plan has that id; the nearest are suggested.
        """
        name = self.plan_id(plan_id)
        return Inquiry(self.instance, self.policy, self.plans[name], self._start(name, waiting))

    def _start(self, name: str, waiting: Waiting | None = None) -> Start:
        return Start(self.folder / f"start-{name}.bin", waiting)

    def choice(self, plan_id: str | None = None) -> Choice:
        """Return a plan as a solve returns it; the one ranked first where no id is given.

        Raises
        ------
        InputError
            Where no plan has that id; the nearest are suggested.
        """
        from matching.planner import Choice

        wanted = self.plan_id(plan_id)
        ranked = next(r for r in self.ranking.plans if r.plan.plan == wanted)
        return Choice(self.instance, self.policy, ranked, self._start(wanted))

    def plan_id(self, plan_id: str | None) -> str:
        """Return the id under which a plan is kept: its own, or that of the one with the very same placements.

        Without an id, that of the plan ranked first.

        Raises
        ------
        InputError
            Where no plan has that id; the nearest are suggested.
        """
        if plan_id is None:
            return next(iter(self.plans))
        return self.same_as.get(known("plan", plan_id, (*self.plans, *self.same_as)), plan_id)


def is_run(folder: Path) -> bool:
    """Tell whether a folder is one that `matching solve` wrote."""
    return (folder / RUN).is_file()


def read_run(folder: Path, *, originals: bool = True) -> Run:
    """Read a run folder whose files, and whose original input where it is still there, are as they were.

    Parameters
    ----------
    originals : whether it matters that the original input was changed since

    Raises
    ------
    InputError
        Where it is no run folder, a file of it is missing or damaged, or the run's input, policy or plans have been
        changed since: an answer would then be about something else.
    """
    if not is_run(folder):
        raise InputError([say.no_run(folder)])
    description = json_object(folder / RUN)
    check_unchanged(folder, description, originals=originals)
    instance = _instance(folder)
    return _run(folder, description, instance, _policy(folder, instance))


def _instance(folder: Path) -> Instance:
    from matching.tables import read

    reading = read([folder / "input.json"])
    if reading.instance is None:
        raise InputError(reading.findings)
    return reading.instance


def _policy(folder: Path, instance: Instance) -> Policy:
    from matching.policy import load

    return load(folder / "policy.toml", vocabularies=instance.vocabularies)


def _run(folder: Path, description: Mapping[str, Any], instance: Instance, policy: Policy) -> Run:
    from matching.tables import read_plan

    listed = json_object(folder / "plans.json")
    try:
        entries = [(str(entry["id"]), entry["variant"], tuple(entry["same_as"])) for entry in listed["plans"]]
        run_id = str(description["id"])
    except (KeyError, TypeError) as problem:
        raise InputError([say.damaged(folder / "plans.json")]) from problem
    if not entries:
        raise InputError([say.damaged(folder / "plans.json")])
    plans = {name: read_plan(folder / f"plan-{name}.json", instance) for name, _, _ in entries}
    return Run(folder, run_id, instance, policy, plans, {name: variant for name, variant, _ in entries},
               {other: name for name, _, same in entries for other in same}, description)
