"""All that is asked, looked at once before anything is solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.domain.findings import Finding, InputError
from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.scenarios.whatif.floor import with_floor
from matching.scenarios.whatif.made import Made, all_made, jobs_of
from matching.scenarios.whatif.scenario import Scenario
from matching.scenarios.whatif.values import Given
from matching.scenarios.whatif.whatif import Asked, asked


class Looked(NamedTuple):
    """What `whatif` and `compare` take, so that they need not look again, and how many points there are in all."""

    asked: Asked | None
    made: tuple[Made, ...]
    points: int


def look(instance: Instance, policy: Policy, vary: Mapping[str, Given], scenarios: Sequence[Scenario], *,
         seeds: Sequence[int] = (0,), floor: int | None = None) -> Looked:
    """Look at all that is asked.

    Raises
    ------
    InputError
        With the findings of `whatif` and `compare` together.
    """
    findings: list[Finding] = []
    varied: Asked | None = None
    made: list[Made] = []
    try:
        varied = asked(instance, policy, vary, seeds, floor) if vary else None
    except InputError as problem:
        findings += problem.findings
    try:
        made = all_made(instance, with_floor(policy, floor, instance), jobs_of(scenarios, seeds)) if scenarios else []
    except InputError as problem:
        findings += problem.findings
    if findings:
        raise InputError(dict.fromkeys(findings))
    return Looked(varied, tuple(made), ((len(varied.points) if varied else 0) + len(scenarios)) * len(seeds))
