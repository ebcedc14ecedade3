"""Scenarios: named changes to the policy and to the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from matching.domain.text import Text
from matching.policy.conditions import Condition


@dataclass(frozen=True)
class Keep:
    """Of the teachers who match, only so many stay: a share of them, or a number. Who does is drawn by the seed."""

    teachers: Condition
    share: Fraction | None = None
    number: int = 0


@dataclass(frozen=True)
class Close:
    """Schools that neither receive nor send any more."""

    sites: tuple[str, ...]


@dataclass(frozen=True)
class Add:
    """So many more teachers, each like one of those who match in turn, but for what is `put` otherwise."""

    number: int
    like: Condition
    put: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seats:
    """Other numbers of seats at the posts that match: `number`, or `times` as many, rounded half up, and `more`."""

    needs: Condition
    number: int | None = None
    times: Fraction = Fraction(1)
    more: int = 0


Change = Keep | Close | Add | Seats


@dataclass(frozen=True)
class Scenario:
    """Changes that are made together.

    `policy` holds values by the names that `whatif` varies, or a rule's id with true or false. `file` is where it was
    read.
    """

    id: str
    title: Text
    policy: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    file: str | None = None
