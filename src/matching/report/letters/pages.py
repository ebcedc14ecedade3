"""What stands on the page of a letter, as text: what the templates of both forms are filled with."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple


class Line(NamedTuple):
    """A line of a list of particulars."""

    label: str
    value: str


class PostLine(NamedTuple):
    """A post of a teacher who has several."""

    school: str
    county: str
    post: str
    service: str
    km: str
    yuan: str


class RuleLeft(NamedTuple):
    """A rule and how many posts it leaves."""

    rule: str
    left: str


class PointLine(NamedTuple):
    """Points of one name, at the teacher's post and at another."""

    name: str
    here: str
    there: str


class SchoolPostLine(NamedTuple):
    """A post of a school."""

    subject: str
    stage: str
    type: str
    service: str
    seats: str
    filled: str
    empty: str


class ComingLine(NamedTuple):
    """Somebody who comes to a school; the columns of the public list."""

    number: str
    name: str
    home: str
    title: str
    backbone: str
    subject: str
    stage: str
    mode: str
    term: str


@dataclass(frozen=True)
class Page:
    """What every letter has. `file` is what a file of its own is called; `labels` are headings, by name."""

    file: str
    title: str
    programme: str
    greeting: str
    lead: str
    foot: str
    labels: dict[str, str]

    def context(self) -> dict[str, Any]:
        """Return the fields by name, as templates see them."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self) if field.name != "file"}


@dataclass(frozen=True)
class TeacherPage(Page):
    """A letter to a teacher; empty lists and texts are left out of the page."""

    name: str
    teacher_id: str
    school: str
    facts: tuple[Line, ...] = ()
    posts: tuple[PostLine, ...] = ()
    why: tuple[str, ...] = ()
    funnel: tuple[RuleLeft, ...] = ()
    settled: str = ""
    points: tuple[PointLine, ...] = ()
    here: str = ""
    there: str = ""
    compared: bool = False
    wishes: tuple[str, ...] = ()
    alternative: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchoolPage(Page):
    """A letter to a school; empty lists are left out of the page."""

    school: str
    county: str
    posts: tuple[SchoolPostLine, ...] = ()
    coming: tuple[ComingLine, ...] = ()
    why: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    sends: str = ""


def _plain(value: Any) -> Any:
    """Return rows as dicts by column, so that both forms name a column alike, and texts without control characters."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, dict):
        return {name: _plain(text) for name, text in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    return [_plain(row) for row in value] if isinstance(value, tuple) else value


_CONTROLS = dict.fromkeys((*range(32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")
"""Characters that neither form can hold."""
