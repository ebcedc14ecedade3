"""What no letter says, though a rule may ask for it."""

from __future__ import annotations

from matching.domain.text import Text
from matching.policy.model import Policy, Require
from matching.problem.conditions import condition_fields

FIELDS = frozenset({"score", "deferred", "deferred_reason", "status"})
"""Fields of a teacher that are nobody's business, not even by the name of a rule that asks for them."""
OTHER = Text("其他个人条件", "other personal conditions")


def is_private(rule: Require) -> bool:
    """Tell whether a rule asks for what no letter says."""
    return bool(FIELDS & condition_fields((*rule.when, *rule.that)))


def rule_title(policy: Policy, rule_id: str) -> Text:
    """Return what a rule is called in a letter."""
    rule = policy.rule(rule_id)
    return OTHER if isinstance(rule, Require) and is_private(rule) else rule.title
