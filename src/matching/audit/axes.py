"""What a quota's `per` groups by: the whole plan, a field, or the rows of 结对 and 师资 (readings 13 to 15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from matching.audit.factbook import Facts
from matching.audit.fields import Field
from matching.audit.pair import RECEIVER, SENDER, Pair
from matching.domain.findings import InputError, error
from matching.domain.records import Pairing, Staffing

Side = Literal["sender", "receiver", "neither"]
Row = Pairing | Staffing


@dataclass(frozen=True)
class Axis:
    """One thing to group by.

    `labels` returns the groups that a teacher, a need or a placement belongs to; `halves` are those that make up
    the groups; `rows` are the sheet's rows by label, where rows are the groups. `whole_homes` tells that groups are
    made of whole home sites.
    """

    name: str
    side: Side
    labels: Callable[[Pair], Sequence[str]]
    halves: Sequence[Pair] = ()
    rows: dict[str, Row] | None = None
    whole_homes: bool = False
    resident: bool = False


def axis(facts: Facts, name: str, rule: str) -> Axis:
    """Return the axis of one field of a quota's `per`; InputError where it cannot group."""
    if name == "pairing.row":
        return _pairing_rows(facts)
    if name == "staffing.row":
        return _staffing_rows(facts)
    field = facts.reader.field(name, rule)
    if field.sides and field.sides <= SENDER:
        home = field.sides == {"home"}
        return Axis(name, "sender", _values(field), approved(facts), whole_homes=home, resident=home)
    if field.sides and field.sides <= RECEIVER:
        labels = _dorms(field) if field.uses == ("host.dorm",) else _values(field)
        return Axis(name, "receiver", labels, tuple(facts.receivers.values()))
    raise InputError([error("meaningless_quota", f"规则“{rule}”不能按“{field.zh}”分组",
                            f"rule '{rule}' cannot group by '{name}'", value=name)])


def approved(facts: Facts) -> Sequence[Pair]:
    """Return every approved teacher alone, deferred or not (reading 14)."""
    return tuple(p for p in facts.senders.values() if p.teacher is not None and p.teacher.status == "approved")


def _values(field: Field) -> Callable[[Pair], Sequence[str]]:
    def labels(pair: Pair) -> Sequence[str]:
        found = field.show(pair)
        return () if found is None else (found,)
    return labels


def _dorms(field: Field) -> Callable[[Pair], Sequence[str]]:
    def labels(pair: Pair) -> Sequence[str]:
        assert pair.host is not None
        return (field.show(pair) or pair.host.site_id,)
    return labels


def _pairing_rows(facts: Facts) -> Axis:
    rows = facts.pairings.rows
    names = _numbered(f"{row.origin} > {row.destination}" for row in rows)

    def labels(pair: Pair) -> Sequence[str]:
        assert pair.home is not None
        assert pair.host is not None
        return [names[at] for at in facts.pairings.covering(pair.home.site_id, pair.host.site_id)]

    return Axis("pairing.row", "neither", labels, rows=dict(zip(names, rows, strict=True)))


def _staffing_rows(facts: Facts) -> Axis:
    rows = facts.instance.staffing
    names = _numbered(f"{row.site_id} {row.stage} {row.subject or '*'}" for row in rows)

    at_site: dict[str, list[tuple[str, Staffing]]] = {}
    for name, row in zip(names, rows, strict=True):
        at_site.setdefault(row.site_id, []).append((name, row))

    def labels(pair: Pair) -> Sequence[str]:
        assert pair.home is not None
        return [name for name, row in at_site.get(pair.home.site_id, ()) if _covers(row, pair)]

    return Axis("staffing.row", "sender", labels, approved(facts), dict(zip(names, rows, strict=True)))


def _covers(row: Staffing, pair: Pair) -> bool:
    assert pair.teacher is not None
    return row.stage == pair.teacher.stages[0] and row.subject in (None, pair.teacher.subject)


def _numbered(names: Iterable[str]) -> list[str]:
    """Return names with `` #2`` and so on behind those that came before."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return out
