"""A floor on how many are placed, as one more hard rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy.model import Policy, Quota
from matching.scenarios.whatif.faults import refused

FLOOR = "whatif-floor"
_TITLE = Text("安置人数下限", "Least number of teachers placed")


def with_floor(policy: Policy, floor: int | None, instance: Instance) -> Policy:
    """Return the policy under which at least `floor` teachers are placed; as it is where None.

    Raises
    ------
    InputError
        Where the floor is below 1 or above the number of seats.
    """
    if floor is None:
        return policy
    seats = sum(need.count for need in instance.needs)
    if not 1 <= floor <= seats:
        raise refused("bad_floor", "--floor", f"安置人数下限应在 1 到 {seats:,}（席位总数）之间",
                      f"a floor is from 1 to the number of seats, {seats:,}", str(floor), ("1", str(seats)))
    rule = Quota(id=FLOOR, title=_TITLE, source="--floor", at_least=Fraction(floor), origin="--floor")
    return replace(policy, rules=(*policy.rules, rule))
