"""Writing a policy as TOML that loads back equal."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from matching.domain.text import Text
from matching.policy.conditions import Condition, FieldRef
from matching.policy.draft import Draft, Table
from matching.policy.layers import draft_of, goal_values, stated
from matching.policy.literals import decimal
from matching.policy.model import FrontAsked, Goal, Policy, Slack, Weight

ORDER = ("id", "kind", "title", "source", "on", "when", "that", "count", "measure", "of", "by", "per", "stage",
         "pupils_per_post", "activity", "unit", "item", "amount", "min_per_term", "at_least", "at_most", "plus",
         "from_seats", "enforce", "penalty", "bend")


class Line(NamedTuple):
    """One line of TOML, and the file that it comes from."""

    text: str
    origin: str = ""


def to_toml(policy: Policy) -> str:
    """Return the whole policy as TOML; it extends nothing, so that it loads back equal whatever presets become."""
    draft = draft_of(policy)
    lines = [line.text for line in lines_of(draft)]
    lines.insert(2, 'extends = ""')
    return "\n".join(lines) + "\n"


def lines_of(draft: Draft) -> list[Line]:
    """Return `draft` as lines of TOML."""
    return list(_lines(draft))


def _lines(draft: Draft) -> Iterator[Line]:
    yield Line("[policy]")
    yield from _table(draft.policy)
    for raw in draft.rules.values():
        yield from (Line(""), Line("[[rule]]"), *_table(raw))
    for raw in draft.goals or ():
        yield from (Line(""), Line("[[goal]]"), *_table(raw))
    if draft.points:
        yield from (Line(""), Line("[points]"), *_table(draft.points))
    for raw in draft.variants.values():
        yield from (Line(""), Line("[[variant]]"), *_table(raw))
    if draft.ranking:
        yield from (Line(""), Line("[ranking.weights]"), *_table(draft.ranking))


def _table(raw: Table) -> Iterator[Line]:
    for key in sorted(raw, key=lambda k: ORDER.index(k) if k in ORDER else len(ORDER)):
        yield Line(f"{_key(key)} = {value(raw[key].value)}", raw[key].place.origin)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _text(key)


def value(raw: object) -> str:
    """Return a value, as TOML reads it or as the policy holds it, written as TOML."""
    for kinds, write in _WRITERS:
        if isinstance(raw, kinds):
            return write(raw)
    return str(raw)


def _text(raw: str) -> str:
    if '"' in raw and "'" not in raw and raw.isprintable():
        return f"'{raw}'"  # a condition stays as it was written
    return json.dumps(raw, ensure_ascii=False).replace("\x7f", "\\u007f")


def _fraction(raw: Fraction) -> str:
    """Return an exact decimal where there is one, else ``"9/47"``."""
    shown = decimal(raw)
    return _text(shown) if "/" in shown else shown


def _slack(raw: Slack) -> str:
    return _text(f"{decimal(raw.amount)}%") if raw.percent else _fraction(raw.amount)


def _sequence(raw: list[object] | tuple[object, ...]) -> str:
    if raw and isinstance(raw[0], Condition) and len(raw) == 1:
        return value(raw[0])
    return f"[{', '.join(map(value, raw))}]"


def _mapping(raw: Mapping[str, object]) -> str:
    return f"{{ {', '.join(f'{_key(k)} = {value(v)}' for k, v in raw.items())} }}" if raw else "{}"


_WRITERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (bool, lambda raw: "true" if raw else "false"),
    (Text, lambda raw: _mapping(raw._asdict())),
    (str, _text),
    (Fraction, _fraction),
    (Decimal, str),
    (datetime.date, lambda raw: raw.isoformat()),
    (FieldRef, lambda raw: _text(raw.name)),
    (Condition, lambda raw: _text(raw.text)),
    (Slack, _slack),
    (Weight, lambda raw: _mapping({"when": raw.when, "weight": raw.weight})),
    (Goal, lambda raw: _mapping(goal_values(raw))),
    (FrontAsked, lambda raw: _mapping({"of": raw.of} | stated(raw, ("within", "at_most")))),
    (list | tuple, _sequence),
    (Mapping, _mapping),
)
