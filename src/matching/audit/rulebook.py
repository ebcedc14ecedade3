"""The rules of a policy, read once for any number of plans."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from matching.audit.factbook import Facts
from matching.audit.quotas import QuotaJudge
from matching.policy.model import Quota


class Rulebook:
    """What is so of teachers and posts, and what the rules ask of them, whatever a plan does."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def quotas(self) -> Mapping[str, QuotaJudge]:
        """The quotas that are on, by rule id."""
        return {rule.id: QuotaJudge(self.facts, rule) for rule in self.facts.policy.active(Quota)}
