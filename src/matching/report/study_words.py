"""What stands in a study's cells, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matching.domain.terms import GENDER
from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.to_fill import to_fill
from matching.report.words import level_word, stage_word, title_word, word, yes_no
from matching.studies.minima import Minimum
from matching.studies.study import Kind
from matching.studies.swaps import Gain

FLAGS: Mapping[str, Text] = {
    "new": Text("到本校不满一年", "under a year at the school"),
    "minor": Text("任教非主要学科", "teaches no main subject"),
}
RISKS: Mapping[str, Text] = {
    "last": Text("该学科将无人任教", "nobody of the subject stays"),
    "rests": Text("该学科将全靠交流教师", "rests on exchange teachers alone"),
}
_PROFILE: Mapping[str, Text] = {
    "title": Text("职称", "Title"), "backbone": Text("骨干级别", "Backbone"), "flag": Text("提示", "Sign"),
}
_WISHES: Mapping[str, Text] = {
    "home": Text("派出学校", "Sending school"), "gender": Text("性别", "Gender"), "title": Text("职称", "Title"),
}
_Words = Callable[[Any, Any, Report, Lang], Any]
"""Of a row and the value in its cell."""

WORDS: Mapping[Kind, _Words] = {
    "site": lambda row, value, report, lang: report.instance.site[value].name,
    "teacher": lambda row, value, report, lang: report.instance.teacher[value].name,
    "teachers": lambda row, value, report, lang: _list(lang)(report.instance.teacher[v].name for v in value),
    "need": lambda row, value, report, lang: post(report, value, lang),
    "needs": lambda row, value, report, lang: _list(lang)(post(report, v, lang) for v in value),
    "stage": lambda row, value, report, lang: stage_word(value, lang),
    "subject": lambda row, value, report, lang: word(report.instance.vocabularies["subject"], value, lang),
    "rule": lambda row, value, report, lang: report.policy.rule(value).title.get(lang),
    "field": lambda row, value, report, lang: to_fill(value, report.instance.teacher[row.teacher], lang),
    "integer": lambda row, value, report, lang: value,
    "number": lambda row, value, report, lang: value,
    "share": lambda row, value, report, lang: value,
    "yes_no": lambda row, value, report, lang: yes_no(value, lang),
    "risk": lambda row, value, report, lang: RISKS[value].get(lang) if value else "",
    "flags": lambda row, value, report, lang: _list(lang)(FLAGS[v].get(lang) for v in value),
    "minima": lambda row, value, report, lang: Text("；", "; ").get(lang).join(_minimum(v).get(lang) for v in value),
    "profile": lambda row, value, report, lang: _PROFILE[value].get(lang),
    "profile_key": lambda row, value, report, lang: _profile_key(row.kind, value, lang),
    "forbidden_by": lambda row, value, report, lang: _forbidden_by(value, report, lang),
    "wish": lambda row, value, report, lang: _wish(value).get(lang),
    "wishes_by": lambda row, value, report, lang: _WISHES[value].get(lang),
    "wishes_of": lambda row, value, report, lang: _wishes_of(row.kind, value, report, lang),
    "gain": lambda row, value, report, lang: _gain(value).get(lang),
    "gains": lambda row, value, report, lang: Text("；", "; ").get(lang).join(_gain(v).get(lang) for v in value),
}


def _list(lang: Lang) -> Callable[[Any], str]:
    return Text("、", ", ").get(lang).join


def post(report: Report, need_id: str, lang: Lang) -> str:
    """Return a post as its school and subject."""
    need = report.instance.need[need_id]
    subject = word(report.instance.vocabularies["subject"], need.subject, lang)
    return f"{report.instance.site[need.site_id].name} {subject}"


def _profile_key(kind: str, key: str, lang: Lang) -> str:
    if kind == "flag":
        return FLAGS[key].get(lang)
    return title_word(key, lang) if kind == "title" else level_word(key, lang)


def _wishes_of(kind: str, key: str, report: Report, lang: Lang) -> str:
    if not key:
        return Text("未填", "not given").get(lang)
    if kind == "home":
        return report.instance.site[key].name
    return title_word(key, lang) if kind == "title" else word(GENDER, key, lang)


def _forbidden_by(rule: str, report: Report, lang: Lang) -> str:
    return report.policy.rule(rule).title.get(lang) if rule else Text("没有，可避免", "nothing: avoidable").get(lang)


def _minimum(one: Minimum) -> Text:
    year, _, month = one.term.partition("-")
    autumn = month == "09"
    term = Text(f"{year} 年{'秋' if autumn else '春'}季学期", f"{'autumn' if autumn else 'spring'} {year}")
    if not year:
        term = Text("未注明日期", "without a date")
    return Text(f"{term.zh}{one.activity} {one.done:g}/{one.least:g}",
                f"{one.activity} {one.done:g}/{one.least:g}, {term.en}")


def _gain(gain: Gain) -> Text:
    told = []
    if gain.before != gain.after:
        told.append(Text(f"意向：{_wish(gain.before).zh}→{_wish(gain.after).zh}",
                         f"wish: {_wish(gain.before).en} to {_wish(gain.after).en}"))
    if gain.home_county:
        told.append(Text("回到家庭所在县", "home county"))
    if gain.nearer:
        zh, en = ("近", "nearer") if gain.nearer > 0 else ("远", "farther")
        told.append(Text(f"{zh} {abs(gain.nearer):.1f} 公里", f"{abs(gain.nearer):.1f} km {en}"))
    return Text("，".join(t.zh for t in told), ", ".join(t.en for t in told))


def _wish(rank: int | None) -> Text:
    if rank is None:
        return Text("未满足", "none")
    return Text(f"第{'一二三'[rank - 1]}意向", ("1st", "2nd", "3rd")[rank - 1])
