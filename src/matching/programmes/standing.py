"""How the rules of a case stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from matching.policy.model import Credit, Rule, Subsidy
from matching.programmes.outcome import Outcome


class RuleStanding(NamedTuple):
    """One rule over its `groups`; of a hard rule on pairs the audit names only those that break it."""

    rule: Rule
    ok: bool
    shortfall: int
    groups: int


def standings(outcome: Outcome) -> tuple[RuleStanding, ...]:
    """Return every rule that is on and can fail, in the policy's order; nothing without a plan."""
    return tuple(_standings(outcome)) if outcome.audit is not None else ()


def _standings(outcome: Outcome) -> Iterator[RuleStanding]:
    assert outcome.audit is not None
    broken = Counter(breach.rule for breach in outcome.audit.breaches)
    for rule in outcome.setting.policy.rules:
        if rule.on and not isinstance(rule, Subsidy | Credit):
            lines = [line for line in outcome.audit.rules if line.rule == rule.id]
            short = sum(line.shortfall for line in lines) or broken[rule.id]
            yield RuleStanding(rule, all(line.ok for line in lines) and not broken[rule.id], short, len(lines))
