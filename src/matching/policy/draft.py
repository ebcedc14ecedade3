"""A policy before it is built: raw values, each with the place that it stands in, laid over one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from matching.domain.findings import Finding, error
from matching.policy.faults import Fault
from matching.policy.sheet_names import name_in


class Place(NamedTuple):
    """Where a value stands. `origin` is what people are shown: ``base``, ``mine.toml``, ``政策``."""

    origin: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def finding(self, fault: Fault, owner: str = "", key: str = "") -> Finding:
        """Return `fault` as a finding here; `owner` and `key` name the rule (or table) and its field."""
        where, named = (".".join(filter(None, (owner, k))) for k in (key, name_in(self.sheet, key)))
        zh = f"{named}：{fault.text.zh}" if named else fault.text.zh
        en = f"{where}: {fault.text.en}" if where else fault.text.en
        return error(fault.code, zh, en, sheet=self.sheet, row=self.row, column=self.column or where or None,
                     value=fault.value, suggest=fault.suggest, file=self.file)


class Cell(NamedTuple):
    """One raw value: as TOML or a sheet gives it, or already read."""

    value: object
    place: Place


class Clear:
    """The value of a cell that takes back what the parent says."""

    def __repr__(self) -> str:
        return "-"


CLEAR = Clear()
Table = Mapping[str, Cell]


def table(values: Mapping[str, object], place: Place) -> Table:
    """Return `values` as cells that all stand in `place`."""
    return {key: Cell(value, place) for key, value in values.items()}


def first_place(raw: Table, default: Place) -> Place:
    """Return the place of the first cell of `raw`."""
    return next((cell.place for cell in raw.values()), default)


@dataclass(frozen=True)
class Draft:
    """One layer of a policy, or several laid over one another. `goals` is None where a layer states none."""

    policy: Table = field(default_factory=dict)
    rules: Mapping[str, Table] = field(default_factory=dict)
    goals: tuple[Table, ...] | None = None
    points: Table = field(default_factory=dict)
    variants: Mapping[str, Table] = field(default_factory=dict)
    ranking: Table = field(default_factory=dict)

    def under(self, child: Draft) -> Draft:
        """Return this draft with `child` laid over it (Contract 2, "Extending")."""
        return Draft(
            policy=_fields(self.policy, child.policy),
            rules=_items(self.rules, child.rules),
            goals=self.goals if child.goals is None else child.goals,
            points=_fields(self.points, child.points),
            variants=_items(self.variants, child.variants, nested="points"),
            ranking=_fields(self.ranking, child.ranking),
        )


def _fields(parent: Table, child: Table) -> Table:
    merged = {**parent, **child}
    return {key: cell for key, cell in merged.items() if cell.value is not CLEAR}


def _items(parent: Mapping[str, Table], child: Mapping[str, Table], nested: str = "") -> Mapping[str, Table]:
    new = {key: _fields({}, value) for key, value in child.items() if key not in parent}
    old = {key: _fields(value, _joined(value, child.get(key, {}), nested)) for key, value in parent.items()}
    return new | old


def _joined(parent: Table, child: Table, nested: str) -> Table:
    """Lay the table under the key `nested` over the parent's key by key, where both have one."""
    if nested not in parent or nested not in child:
        return child
    below, above = parent[nested].value, child[nested]
    if not isinstance(below, Mapping) or not isinstance(above.value, Mapping):
        return child
    return {**child, nested: Cell({**below, **above.value}, above.place)}
