"""What each field of a plan file may hold, and a reader that finds every fault in one pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from matching.domain.findings import Finding, error
from matching.domain.text import Text

Found = list[Finding]


class Form(NamedTuple):
    """A type of value: its name, and whether a value read from JSON is one."""

    name: Text
    accepts: Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


TEXT = Form(Text("文字", "text"), _is_text)
WHOLE = Form(Text("整数", "a whole number"), _is_whole)
NUMBER = Form(Text("数字", "a number"), _is_number)
FLAG = Form(Text("true 或 false", "true or false"), lambda value: isinstance(value, bool))
TEXTS = Form(Text("文字列表", "a list of texts"), lambda value: isinstance(value, list) and all(map(_is_text, value)))
LIST = Form(Text("列表", "a list"), lambda value: isinstance(value, list))
FIGURE = Form(Text("整数或分数", "a whole number or a share"), lambda value: _is_whole(value) or _is_text(value))


def optional(form: Form) -> Form:
    """Return the form that null has as well."""
    name = Text(f"{form.name.zh}或 null", f"{form.name.en} or null")
    return Form(name, lambda value: value is None or form.accepts(value))


def one_of(words: Sequence[str]) -> Form:
    """Return the form of one of `words`."""
    return Form(Text("、".join(words) + "之一", "one of " + ", ".join(words)), lambda value: value in tuple(words))


def fields(value: Any, forms: Mapping[str, Form], place: str, found: Found) -> dict[str, Any] | None:
    """Return the named fields of an object; None, and findings added to `found`, where one is missing or wrong."""
    before = len(found)
    if not isinstance(value, Mapping):
        found.append(_wrong(place, value, Text("一个对象", "an object")))
        return None
    for key, form in forms.items():
        where = f"{place}.{key}".lstrip(".")
        if key not in value:
            found.append(error("missing_key", f"方案文件缺少“{where}”", f"the plan file lacks {where}", column=where))
        elif not form.accepts(value[key]):
            found.append(_wrong(where, value[key], form.name))
    return {key: value[key] for key in forms} if len(found) == before else None


def _wrong(place: str, value: object, expected: Text) -> Finding:
    where = place or "JSON"
    shown = repr(value)[:80]
    return error("wrong_type", f"方案文件中“{where}”应为{expected.zh}，现为 {shown}",
                 f"{where} of the plan file should be {expected.en}, found {shown}", column=where, value=shown)
