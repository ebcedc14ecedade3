"""``expected.json`` from a file, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from matching.domain.findings import Finding, InputError, error
from matching.domain.refused import why
from matching.domain.text import Text
from matching.policy.faults import near, shorten
from matching.programmes.expected import (
    KINDS,
    Case,
    CountFigure,
    DifferenceFigure,
    Expected,
    RuleFigure,
    StudyFigure,
)

FILE = "expected.json"
_MODELS: Mapping[str, type[BaseModel]] = {
    "count": CountFigure, "rule": RuleFigure, "study": StudyFigure, "difference": DifferenceFigure,
}
_MESSAGES: Mapping[str, Text] = {code: Text(zh, en) for code, zh, en in (
    ("missing", "缺少这一项", "this key is missing"),
    ("extra_forbidden", "没有这一项", "there is no such key"),
    ("union_tag_not_found", f"每个数字要有 {'、'.join(KINDS)} 其中一项", f"a figure has one of {', '.join(KINDS)}"),
    ("literal_error", "应为 {expected} 之一", "should be one of {expected}"),
    ("no_cases", "cases 里至少要有一个算例", "there is no case in cases"),
    ("string_too_short", "不能为空", "must not be empty"),
    ("string_type", "应为文字", "should be a text"),
    ("int_type", "应为整数", "should be a whole number"),
    ("greater_than_equal", "不能是负数", "must not be negative"),
    ("bool_type", "应为 true 或 false", "should be true or false"),
    ("tuple_type", "应为列表 [...]", "should be a list [...]"),
    ("dict_type", "应为对象 {{...}}", "should be an object {{...}}"),
    ("model_type", "应为对象 {{...}}", "should be an object {{...}}"),
    ("model_attributes_type", "应为对象 {{...}}", "should be an object {{...}}"),
    ("not_a_number", "应为数字，或写成 \"9/47\" 的分数", "should be a number, or a fraction such as \"9/47\""),
    ("not_a_value", "应为文字、数字、true、false、null，或它们的列表",
     "should be a text, a number, true, false, null, or a list of these"),
    ("not_a_condition", "条件应为文字，或文字的列表", "a condition is a text, or a list of texts"),
    ("no_bound", "要有 equals、at_least、at_most 其中一项", "one of equals, at_least and at_most is needed"),
    ("bad_measure", "measure 只用于 placements，不能与 distinct 同用",
     "a measure is for placements only, and not together with distinct"),
    ("no_fields", "pairings 和 ledger 没有政策字段，请用 where 比较各列",
     "pairings and ledger have no fields of the policy; compare their columns by where"),
    ("no_statement", "要写明 value、required、ok、shortfall 至少一项",
     "one of value, required, ok and shortfall is needed"),
    ("no_conflict", "只有 status 为 infeasible 时才能写 conflict 和 relaxation",
     "conflict and relaxation go with the status infeasible only"),
    ("no_breach", "写了 breaches，就要写 \"audit\": false", "breaches go with \"audit\": false"),
    ("no_case", "没有编号为“{seen}”的另一个算例", "there is no other case {seen!r}"),
    ("repeated_id", "编号“{seen}”重复", "the id {seen!r} is repeated"),
)}


def read_expected(path: Path) -> Expected:
    """Read what a programme must show.

    Raises
    ------
    InputError
        With every finding: the file, the key and what would be right.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError([named(path, "not_utf8", Text("文件不是 UTF-8 编码，请另存为 UTF-8",
                                                          "the file is not UTF-8; save it as UTF-8"))]) from problem
    except OSError as problem:
        reason = why(problem)
        said = Text(f"文件打不开：{reason.zh}", f"the file cannot be read: {reason.en}")
        raise InputError([named(path, "unreadable", said)]) from problem
    try:
        return Expected.model_validate_json(text)
    except ValidationError as problem:
        raise InputError(_of(path, dict(fault)) for fault in problem.errors(include_url=False)) from problem


def _of(path: Path, fault: dict[str, Any]) -> Finding:
    code, words = fault["type"], fault.get("ctx", {})
    if code == "json_invalid":
        return named(path, code, Text(f"不是有效的 JSON：{words['error']}", f"not valid JSON: {words['error']}"))
    template = _MESSAGES.get(code, Text("值不对", _escaped(fault["msg"])))
    words = {key: str(word).replace(" or ", ", ") if key == "expected" else word for key, word in words.items()}
    message = Text(template.zh.format(**words), template.en.format(**words))
    seen = fault["input"] if not isinstance(fault["input"], dict | list | tuple) else None
    suggest = near(str(fault["loc"][-1]), _keys(fault["loc"])) if code == "extra_forbidden" else ()
    value = None if seen is None else shorten(str(seen))
    return named(path, code, message, place(fault["loc"]) or None, value, suggest)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def place(loc: tuple[str | int, ...]) -> str:
    """Return a place in the file as a person writes it: ``cases[0].figures[2].when``."""
    said = ""
    for at, part in enumerate(loc):
        if isinstance(part, int):
            said += f"[{part}]"
        elif not (_is_figure(loc[:at]) and part in KINDS):  # the tag of the union is not a place
            said += f".{part}" if said else part
    return said


def _is_figure(loc: tuple[str | int, ...]) -> bool:
    return len(loc) >= 2 and loc[-2] == "figures" and isinstance(loc[-1], int)


def _keys(loc: tuple[str | int, ...]) -> list[str]:
    tag = loc[4] if len(loc) > 4 and loc[2] == "figures" else None
    model = _MODELS.get(str(tag), Case if len(loc) > 2 else Expected)
    return [field.alias or name for name, field in model.model_fields.items()]


def named(path: Path, code: str, message: Text, column: str | None = None, value: str | None = None,
             suggest: tuple[str, ...] = ()) -> Finding:
    """Return a finding whose sentence names the file and the key."""
    where = f" {column}" if column else ""
    return error(code, f"{path.parent.name}/{path.name}{where}：{message.zh}",
                 f"{path.parent.name}/{path.name}{where}: {message.en}", column=column, value=value, suggest=suggest,
                 file=str(path))
