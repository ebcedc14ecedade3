"""What is wrong with an input, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from matching.domain.text import Lang, Text

Severity = Literal["error", "warning", "notice"]


class Finding(NamedTuple):
    """One problem of an input, with its place.

    `sheet` is the sheet's key (``"needs"``), `row` is counted as Excel does (headings are row 1), `column`
    is the heading as the user wrote it. Any of them is None where the problem has no such place.
    `suggest` lists what would be accepted, nearest first.
    """

    severity: Severity
    code: str
    text: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    suggest: tuple[str, ...] = ()
    file: str | None = None

    def message(self, lang: Lang) -> str:
        """Return the message in `lang`."""
        return self.text.get(lang)


class InputError(Exception):
    """An input, a policy or a call that cannot be used; carries every finding at once.

    Commands print the findings and end with exit code 2.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{f.text.zh} / {f.text.en}" for f in self.findings))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)


def error(code: str, zh: str, en: str, **place: object) -> Finding:
    """Return a finding of severity ``error``; `place` are the further fields of `Finding`."""
    return Finding("error", code, Text(zh, en), **place)  # type: ignore[arg-type]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding forbids solving."""
    return any(f.severity == "error" for f in findings)
