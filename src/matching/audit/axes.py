"""What a quota's `per` groups by: the whole plan, a field, or the rows of 结对 and 师资 (readings 13 to 15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from matching.audit.factbook import Facts
from matching.audit.fields import Field, derived
from matching.audit.forms import Form
from matching.audit.pair import RECEIVER, SENDER
from matching.audit.rolls import Roll
from matching.audit.values import Values, classes
from matching.audit.ways import ENDS, alike_ends
from matching.domain.findings import InputError, error
from matching.domain.records import Pairing, Staffing

Side = Literal["sender", "receiver", "neither"]
Row = Pairing | Staffing


@dataclass(frozen=True)
class Axis:
    """One thing to group by.

    `over` returns the groups that each teacher, need or placement of a roll belongs to, a tuple of labels; `halves`
    are those that make up the groups; `rows` are the sheet's rows by label, where rows are the groups. `whole_homes`
    tells that groups are made of whole home sites.
    """

    name: str
    side: Side
    over: Callable[[Roll], Values]
    halves: Roll | None = None
    rows: dict[str, Row] | None = None
    whole_homes: bool = False
    resident: bool = False

    @property
    def labels(self) -> Sequence[str]:
        """All groups, in the order of the sheet's rows."""
        if self.rows is not None:
            return tuple(self.rows)
        assert self.halves is not None
        there = keys([self], self.halves).values
        return tuple(dict.fromkeys(label for some in there for label, in some))


def axis(facts: Facts, name: str, rule: str) -> Axis:
    """Return the axis of one field of a quota's `per`; InputError where it cannot group."""
    if name == "pairing.row":
        return _pairing_rows(facts)
    if name == "staffing.row":
        return _staffing_rows(facts)
    field = facts.reader.field(name, rule)
    if field.sides and field.sides <= SENDER:
        home = field.sides == {"home"}
        return Axis(name, "sender", _values(field), facts.approved, whole_homes=home, resident=home)
    if field.sides and field.sides <= RECEIVER:
        over = _of(DORM) if field.uses == ("host.dorm",) else _values(field)
        return Axis(name, "receiver", over, facts.posts)
    raise InputError([error("meaningless_quota", f"规则“{rule}”不能按“{field.zh}”分组",
                            f"rule '{rule}' cannot group by '{name}'", value=name)])


def keys(axes: Sequence[Axis], roll: Roll) -> Values:
    """Return the groups that each of a roll belongs to, by axes together: a tuple of keys."""
    columns = [a.over(roll) for a in axes]
    first, codes = classes(len(roll), [column.codes for column in columns])
    labels = zip(*(column.only(first).each() for column in columns), strict=True)
    return Values([tuple(product(*some)) for some in labels] if columns else [((),)], codes)


def _values(field: Field) -> Callable[[Roll], Values]:
    return lambda roll: roll.labels(field)


def _of(field: Field) -> Callable[[Roll], Values]:
    """Return the labels that a field has as its raw values."""
    return lambda roll: roll.column(field)


DORM = derived("dorm or site", "宿舍点", ("host.dorm", "host.site_id"), Form(), lambda dorm, site: (dorm or site,))


def _pairing_rows(facts: Facts) -> Axis:
    pairings = facts.pairings
    names = _numbered(f"{row.origin} > {row.destination}" for row in pairings.rows)

    def covering(home: str, host: str) -> Sequence[str]:
        return tuple(names[at] for at in pairings.covering(home, host))

    field = replace(derived("pairing.row", "结对", ENDS, Form(), covering), alike=alike_ends(pairings))
    return Axis("pairing.row", "neither", _of(field), rows=dict(zip(names, pairings.rows, strict=True)))


def _staffing_rows(facts: Facts) -> Axis:
    rows = facts.instance.staffing
    names = _numbered(f"{row.site_id} {row.stage} {row.subject or '*'}" for row in rows)
    at_site: dict[str, list[tuple[str, Staffing]]] = {}
    for name, row in zip(names, rows, strict=True):
        at_site.setdefault(row.site_id, []).append((name, row))

    def covering(site: str, stages: tuple[str, ...], subject: str) -> Sequence[str]:
        return tuple(name for name, row in at_site.get(site, ())
                     if row.stage == stages[0] and row.subject in (None, subject))

    field = derived("staffing.row", "师资", ("home.site_id", "teacher.stages", "teacher.subject"), Form(), covering)
    return Axis("staffing.row", "sender", _of(field), facts.approved, dict(zip(names, rows, strict=True)))


def _numbered(names: Iterable[str]) -> list[str]:
    """Return names with `` #2`` and so on behind those that came before."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return out
