"""One clause of a condition beside a pair, in words: what is so, and what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from matching.audit.conditions import Clause, Right
from matching.audit.fields import Field
from matching.audit.forms import LevelForm, NumberForm, WordForm, YesNoForm
from matching.audit.pair import Pair
from matching.domain.instance import Instance
from matching.domain.terms import BACKBONE, YES_NO
from matching.domain.text import Text
from matching.domain.vocabulary import english
from matching.explain.evidence import EVIDENCE
from matching.policy.fields import FIELDS

_OWNERS = {"teacher": "the teacher's", "post": "the post's", "receiving site": "the receiving site's",
           "sending site": "the sending site's"}
_PLAIN = {
    "host.site_id": Text("受援学校", "receiving site"), "home.site_id": Text("派出学校", "sending site"),
    "need.need_id": Text("岗位", "post"), "teacher_id": Text("教师", "teacher"),
    "deferred": Text("教师是否暂缓", "the teacher is deferred"),
    "need.backbone_required": Text("岗位要求的骨干级别", "the level that the post asks for"),
}
_COLUMNS: Mapping[str, str] = {
    "alt_subjects": "further subjects", "avoid_sites": "avoided schools",
    "backbone_required": "backbone level asked for", "beds_men": "beds for men", "beds_women": "beds for women",
    "birth": "month of birth", "count": "number of seats", "eligible_count": "number due for rotation",
    "exchange_staff": "number of exchange teachers", "home_county": "home county", "home_site": "home school",
    "joined": "month of coming to the school", "lat": "latitude", "lon": "longitude", "last_need": "post of last year",
    "lock_need": "locked post", "max_hours": "most part-time hours", "max_km": "farthest distance in km",
    "min_title": "lowest title allowed", "posts_established": "established posts", "pref_1": "first wish",
    "pref_2": "second wish", "pref_3": "third wish", "promotion_need": "need of rural service for promotion",
    "receive_max": "most who may be received", "rural_until": "end of the last rural service",
    "rural_years": "years of rural teaching", "send_max": "most who may be sent",
    "share_50plus": "share aged 50 and over", "title_since": "title held since", "site_id": "school",
}
"""Columns that their keys do not name as a reader would."""
_ASKED: Mapping[str, Text] = {
    "=": Text("须为{}", "must be {}"), "!=": Text("不得为{}", "must not be {}"),
    "<": Text("须小于{}", "must be below {}"), "<=": Text("不超过{}", "at most {}"),
    ">": Text("须大于{}", "must be above {}"), ">=": Text("不低于{}", "at least {}"),
    "in": Text("须为{}", "must be {}"), "not in": Text("不得为{}", "must not be {}"),
    "given": Text("须有填写", "must be given"), "empty": Text("须为空", "must be empty"),
}
_NO_DISTANCE = Text("距离未知", "the distance is not known")


class Told(NamedTuple):
    """What is so of a pair, and what a clause asks."""

    actual: Text
    required: Text


def told(clause: Clause, pair: Pair, instance: Instance) -> Told:
    """Return what a clause asks of `pair` beside what is so of it."""
    evidence = EVIDENCE.get(clause.field.name)
    if evidence is None:
        return Told(_actual(clause.field, pair, instance), _required(clause, pair, instance))
    required = evidence.asked.get(clause.text.replace(" ", ""))
    return Told(evidence.actual(pair, instance), required or _required(clause, pair, instance))


def _actual(field: Field, pair: Pair, instance: Instance) -> Text:
    name, value = title(field), shown(field, pair, instance)
    if field.name == "km":
        return Text(f"距离 {value.zh} 公里", f"{value.en} km away") if value.zh else _NO_DISTANCE
    return Text(f"{name.zh}：{value.zh or '没有填'}", f"{name.en}: {value.en or 'not given'}")


def _required(clause: Clause, pair: Pair, instance: Instance) -> Text:
    if not clause.rights:
        return _ASKED[clause.op]
    asked = [_right(right, clause.field, pair, instance) for right in clause.rights]
    empty = [right.field for right in clause.rights if right.field is not None and not tuple(right.members(pair))]
    if empty and (clause.op != "not in" or len(empty) == len(clause.rights)):
        name = title(empty[0])
        return Text(f"不限（{name.zh}没有填）", f"no limit ({name.en}: not given)")
    words = Text("或".join(text.zh for text in asked), " or ".join(text.en for text in asked))
    zh = f" {words.zh}" if words.zh[:1].isascii() else words.zh
    return Text(_ASKED[clause.op].zh.format(zh), _ASKED[clause.op].en.format(words.en))


def _right(right: Right, left: Field, pair: Pair, instance: Instance) -> Text:
    if right.field is None:
        return _constant(right.text, left)
    name, value = title(right.field), shown(right.field, pair, instance)
    return Text(f"{value.zh}（{name.zh}）", f"{value.en} ({name.en})")


def _constant(text: str, left: Field) -> Text:
    """Return a constant of a condition as people write it."""
    plain = text.strip("\"'“”")
    key = left.form.vocabulary.lookup(plain) if isinstance(left.form, WordForm) else None
    if key is not None and isinstance(left.form, WordForm):
        return Text(f"“{left.form.vocabulary.zh(key)}”", f'"{english(key)}"')
    met = YES_NO.lookup(plain) == "yes"
    if isinstance(left.form, LevelForm):
        return _level(left.form.yes, met)
    if isinstance(left.form, YesNoForm):
        return Text("是", "yes") if met else Text("否", "no")
    return Text(plain, plain) if isinstance(left.form, NumberForm) else Text(f"“{plain}”", f'"{plain}"')


def _level(level: str, met: bool) -> Text:
    zh = BACKBONE.zh(level)
    return Text(f"{zh}及以上", f"{level} level or above") if met else Text(f"{zh}以下", f"below {level} level")


def title(field: Field) -> Text:
    """Return what a field is called in a sentence."""
    known = FIELDS.get(field.name)
    if known is None or field.name in _PLAIN:
        return _PLAIN.get(field.name, Text(field.zh, field.name))
    owner, colon, key = known.title.en.partition(": ")
    whose, _, column = known.title.zh.partition("的")
    zh = column if column.startswith(whose) else known.title.zh  # not 岗位的岗位类别
    return Text(zh, _owned(owner, key) if colon else owner)


def _owned(owner: str, key: str) -> str:
    """Return what a column of someone is called; not the post's post type."""
    name = _COLUMNS.get(key, key.replace("_", " "))
    return f"the {name}" if name.startswith(owner) else f"{_OWNERS.get(owner, owner)} {name}"


def shown(field: Field, pair: Pair, instance: Instance) -> Text:
    """Return a field's value; empty where there is none. Sites are told by name."""
    raw = field.raw(pair)
    members = () if raw is None else raw if isinstance(raw, tuple) else (raw,)
    words = [_member(field, member, instance) for member in members]
    return Text("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _member(field: Field, raw: Any, instance: Instance) -> Text:
    known, site = FIELDS.get(field.name), instance.site.get(raw) if isinstance(raw, str) else None
    if site is not None and known is not None and known.kind in ("text", "texts"):
        return Text(f"{site.name}（{raw}）", f"{site.name} ({raw})")
    return Text(field.form.zh(raw), english(field.form.show(raw)))
