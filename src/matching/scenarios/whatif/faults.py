"""What is wrong with a call of what-if, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterable

from matching.domain.findings import InputError, error


def refused(code: str, name: str, zh: str, en: str, seen: str | None = None, suggest: Iterable[str] = ()) -> InputError:
    """Return the error of one thing that is wrong with what `name` is to be."""
    return InputError([error(code, f"{name}：{zh}", f"{name}: {en}", column=name, value=seen, suggest=tuple(suggest))])
