"""结对 rows that demand a way which other rows close."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.domain.findings import Finding
from matching.domain.records import Pairing
from matching.domain.sheets import PAIRINGS
from matching.domain.terms import PAIRING_RULE
from matching.domain.text import Text
from matching.preflight.spot import Spot
from matching.problem import Problem
from matching.problem.pairings import STATES


def required_ways_that_are_closed(problem: Problem, spot: Spot) -> Iterator[Finding]:
    """Yield the rows that ask for someone to go where every pair of sites is forbidden."""
    table = problem.fields.pairs.pairings()
    forbidden = table.by_class == STATES.index("forbid")
    open_rows = {way.row for way in table.ways if not forbidden[np.ix_(way.homes, way.hosts)].all()}
    for index, row in enumerate(problem.instance.pairings):
        if row.type != "material" and _asks(row) and index not in open_rows:
            yield _closed(index, row, problem, spot)


def _asks(row: Pairing) -> bool:
    return row.rule == "must" or bool(row.minimum)


def _closed(index: int, row: Pairing, problem: Problem, spot: Spot) -> Finding:
    others = [k for k, other in enumerate(problem.instance.pairings) if other.rule == "forbid" and k != index
              and {other.origin, other.destination} & {row.origin, row.destination}]
    rows = ", ".join(str(spot.places.get((PAIRINGS.key, k), ("", k + 2))[1]) for k in others[:3])
    zh, en = (f"（见第 {rows} 行）", f" (see row {rows})") if rows else ("", "")
    text = Text(f"从“{row.origin}”到“{row.destination}”既要求派人又被禁止{zh}，两者不能同时做到",
                f"{row.origin} to {row.destination} is both required and forbidden{en}; no plan can do both")
    return spot.warning("required_and_forbidden", text, PAIRINGS, index, "rule", PAIRING_RULE.zh(row.rule))
