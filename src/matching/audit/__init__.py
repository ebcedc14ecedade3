"""The independent judge: a plan recounted from the instance and the policy alone."""

from matching.audit.balance import Flow
from matching.audit.factbook import Facts
from matching.audit.judge import Auditor, audit, facts, goal_values, movements
from matching.audit.result import (
    REPEATED_PAIR,
    STATEMENT,
    UNKNOWN_ID,
    Audit,
    Breach,
    GoalValue,
    Unverified,
    audit_to_dict,
    breach_to_dict,
)

__all__ = [
    "REPEATED_PAIR", "STATEMENT", "UNKNOWN_ID", "Audit", "Auditor", "Breach", "Facts", "Flow", "GoalValue",
    "Unverified", "audit", "audit_to_dict", "breach_to_dict", "facts", "goal_values", "movements",
]
