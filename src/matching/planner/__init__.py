"""From an instance and a policy to ranked, audited plans."""

from matching.planner.front_points import Front, FrontPoint, Stretch
from matching.planner.fronts import front
from matching.planner.plans import AuditFailedError
from matching.planner.result import Choice, Result
from matching.planner.solve import solve

__all__ = ["AuditFailedError", "Choice", "Front", "FrontPoint", "Result", "Stretch", "front", "solve"]
