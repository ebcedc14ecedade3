"""Which columns of the workbook a value that is missing is worked out from."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.records import Teacher
from matching.domain.text import Lang, Text
from matching.policy.fields import FIELDS

_FROM: Mapping[str, tuple[str, ...]] = {
    "age": ("birth",), "years_in_title": ("title_since",), "years_here": ("joined",),
    "years_since_rural": ("rural_until",), "served_since_title": ("rural_until", "title_since"),
    "same_county": ("home.county", "host.county"), "same_prefecture": ("home.prefecture", "host.prefecture"),
    "same_consortium": ("home.consortium", "host.consortium"), "home_county_match": ("home_county",),
}
_EXCHANGE = Text("师资表的交流教师数", "staffing: exchange_staff")
_OTHERWISE: Mapping[str, Text] = {
    "appraisals_ok": Text("教师的近三年考核（三年都要填）", "teacher: appraisals (all three)"),
    "km": Text("学校的经度、纬度，或距离表的公里", "sites: lon and lat, or distances: km"),
    "minutes": Text("距离表的车程(分)", "distances: minutes"),
    "home.exchange_staff": _EXCHANGE, "host.exchange_staff": _EXCHANGE,
}


def to_fill(name: str, teacher: Teacher, lang: Lang) -> str:
    """Return the columns to fill for the field `name`, which is missing of `teacher`."""
    if name in _OTHERWISE:
        return _OTHERWISE[name].get(lang)
    columns = _FROM.get(name, (name,))
    lacking = [column for column in columns if getattr(teacher, column, None) is None] or columns
    return Text("、", ", ").get(lang).join(FIELDS[column].title.get(lang) for column in lacking)
