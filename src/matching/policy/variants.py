"""A policy weighed in another way (Contract 2, "Variants and ranking")."""

from __future__ import annotations

import re
from dataclasses import replace

from matching.policy.model import Policy

MAIN = "main"
"""The id of the plan by the policy's own goals."""
NUMBERED = re.compile(r"(alternative|front-\d+)-\d+")
"""The ids of alternatives and of the plans of fronts."""


def alternative_id(number: int) -> str:
    """Return the id of an alternative, numbered from 1."""
    return f"alternative-{number}"


def front_id(front: int, point: int) -> str:
    """Return the id of a plan of a front, both numbered from 1."""
    return f"front-{front}-{point}"


def weighed(policy: Policy, plan_id: str) -> Policy:
    """Return `policy` with the goals and points that the plan of that id was made by.

    A variant's points replace the policy's key by key; its goals, where it has any, replace them as a whole. An id that
    is no variant's leaves the policy as it is.
    """
    variant = next((v for v in policy.variants if v.id == plan_id), None)
    if variant is None:
        return policy
    goals = policy.goals if variant.goals is None else variant.goals
    return replace(policy, points={**policy.points, **variant.points}, goals=goals)
