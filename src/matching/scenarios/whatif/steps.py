"""What a step along a curve costs: seats, kilometres, yuan, the county worst off."""

from __future__ import annotations

from typing import Any, NamedTuple

from matching.scenarios.whatif.point import Point


class Step(NamedTuple):
    """One point less another.

    Attributes
    ----------
    placed, fill, yuan, km : teachers placed, the weighted fill, yuan over the terms, kilometres of all together
    fair : the smallest share of seats filled in a county; None where either plan has none
    county : the county that is worst off in the later one
    """

    placed: int
    fill: int
    km: float
    yuan: int
    fair: float | None
    county: str | None

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain numbers."""
        return self._asdict()


def step(before: Point | None, after: Point) -> Step | None:
    """Return what changes from one point to another; None where either has no plan."""
    if before is None or before.metrics is None or after.metrics is None:
        return None
    old, new = before.metrics, after.metrics
    fair = None if old["fair"] is None or new["fair"] is None else round(new["fair"] - old["fair"], 9)
    return Step(after.placed - before.placed, new["fill"]["count"] - old["fill"]["count"],
                round(after.km - before.km, 1), new["yuan"] - old["yuan"], fair, new["lowest_county"])
