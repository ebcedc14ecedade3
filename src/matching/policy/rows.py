"""The workbook's sheets 政策, 目标 and 积分 as a layer over a policy (Contract 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from matching.domain.findings import Finding
from matching.domain.instance import Instance
from matching.domain.records import GoalRow, PointsRow, PolicyRow
from matching.domain.sheets import GOALS, POINTS, POLICY, Sheet
from matching.domain.terms import VOCABULARIES
from matching.domain.vocabulary import fold
from matching.policy import cells
from matching.policy.build import build
from matching.policy.draft import CLEAR, Cell, Draft, Place, Table
from matching.policy.faults import FaultError, refusal
from matching.policy.layers import draft_of, lay
from matching.policy.model import Policy
from matching.policy.sheet_names import OTHER_NAMES
from matching.policy.words import POINTS as POINT_NAMES
from matching.policy.words import WISH_POINTS

Places = Mapping[tuple[str, int], tuple[str, int]]
"""Where a record was read: (sheet key, index of the record) -> (file, row as Excel counts it)."""

CONDITIONS = ("when", "that", "count")
OTHER_RULE = ("measure", "from_seats", "plus", "by", "item", "amount", "activity", "unit", "min_per_term", "stage",
              "pupils_per_post", "bend")
OTHER_GOAL = ("rules", "weights", "leximin", "points")


@dataclass(frozen=True)
class _Sheets:
    """The rows being read, where they stand, and what was found wrong."""

    places: Places
    findings: list[Finding] = field(default_factory=list)

    def place(self, sheet: Sheet, index: int, column: str = "") -> Place:
        file, row = self.places.get((sheet.key, index), (None, index + 2))
        heading = sheet.by_key[column].zh if column else None
        return Place(sheet.zh, file, sheet.key, row, heading)

    def note(self, refused: FaultError, place: Place, owner: str, key: str = "") -> None:
        self.findings.extend(place.finding(f, owner, key) for f in refused.faults)


def with_rows(policy: Policy, instance: Instance, *, places: Places | None = None) -> Policy:
    """Return `policy` with the instance's sheets 政策, 目标 and 积分 laid over it.

    A row with the id of one of the policy's rules replaces it cell by cell (an empty cell inherits, ``-`` clears);
    other rows add rules, which come first. Any row of 目标 replaces all goals; 积分 replaces points name by name.

    Parameters
    ----------
    places
        Where each record was read, for findings; by default the row is the record's index + 2.

    Raises
    ------
    InputError
        With every finding, by sheet, row and column.
    """
    if not (instance.policy or instance.goals or instance.points):
        return policy
    sheets = _Sheets(places or {})
    below = draft_of(policy)
    layer = Draft(rules=_rules(instance.policy, sheets), goals=_goals(instance.goals, sheets),
                  points=_points(instance.points, below.points, sheets))
    whole = lay(below, layer, sheets.findings)
    return build(whole, instance.vocabularies or VOCABULARIES, sheets.findings)


def _rules(rows: tuple[PolicyRow, ...], sheets: _Sheets) -> Mapping[str, Table]:
    found: dict[str, Table] = {}
    for index, row in enumerate(rows):
        if row.id in found:
            sheets.note(refusal("repeated_id", row.id), sheets.place(POLICY, index, "id"), row.id)
        else:
            found[row.id] = _rule(index, row, sheets)
    return found


def _rule(index: int, row: PolicyRow, sheets: _Sheets) -> Table:
    raw: dict[str, Cell] = {}
    for column in POLICY.columns:
        text = getattr(row, column.key)
        if text is None or not text.strip():
            continue
        place = sheets.place(POLICY, index, column.key)
        try:
            raw |= {key: Cell(value, place) for key, value in _cell(column.key, text).items()}
        except FaultError as refused:
            sheets.note(refused, place, row.id, column.key)
    return raw


def _cell(key: str, text: str) -> Mapping[str, object]:
    if key == "other":
        return dict.fromkeys(OTHER_RULE, CLEAR) if cells.is_clear(text) else _others(text, POLICY)
    if cells.is_clear(text):
        return {key: CLEAR}
    return {key: cells.alternatives(text) if key in CONDITIONS else text}


def _others(text: str, sheet: Sheet) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for name, value in cells.pairs(text).items():
        key = OTHER_NAMES.get(name, name)
        column = next((c for c in sheet.columns if fold(name) in c.names and c.key != "other"), None)
        if column is not None:
            raise refusal("has_column", name, (column.zh,), column=column.zh)
        found[key] = CLEAR if isinstance(value, str) and cells.is_clear(value) else value
    return found


def _goals(rows: tuple[GoalRow, ...], sheets: _Sheets) -> tuple[Table, ...] | None:
    order = sorted(range(len(rows)), key=lambda index: rows[index].order)
    for before, index in pairwise(order):
        if rows[before].order == rows[index].order:
            refused = refusal("repeated_order", rows[index].order)
            sheets.note(refused, sheets.place(GOALS, index, "order"), f"goal {rows[index].order}")
    return tuple(_goal(index, rows[index], sheets) for index in order) or None


def _goal(index: int, row: GoalRow, sheets: _Sheets) -> Table:
    raw = {"kind": Cell(row.kind, sheets.place(GOALS, index, "kind"))}
    for key in ("slack", "per"):
        text = getattr(row, key)
        if text and not cells.is_clear(text):
            raw[key] = Cell(text, sheets.place(GOALS, index, key))
    if row.other and not cells.is_clear(row.other):
        place = sheets.place(GOALS, index, "other")
        try:
            raw |= {key: Cell(_listed(key, value), place) for key, value in _others(row.other, GOALS).items()}
        except FaultError as refused:
            sheets.note(refused, place, f"goal {row.order}", "other")
    return raw


def _listed(key: str, value: object) -> object:
    """Return ``a|b`` as a list, for the keys that take one."""
    if key in ("rules", "weights") and isinstance(value, str):
        return [part.strip() for part in value.split("|")]
    return value


def _points(rows: tuple[PointsRow, ...], below: Table, sheets: _Sheets) -> Table:
    found: dict[str, Cell] = {}
    old: Any = below["preference"].value if "preference" in below else (0, 0, 0, 0)
    wishes = list(old)
    for index, row in enumerate(rows):
        wish = WISH_POINTS.lookup(row.name)
        place = sheets.place(POINTS, index, "value" if wish or POINT_NAMES.lookup(row.name) else "name")
        if wish is not None:
            wishes[[t.key for t in WISH_POINTS.terms].index(wish)] = row.value
            found["preference"] = Cell(wishes, place)
        elif POINT_NAMES.lookup(row.name) == "preference":
            refused = refusal("bad_preference", row.name, [t.zh for t in WISH_POINTS.terms])
            sheets.note(refused, sheets.place(POINTS, index, "name"), "points")
        else:
            found[POINT_NAMES.lookup(row.name) or row.name] = Cell(row.value, place)
    return found


