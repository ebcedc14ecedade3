"""What can be wrong with one value."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.findings import Severity
from matching.domain.text import Text


class Problem(NamedTuple):
    """A finding without its place."""

    severity: Severity
    code: str
    text: Text
    suggest: tuple[str, ...] = ()


class Strange(Exception):  # noqa: N818 -- it may be a mere doubt
    """A raw value that is wrong or doubtful; `value` is what to go on with."""

    def __init__(self, problem: Problem, value: object = None) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.value = value


def wrong(code: str, zh: str, en: str, suggest: tuple[str, ...] = ()) -> Strange:
    """Return an error to raise."""
    return Strange(Problem("error", code, Text(zh, en), suggest))


def doubtful(value: object, code: str, zh: str, en: str, suggest: tuple[str, ...] = ()) -> Strange:
    """Return a warning to raise, with the value as it was understood."""
    return Strange(Problem("warning", code, Text(zh, en), suggest), value)
