"""候补: who could step in at which post."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.words import stage_word, title_word, word
from matching.report.xlsx.grid import Grid, Spec, fill

NAME = Text("候补", "reserve")
TITLE = Text("候补名单", "Reserve")
NOTE = Text("有人退出时，按候补顺序联系；递补前请重新审核方案。",
            "When someone withdraws, ask in this order; audit the plan again before anyone moves up.")
EMPTY = Text("没有候补人选。", "Nobody is in reserve.")


class Stand(NamedTuple):
    """One teacher in reserve for one post."""

    need: str
    school: str
    subject: str
    stage: str
    place: int
    teacher: str
    name: str
    home: str
    title: str


SPECS = (
    Spec(Text("岗位编号", "Post ID"), lambda r: r.need),
    Spec(Text("受援学校", "Receiving school"), lambda r: r.school),
    Spec(Text("学科", "Subject"), lambda r: r.subject, "centre"),
    Spec(Text("学段", "Stage"), lambda r: r.stage, "centre"),
    Spec(Text("候补顺序", "Order"), lambda r: r.place, "plain"),
    Spec(Text("教师编号", "Teacher ID"), lambda r: r.teacher),
    Spec(Text("姓名", "Name"), lambda r: r.name),
    Spec(Text("派出学校", "From"), lambda r: r.home),
    Spec(Text("职称", "Title"), lambda r: r.title, "centre"),
)


def reserve(report: Report, lang: Lang) -> Grid:
    """Return one row for each post and teacher in reserve, in the order in which to ask them."""
    rows = [_stand(report, line.need, place, who, lang)
            for line in report.plan.reserve for place, who in enumerate(line.teachers, 1)]
    return Grid(NAME, TITLE, fill(SPECS, rows, lang), note=NOTE, empty=EMPTY, frozen=2)


def _stand(report: Report, need_id: str, place: int, who: str, lang: Lang) -> Stand:
    instance = report.instance
    need, teacher = instance.need[need_id], instance.teacher[who]
    return Stand(need_id, instance.site[need.site_id].name, word(instance.vocabularies["subject"], need.subject, lang),
                 stage_word(need.stage, lang), place, who, teacher.name, instance.site[teacher.home_site].name,
                 title_word(teacher.title, lang))
