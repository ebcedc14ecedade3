"""What a scenario makes of the instance and the policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.domain.findings import Finding, InputError
from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy import replace as policy_with
from matching.policy.model import Policy
from matching.scenarios.whatif.changed_data import Changed, changed
from matching.scenarios.whatif.knobs import turned
from matching.scenarios.whatif.naming import axes
from matching.scenarios.whatif.scenario import Scenario

BASE = Scenario("base", Text("现状", "As it is"))
Job = tuple[Scenario, int]


class Made(NamedTuple):
    """What a scenario is solved with, and what it changes, in sentences."""

    instance: Instance
    policy: Policy
    told: tuple[Text, ...]


def jobs_of(scenarios: Sequence[Scenario], seeds: Sequence[int]) -> list[Job]:
    """Return the base, and every scenario under every seed."""
    return [(BASE, seeds[0]), *((scenario, seed) for seed in seeds for scenario in scenarios)]


def all_made(instance: Instance, policy: Policy, jobs: Sequence[Job]) -> list[Made]:
    """Return what each scenario makes under its seed.

    Raises
    ------
    InputError
        With the findings of all.
    """
    found: list[Made] = []
    findings: list[Finding] = []
    for scenario, seed in jobs:
        try:
            found.append(made_of(instance, policy, scenario, seed))
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError(dict.fromkeys(findings))
    return found


def made_of(instance: Instance, policy: Policy, scenario: Scenario, seed: int) -> Made:
    """Return what a scenario makes; InputError with the findings of policy and data."""
    findings: list[Finding] = []
    rules, data = policy, Changed(instance, ())
    try:
        rules = _ruled(policy, scenario, instance)
    except InputError as problem:
        findings += [f._replace(column=f"{scenario.id}.policy.{f.column}") for f in problem.findings]
    try:
        data = changed(instance, policy, scenario, seed)
    except InputError as problem:
        findings += problem.findings
    if findings:
        raise InputError(f._replace(file=scenario.file) for f in findings)
    told = (_told(policy, name, value) for name, value in scenario.policy.items())
    return Made(data.instance, rules, (*told, *data.told))


def _ruled(policy: Policy, scenario: Scenario, instance: Instance) -> Policy:
    """Return the policy with what the scenario says of it."""
    ids = {rule.id for rule in policy.rules}
    whole = {name: value for name, value in scenario.policy.items() if name in ids}
    single = {name: [value] for name, value in scenario.policy.items() if name not in ids}
    rules = policy_with(policy, whole, vocabularies=instance.vocabularies) if whole else policy
    for knob, (value,) in axes(rules, single):
        rules = turned(rules, (knob,), (value,))
    return rules


def _told(policy: Policy, name: str, value: object) -> Text:
    """Return what is changed of the policy: the rule by its title, then the name and the value as they were given."""
    rule = next((r for r in policy.rules if name == r.id or name.startswith(f"{r.id}.")), None)
    title = Text("政策", "Policy") if rule is None else Text(f"规则“{rule.title.zh}”", f"Rule {rule.title.en!r}")
    return Text(f"{title.zh}：{name} = {_shown(value)}", f"{title.en}: {name} = {_shown(value)}")


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
