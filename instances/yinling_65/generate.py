"""Builds the roster; ``python -m instances.yinling_65.generate`` writes the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from instances.generator.counties import read_counties
from instances.generator.draws import month_before
from instances.generator.exchange import county_exchange
from instances.generator.roster import Roster, save

from matching.domain.instance import Instance
from matching.domain.records import Site

HERE = Path(__file__).parent
REFERENCE = date(2025, 9, 1)
AGES = (58, 60, 61, 62, 63, 64, 65, 66, 67, 50)
TITLES = ("senior", "first", "second", "first", "senior", "first", "senior", "senior", "first", "first")
"""Of each school's ten volunteers; the last is not retired."""


def build() -> Instance:
    """Return the instance."""
    roster = Roster(65, REFERENCE)
    county = next(c for c in read_counties("甘肃省") if c.name == "临洮县")

    def person(home: Site, n: int) -> dict[str, Any]:
        return {"birth": month_before(REFERENCE, AGES[n] * 12 + 3), "title": TITLES[n],
                "joined": month_before(REFERENCE, 20 * 12), "duty": "退休" if n < len(AGES) - 1 else None}

    county_exchange(roster, county, 3, 4, len(AGES), person)
    return roster.instance()


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
