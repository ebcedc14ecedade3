"""What a study is: a table worked out from an instance, a policy and one plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from matching.domain.text import Text
from matching.studies.case import Case

Kind = Literal["site", "teacher", "teachers", "need", "needs", "stage", "subject", "rule", "field", "integer", "number",
               "share", "yes_no", "risk", "flags", "minima", "profile", "profile_key", "gain",
               "gains", "forbidden_by", "wish", "wishes_by", "wishes_of"]
"""What a column holds, for those who show it: ids, keys of vocabularies, numbers, or a study's own words."""


class Column(NamedTuple):
    """One column; `key` is the name of the rows' field."""

    key: str
    title: Text
    kind: Kind


def always(case: Case) -> bool:
    """Say that a study has meaning for any case."""
    return True


@dataclass(frozen=True)
class Study:
    """One table.

    Attributes
    ----------
    columns : the fields of a row, in order
    rows : works the rows out, as named tuples; an empty tuple where there is nothing to tell
    telling : whether the study has meaning for the policy and the instance
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: Callable[[Case], tuple[Any, ...]]
    telling: Callable[[Case], bool] = always
