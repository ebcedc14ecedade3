"""Plans as JSON, exactly as the contract lays the file out."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from matching.domain.findings import InputError
from matching.domain.plan import GoalLine, Placement, Plan, Reserve, RuleLine, Status, Unfilled, Unplaced
from matching.domain.terms import MODE
from matching.domain.vocabulary import Vocabulary
from matching.tables import plan_forms as f
from matching.tables.plan_columns import STAGE_FIT, SUBJECT_FIT
from matching.tables.write_json import json_bytes

_HEAD = {"plan": f.TEXT, "status": f.one_of(get_args(Status)), "seed": f.WHOLE}


class _Part(NamedTuple):
    """A list of the file: the record of its members and the forms of their fields."""

    kind: Any
    forms: tuple[f.Form, ...]


def _words(vocabulary: Vocabulary) -> f.Form:
    return f.one_of([term.key for term in vocabulary.terms])


_PARTS = {
    "goals": _Part(GoalLine, (f.TEXT, f.WHOLE, f.WHOLE, f.WHOLE, f.NUMBER)),
    "placements": _Part(Placement, (
        f.TEXT, f.TEXT, _words(MODE), f.optional(f.NUMBER), f.WHOLE, f.optional(f.WHOLE), _words(SUBJECT_FIT),
        _words(STAGE_FIT), f.FLAG)),
    "unplaced": _Part(Unplaced, (f.TEXT, f.TEXT)),
    "unfilled": _Part(Unfilled, (f.TEXT, f.WHOLE, f.TEXT)),
    "rules": _Part(RuleLine, (f.TEXT, f.TEXT, f.FIGURE, f.FIGURE, f.FLAG, f.WHOLE)),
    "reserve": _Part(Reserve, (f.TEXT, f.TEXTS)),
}


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return `plan` as the object of a plan file; km have one decimal.

    Raises
    ------
    ValueError
        The plan is an edited one, which leaves facts unstated.
    """
    if plan.edited:
        raise ValueError("an edited plan states too little for a plan file")
    head = {key: getattr(plan, key) for key in _HEAD}
    return head | {key: [_object(record) for record in getattr(plan, key)] for key in _PARTS}


def _object(record: Any) -> dict[str, Any]:
    stated = record._asdict().items()
    fields: dict[str, Any] = {key: list(value) if isinstance(value, tuple) else value for key, value in stated}
    if fields.get("km") is not None:
        fields["km"] = round(float(fields["km"]), 1)
    return fields


def dump_plan(plan: Plan) -> bytes:
    """Return the bytes of the plan's file, the same for equal plans."""
    return json_bytes(plan_to_json(plan))


def plan_from_json(document: Any) -> Plan:
    """Return the plan that a plan file's object states. Keys that the contract does not know are ignored.

    Ids that no instance knows, and one teacher placed twice, are for the audit to judge.

    Raises
    ------
    InputError
        A key is missing or holds a value of another type; every such fault is among the findings.
    """
    found: f.Found = []
    whole = f.fields(document, _HEAD | dict.fromkeys(_PARTS, f.LIST), "", found)
    parts: dict[str, Any] = {key: _records(document, key, part, found) for key, part in _PARTS.items()}
    if whole is None or found:
        raise InputError(found)
    return Plan(**(whole | parts))


def _records(document: Any, key: str, part: _Part, found: f.Found) -> tuple[Any, ...]:
    members = document.get(key) if isinstance(document, dict) else None
    if not isinstance(members, list):
        return ()
    forms = dict(zip(part.kind._fields, part.forms, strict=True))
    read = (f.fields(member, forms, f"{key}[{at}]", found) for at, member in enumerate(members))
    return tuple(_record(part.kind, values) for values in read if values)


def _record(kind: Any, values: dict[str, Any]) -> Any:
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    if plain.get("km") is not None:
        plain["km"] = float(plain["km"])
    return kind(**plain)
