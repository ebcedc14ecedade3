"""Ids that a question names: known, or refused with the nearest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Literal

from matching.domain.findings import InputError, error
from matching.domain.text import Text

Kind = Literal["teacher", "need", "rule", "plan"]

_KINDS: Mapping[Kind, Text] = {
    "teacher": Text("教师", "teacher"), "need": Text("岗位", "post"), "rule": Text("规则", "rule"),
    "plan": Text("方案", "plan"),
}
NEAREST = 3


def known(kind: Kind, given: str, ids: Collection[str], names: Mapping[str, str] | None = None) -> str:
    """Return `given` where it is one of `ids`.

    Parameters
    ----------
    names : by id, the name that people use; who is named in full is suggested before ids that look alike

    Raises
    ------
    InputError
        Where it is not; the nearest ids are suggested.
    """
    if given in ids:
        return given
    named = [key for key, name in (names or {}).items() if name == given.strip()]
    same = [key for key in ids if _plain(key) == _plain(given)]
    alike = difflib.get_close_matches(given, ids, n=NEAREST, cutoff=0.3)
    what = _KINDS[kind]
    raise InputError([error(f"unknown_{kind}", f"没有编号为 {given} 的{what.zh}。", f"No {what.en} has the id {given}.",
                            value=given, suggest=tuple(dict.fromkeys([*named, *same, *alike]))[:NEAREST])])


def _plain(given: str) -> str:
    """Return an id in small letters, without blanks and leading zeros: T006 is meant for T0006."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(given.split()).lower())
