"""A clause that a pair does not meet, in plain words: what is so, and what it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matching.audit.conditions import Clause, Right
from matching.audit.fields import Field
from matching.audit.forms import WordForm, YesNoForm
from matching.audit.pair import Pair
from matching.domain.terms import YES_NO
from matching.domain.text import Lang, Text
from matching.policy.fields import FIELDS

OPS: Mapping[str, Text] = {
    "=": Text("应为", "should be"), "!=": Text("不得为", "must not be"), "<": Text("应小于", "should be below"),
    "<=": Text("应不超过", "should be at most"), ">": Text("应大于", "should be above"),
    ">=": Text("应不低于", "should be at least"), "in": Text("应在其中：", "should be one of"),
    "not in": Text("不得在其中：", "must not be one of"), "given": Text("应填写", "should be given"),
    "empty": Text("应为空", "should be empty"),
}
UNITS: Mapping[str, Text] = {"km": Text(" 公里", " km"), "minutes": Text(" 分钟", " minutes")}
_OWNERS = {"teacher": "the teacher's ", "need": "the post's ", "host": "the receiving school's ",
           "home": "the sending school's "}
_NAMES: Mapping[str, Text] = {
    "km": Text("距离", "the distance"), "minutes": Text("车程", "the journey"),
    "subject_fit": Text("学科", "subject fit"), "stage_fit": Text("学段", "stage fit"),
    "pairing": Text("结对关系", "the way by the pairings"),
    "mode": Text("双方都接受的支教形式", "a mode that both accept"),
}
MOST_PARTS = 4

Find = Callable[[str], Field | None]


def clause_words(clause: Clause, pair: Pair, find: Find) -> Text:
    """Return what the pair has and what the clause asks for.

    Parameters
    ----------
    find : returns the field of an attribute's name, such as ``teacher.subject``
    """
    return Text(_words(clause, pair, find, "zh"), _words(clause, pair, find, "en"))


def _words(clause: Clause, pair: Pair, find: Find, lang: Lang) -> str:
    told = _name(clause.field, lang) + _value(clause.field, pair, lang) + _parts(clause.field, pair, find, lang)
    missing = clause.field.raw(pair) in (None, ()) and clause.op != "given"
    plain = clause.op in ("!=", "not in") and all(right.field is None for right in clause.rights)
    if plain or missing or (clause.op == "given" and len(clause.field.uses) > 1):
        return told
    return Text("，", ", ").get(lang).join((told, _asked(clause, pair, lang)))


def _value(field: Field, pair: Pair, lang: Lang) -> str:
    if field.raw(pair) in (None, ()):
        return (Text("：无", ": none") if len(field.uses) > 1 else Text("未填写", ": not given")).get(lang)
    seen = _seen(field, pair, lang)
    return Text(f"为{_spaced(seen)}", f": {seen}").get(lang)


def _asked(clause: Clause, pair: Pair, lang: Lang) -> str:
    op = OPS[clause.op].get(lang)
    if not clause.rights:
        return op
    rights = [_right(clause, right, pair, lang) for right in clause.rights]
    return Text(f"{op}{_spaced('、'.join(rights))}", f"{op} {', '.join(rights)}").get(lang)


def _right(clause: Clause, right: Right, pair: Pair, lang: Lang) -> str:
    if right.field is None:
        return _literal(clause.field, right.text.strip("'\""), lang) + _unit(clause.field, lang)
    value = _seen(right.field, pair, lang) + _unit(clause.field, lang)
    return Text(f"{_name(right.field, lang)}（{value}）", f"{_name(right.field, lang)} ({value})").get(lang)


def _unit(field: Field, lang: Lang) -> str:
    return UNITS[field.name].get(lang) if field.name in UNITS else ""


def _literal(field: Field, text: str, lang: Lang) -> str:
    """Return a word of a condition as the field's own values are shown."""
    if isinstance(field.form, WordForm):
        key = field.form.vocabulary.lookup(text)
        if key is not None:
            return field.form.vocabulary.zh(key) if lang == "zh" else _plain(key)
    answer = YES_NO.lookup(text)
    if answer is not None and isinstance(field.form, WordForm | YesNoForm):
        return Text(YES_NO.zh(answer), answer).get(lang)
    return text


def _seen(field: Field, pair: Pair, lang: Lang) -> str:
    if field.raw(pair) in (None, ()):
        return Text("未填", "not given").get(lang)
    shown = str(field.show_zh(pair)) if lang == "zh" else _plain(str(field.show(pair)))
    return shown + _unit(field, lang)


def _name(field: Field, lang: Lang) -> str:
    if field.name in _NAMES:
        return _NAMES[field.name].get(lang)
    known = FIELDS.get(field.name)
    if known is None:
        return Text(field.zh, field.name).get(lang)
    owner, column, key = known.title.en.partition(": ")
    return Text(known.title.zh, _OWNERS[known.side] + _plain(key) if column else owner).get(lang)


def _parts(field: Field, pair: Pair, find: Find, lang: Lang) -> str:
    """Return, of a field worked out from others, what these hold; empty ones where they are why there is no value."""
    told, missing = [], field.raw(pair) in (None, ())
    for path in field.uses if len(field.uses) <= MOST_PARTS else ():
        part = None if path.endswith("_id") or path == "teacher.birth" else find(path.removeprefix("teacher."))
        if part is not None and part.name != field.name and (missing or part.raw(pair) not in (None, ())):
            told.append(Text("：", ": ").get(lang).join((_name(part, lang), _seen(part, pair, lang))))
    return Text(f"（{'；'.join(told)}）", f" ({'; '.join(told)})").get(lang) if told else ""


def _spaced(value: str) -> str:
    """Return a value with a space before it where it begins with a digit or a letter."""
    return f" {value}" if value[:1].isascii() else value


def _plain(key: Any) -> str:
    return str(key).replace("_", " ").replace("、", ", ")
