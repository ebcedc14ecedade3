"""Reading tables of values by a list of what each key takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from matching.domain.findings import Finding
from matching.policy.draft import Place, Table
from matching.policy.faults import Fault, FaultError, fault, near
from matching.policy.literals import Vocabularies
from matching.policy.sheet_names import name_in
from matching.policy.values import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What reading needs, and the findings that it collects."""

    vocabularies: Vocabularies
    findings: list[Finding] = field(default_factory=list)

    def report(self, faults: Iterable[Fault], place: Place, owner: str, key: str = "") -> None:
        """Note what is wrong at `place`; `owner` and `key` name the rule (or table) and its field."""
        self.findings.extend(place.finding(f, owner, key) for f in faults)

    def read(self, table: Table, spec: Mapping[str, Reader], owner: str) -> dict[str, object]:
        """Return the values of `table`, read by `spec`; what cannot be read is noted and left out."""
        values: dict[str, object] = {}
        for key, cell in table.items():
            try:
                values[key] = known(key, spec, cell.place.sheet)(cell.value)
            except FaultError as refused:
                self.report(refused.faults, cell.place, owner, key)
        return values


def known(key: str, spec: Mapping[str, T], sheet: str | None = None) -> T:
    """Return ``spec[key]``; `sheet` is where the key stands, if not in a file.

    Raises
    ------
    FaultError
        The key is not one of them; suggests the nearest.
    """
    if key not in spec:
        raise FaultError(unknown_key(key, spec, sheet))
    return spec[key]


def unknown_key(key: str, keys: Collection[str], sheet: str | None = None) -> Fault:
    """Return the fault of a key that is not one of `keys`, in the words of the sheet that it stands in."""
    names = {k: name_in(sheet, k) for k in keys}
    alike = near(key, (*names, *names.values())) if sheet else near(key, keys)
    suggest = dict.fromkeys(names.get(name, name) for name in alike) or tuple(names.values())[:12]
    return fault("unknown_key", name_in(sheet, key), suggest)


def required(values: Mapping[str, object], keys: Collection[str], sheet: str | None = None) -> tuple[Fault, ...]:
    """Return a fault for each of `keys` that is not among `values`, in the words of the sheet that lacks it."""
    lacking = ((key, name_in(sheet, key)) for key in keys if key not in values)
    return tuple(fault("missing_key", suggest=(name,), key=key, name=name) for key, name in lacking)
