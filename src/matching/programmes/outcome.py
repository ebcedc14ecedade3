"""What came of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from matching.audit import Audit, Facts
from matching.domain.instance import Instance
from matching.domain.plan import Plan, Status
from matching.policy.model import Policy
from matching.programmes.expected import Case, Title

if TYPE_CHECKING:
    from matching.explain.conflicts.conflict import Diagnosis


@dataclass(frozen=True)
class Setting:
    """A case with its workbook and its policy read."""

    case: Case
    instance: Instance
    policy: Policy

    @cached_property
    def facts(self) -> Facts:
        """The facts of teachers and posts, by which conditions are judged."""
        return Facts(self.instance, self.policy)


@dataclass(frozen=True)
class Outcome:
    """What a case came to; `plan` and `audit` are None where there is no plan.

    A plan of our own that the audit refuses is kept as its `audit` alone. `stopped` is why a solve ended early.
    """

    setting: Setting
    status: Status
    plan: Plan | None = None
    audit: Audit | None = None
    diagnosis: Diagnosis | None = None
    stopped: str | None = None
    seconds: float = 0.0

    @property
    def case(self) -> Case:
        """What was expected."""
        return self.setting.case


Outcomes = Mapping[str, Outcome]
"""The outcomes of a programme's cases by the case's id."""


class Check(NamedTuple):
    """One thing that was expected of a case, beside what was found."""

    case: str
    id: str
    title: Title
    expected: str
    found: str
    ok: bool
