"""The fields that conditions, groups and bounds may name, built from the sheets' columns (Contract 2)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from matching.domain.sheets import NEEDS, PAIRINGS, SITES, STAFFING, TEACHERS, Column, Kind, Sheet
from matching.domain.text import Text
from matching.domain.vocabulary import fold_heading
from matching.policy.faults import near

FieldKind = Literal["number", "yes_no", "word", "words", "text", "texts", "month", "level"]
Side = Literal["teacher", "home", "need", "host", "pair", "pairing", "staffing"]

SENDING: frozenset[Side] = frozenset({"teacher", "home"})
RECEIVING: frozenset[Side] = frozenset({"need", "host"})
ROWS: frozenset[Side] = frozenset({"pairing", "staffing"})


@dataclass(frozen=True)
class Field:
    """One field, by its canonical `name` (``"subject"``, ``"need.subject"``, ``"km"``).

    `kind` is the type of its values: ``level`` is yes, no or a backbone level; ``words`` and ``texts`` are lists.
    `vocabulary` names the list of words that ``word``, ``words`` and ``level`` take. `side` says what decides the
    value: the teacher, the home site, the need, the host site, the pair of both, or one row of the sheets
    `pairings` and `staffing` (these stand only in `per`, `of` and bounds).
    """

    name: str
    kind: FieldKind
    side: Side
    title: Text
    vocabulary: str | None = None

    @property
    def many(self) -> bool:
        """Whether the value is a list."""
        return self.kind in ("words", "texts")


_KINDS: Mapping[Kind, FieldKind] = {
    Kind.TEXT: "text", Kind.TEXTS: "texts", Kind.WORD: "word", Kind.WORDS: "words", Kind.YES_NO: "yes_no",
    Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.SHARE: "number", Kind.MONTH: "month", Kind.DATE: "month",
    Kind.LEVEL: "level",
}
_SHEETS: tuple[tuple[str, Side, Sheet, Text], ...] = (
    ("", "teacher", TEACHERS, Text("教师", "teacher")),
    ("need.", "need", NEEDS, Text("岗位", "post")),
    ("host.", "host", SITES, Text("受援学校", "receiving site")),
    ("home.", "home", SITES, Text("派出学校", "sending site")),
    ("pairing.", "pairing", PAIRINGS, Text("结对", "pairing row")),
    ("staffing.", "staffing", STAFFING, Text("师资", "staffing row")),
)
_SHORT = {"host": "host.site_id", "home": "home.site_id", "need_id": "need.need_id"}


def _field(name: str, kind: FieldKind, side: Side, zh: str, en: str, vocabulary: str | None = None) -> Field:
    return Field(name, kind, side, Text(zh, en), vocabulary)


_DERIVED = (
    _field("backbone", "level", "teacher", "骨干级别（含称号）", "backbone level, honours included", "backbone"),
    _field("age", "number", "teacher", "年龄（周岁）", "age in whole years"),
    _field("years_in_title", "number", "teacher", "任现职称年数", "whole years in the title"),
    _field("years_here", "number", "teacher", "来校年数", "whole years at the home site"),
    _field("appraisals_ok", "yes_no", "teacher", "近三年考核均合格以上", "last three appraisals all pass"),
    _field("years_since_rural", "number", "teacher", "距上次农村任教年数", "whole years since rural service"),
    _field("served_since_title", "yes_no", "teacher", "取得现职称后有农村任教", "rural service since the title"),
    _field("credited_hours", "number", "teacher", "已折算课时", "class-hours credited by the ledger"),
    _field("ledger_sites", "texts", "teacher", "课时表中的学校", "sites of the ledger"),
    _field("home.exchange_staff", "number", "home", "派出学校的交流教师数", "exchange teachers at the sending site"),
    _field("host.exchange_staff", "number", "host", "受援学校的交流教师数", "exchange teachers at the receiving site"),
    _field("km", "number", "pair", "公里", "distance in km"),
    _field("minutes", "number", "pair", "车程（分）", "travel time in minutes"),
    _field("subject_fit", "word", "pair", "学科符合程度", "how the subject fits", "subject_fit"),
    _field("stage_fit", "word", "pair", "学段符合程度", "how the stage fits", "stage_fit"),
    _field("pairing", "word", "pair", "结对关系", "what the pairings say", "pairing"),
    _field("preference", "number", "pair", "第几意向", "which wish it meets", "preference"),
    _field("language_ok", "yes_no", "pair", "语言符合", "language is met"),
    _field("same_county", "yes_no", "pair", "同县", "same county"),
    _field("same_prefecture", "yes_no", "pair", "同市（州）", "same prefecture"),
    _field("same_consortium", "yes_no", "pair", "同一办学联合体", "same consortium"),
    _field("home_county_match", "yes_no", "pair", "在家庭所在县", "in the teacher's home county"),
    _field("moved", "yes_no", "pair", "岗位有变动", "not where the baseline has them"),
    _field("mode", "word", "pair", "支教形式", "mode of the placement", "mode"),
    _field("pairing.row", "text", "pairing", "结对表的一行", "one staff row of the pairings"),
    _field("staffing.row", "text", "staffing", "师资表的一行", "one row of the staffing sheet"),
)


def _column_field(prefix: str, side: Side, owner: Text, column: Column) -> Field:
    title = Text(f"{owner.zh}的{column.zh}", f"{owner.en}: {column.key}")
    words = column.vocabulary.name if column.vocabulary else None
    return Field(prefix + column.key, _KINDS[column.kind], side, title, words)


def _all() -> Iterator[Field]:
    for prefix, side, sheet, owner in _SHEETS:
        yield from (_column_field(prefix, side, owner, c) for c in sheet.columns)
    yield from _DERIVED


FIELDS: Mapping[str, Field] = MappingProxyType({f.name: f for f in _all()})
"""Every field by its canonical name."""


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    names = {**{name: name for name in FIELDS}, **_SHORT}
    for prefix, _, sheet, _ in _SHEETS:
        names |= {prefix + fold_heading(c.zh): prefix + c.key for c in sheet.columns}
    return names


@lru_cache(maxsize=1)
def _hints() -> Mapping[str, str]:
    """Names that are not accepted but are understood well enough to suggest what is."""
    hints = {fold_heading(f.title.zh): f.name for f in _DERIVED}
    for prefix, _, sheet, _ in _SHEETS:
        hints |= {prefix + alias: prefix + c.key for c in sheet.columns for alias in c.names}
    return {**hints, **_names()}


def lookup(name: str) -> Field | None:
    """Return the field that `name` stands for: a key or a Chinese column name, as `fold_heading` compares."""
    key = _names().get(fold_heading(name))
    return FIELDS[key] if key else None


def resembles(name: str) -> bool:
    """Tell whether `name` is spelt so like a field that it may be meant for one."""
    seen = fold_heading(name)
    side, dot, _ = seen.partition(".")
    sides = [prefix.rstrip(".") for prefix, *_ in _SHEETS if prefix]
    return bool(dot and side in sides) or bool(difflib.get_close_matches(seen, _names(), n=1, cutoff=0.8))


def nearest(name: str, most: int = 3) -> tuple[str, ...]:
    """Return the accepted names nearest to one that is not a field."""
    hints = {hint: key for hint, key in _hints().items() if hint.isascii() or not name.isascii()}
    found = near(fold_heading(name), hints, 2 * most)
    accepted = _names()
    return tuple(dict.fromkeys(n if n in accepted else hints[n] for n in found))[:most]
