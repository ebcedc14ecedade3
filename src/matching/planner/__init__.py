"""From an instance and a policy to ranked, audited plans."""

from matching.planner.plans import AuditFailedError
from matching.planner.result import Choice, Result
from matching.planner.solve import solve

__all__ = ["AuditFailedError", "Choice", "Result", "solve"]
