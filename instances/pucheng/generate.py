"""Builds the roster; ``python -m instances.pucheng.generate`` writes the workbook."""

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
REFERENCE = date(2026, 9, 1)
ELIGIBLE = 30
"""Teachers of each town school who meet the conditions, volunteers or not."""
AGES = (34, 38, 42, 44, 45, 47, 49, 50, 52, 36)
YEARS = (8, 12, 6, 15, 9, 20, 5, 22, 25, 7)
"""Of each school's ten volunteers; years at the school."""


def build() -> Instance:
    """Return the instance."""
    roster = Roster(15, REFERENCE)
    county = next(c for c in read_counties("江西省") if c.name == "广丰区")

    def person(home: Site, n: int) -> dict[str, Any]:
        return {"birth": month_before(REFERENCE, AGES[n] * 12 + 3),
                "joined": month_before(REFERENCE, YEARS[n] * 12 + 2),
                "title": ("second", "first", "second", "senior", "second")[n % 5],
                "backbone": "county" if n % 4 == 0 else "none"}

    county_exchange(roster, county, 4, 4, len(AGES), person, term=2.0, eligible_count=ELIGIBLE)
    return roster.instance()


def main() -> None:
    """Write the workbook."""
    save(build(), HERE)


if __name__ == "__main__":
    main()
