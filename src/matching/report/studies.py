"""The studies of a report: which are told, and their rows in the order in which to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from matching.domain.text import Text
from matching.report.content import Report
from matching.studies import STUDIES, Column, Study
from matching.studies.swaps import LINE_COLUMNS, lines

Rows = Iterable[Any]


class Told(NamedTuple):
    """One study with the rows that are worth telling, the most urgent first; at least one."""

    study: Study
    note: Text
    columns: Sequence[Column]
    rows: Sequence[Any]


NOTES: Mapping[str, Text] = {
    "staffing": Text("应有教师数为学生数除以生师比标准，向上取整；测算缺口为应有减现有。申报少于测算的排在前面。",
                     "Posts are pupils over the ratio, rounded up; the estimate is posts less staff. Stated below "
                     "the estimate comes first."),
    "subjects": Text("按本方案调整后，学科将无人任教或全靠交流教师的学校（据师资表）。",
                     "Where, after this plan, nobody of a subject stays or all who teach it are exchange teachers."),
    "selection": Text("提示只说明值得核对，不是对教师的评价。可替换人选为本校未安置、无提示、符合该岗位条件的教师。",
                      "A sign calls for a second look; it is no verdict. Colleagues named have no post and no sign, "
                      "and are eligible for it."),
    "profile": Text("本方案派出教师的构成。", "Those whom the plan sends."),
    "hours": Text("合计为台账折算课时加本次安排课时；未达要求的排在前面。",
                  "In all: credited by the ledger and placed by the plan. Those who lack hours come first."),
    "years": Text("按政策的折算规则，服务年限与岗位期限不同的教师。",
                  "Those whom the policy credits with other years than their term."),
    "duty": Text("应派人数为符合交流条件人数乘以比例，向上取整；还差的排在前面。",
                 "Due is the share of those eligible, rounded up. Schools that lack come first."),
    "swaps": Text("同一组的教师相互换岗，人人都有改善；每一组单独调整都不违反硬性规则。调整后请重新审核方案。",
                  "Within a swap everyone gains; each swap by itself keeps every hard rule. Audit the plan again "
                  "after a change."),
    "wishes": Text("填了意向的教师，按性别、职称、派出学校分别统计。满足程度：第一、二、三意向依次计 1、2/3、1/3，"
                   "未满足计 0，取平均。",
                   "Those who named a wish, by gender, title and sending school. How far they are met: 1 for the "
                   "first, 2/3 for the second, 1/3 for the third, 0 for none, on average."),
    "stability": Text("教师更想去、岗位也更愿意要的组合：那里有空席，或有人的骨干级别、职称、听课评分排在其后。"
                      "先列规则允许、本可避免的，再列规则不允许的。想要一个没有可避免组合的方案，可在政策中加一个“稳定”变体（见政策说明）。",
                      "A teacher and a post that would rather have each other: a seat is free there, or someone ranks "
                      "lower by backbone level, title and score. First those that the rules would allow, then those "
                      "that they forbid. A stable variant of the policy has none of the first."),
    "unverified": Text("因资料缺失，无法判断这些教师是否符合规则；补齐资料后请重新求解。",
                       "A missing value leaves open whether these teachers keep to the rule; fill it in and solve "
                       "again."),
}
_MEANWHILE: Mapping[str, Text] = {
    "refuse": Text("本次按不符合处理。", "This time it is read as not keeping to it."),
    "accept": Text("本次按符合处理。", "This time it is read as keeping to it."),
}
_WORTH: Mapping[str, Callable[[Any], bool]] = {
    "subjects": lambda row: row.risk is not None,
    "selection": lambda row: bool(row.flagged),
    "years": lambda row: bool(row.credited != row.term),
}
_SAID = ("flagged",)
"""Columns that say the same of every row that is worth telling."""
_URGENT: Mapping[str, Callable[[Any], Any]] = {
    "staffing": lambda row: not row.short,
    "subjects": lambda row: row.risk != "last",
    "selection": lambda row: not row.replacements,
    "hours": lambda row: (-row.lacks, not row.minima),
    "duty": lambda row: -row.lacking,
    "unverified": lambda row: not row.placed,
    "stability": lambda row: bool(row.rule),
}


def told(report: Report) -> list[Told]:
    """Return the studies that have something to tell of the recommended plan, in their order.

    How those sent are made up is told where someone who is sent raises a flag.
    """
    found = (_told(STUDIES[name], rows, _note(name, report)) for name, rows in report.studies.items())
    return [one for one in found if one.rows and (one.study.id != "profile" or "selection" in report.studies)]


def _note(name: str, report: Report) -> Text:
    """Return what stands above a study; of what is not known also how it was read."""
    note, more = NOTES[name], _MEANWHILE[report.policy.unknown]
    return Text(note.zh + more.zh, f"{note.en} {more.en}") if name == "unverified" else note


def _told(study: Study, rows: Sequence[Any], note: Text) -> Told:
    worth = sorted(filter(_WORTH.get(study.id, _any), rows), key=_URGENT.get(study.id, _same))
    if study.id == "swaps":
        return Told(study, note, LINE_COLUMNS, lines(tuple(worth)))
    return Told(study, note, [c for c in study.columns if c.key not in _SAID], worth)


def _any(row: Any) -> bool:
    return True


def _same(row: Any) -> int:
    return 0
