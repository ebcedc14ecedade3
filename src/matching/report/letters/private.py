"""What no letter says, though a rule may ask for it."""

from __future__ import annotations

from matching.domain.text import Text
from matching.policy.model import Policy, Quota, Require, Rule
from matching.problem.conditions import condition_fields

NEVER = frozenset({"score", "deferred_reason"})
"""Fields of a teacher that are nobody's business, not even by the name of a rule that asks for them."""
STANDING = NEVER | {"deferred", "status"}
"""Those that a rule on who may go must not be named for either: its name would tell why somebody does not go."""
OTHER = Text("其他个人条件", "other personal conditions")


def is_private(rule: Rule) -> bool:
    """Tell whether a rule asks for what no letter says."""
    if isinstance(rule, Require):
        return bool(STANDING & condition_fields((*rule.when, *rule.that)))
    counted = rule.count if isinstance(rule, Quota) else ()
    return bool(NEVER & condition_fields((*rule.when, *counted)))


def rule_title(policy: Policy, rule_id: str) -> Text:
    """Return what a rule is called in a letter."""
    rule = policy.rule(rule_id)
    return OTHER if is_private(rule) else rule.title
