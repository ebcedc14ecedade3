"""A design as tables for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from matching.domain.sheets import PAIRINGS
from matching.domain.text import Lang, Text
from matching.pairs.design import Design
from matching.pairs.lines import Alone, MentorPair, SchoolPair, alone, mentor_pairs, pairing_rows, school_pairs
from matching.tables.write_values import Cell, heading, sheet_name, shower

WHY = Text("说明", "why")
MENTORS = Text("师徒结对", "mentor_pairs")
_SCHOOL_HEADINGS = (
    Text("受援学校编号", "site_id"), Text("受援学校", "school"), Text("支持学校编号", "supporter_id"),
    Text("支持学校", "supporter"), Text("公里", "km"), Text("共同学段", "common stages"),
    Text("以强补弱的学科", "strengths that meet weaknesses"), Text("说明", "why"))
_MENTOR_HEADINGS = (
    Text("师傅编号", "mentor_id"), Text("师傅姓名", "mentor"), Text("师傅职称", "mentor's title"),
    Text("师傅骨干级别", "mentor's level"), Text("师傅学校", "mentor's school"), Text("徒弟编号", "mentee_id"),
    Text("徒弟姓名", "mentee"), Text("徒弟职称", "mentee's title"), Text("徒弟学校", "mentee's school"),
    Text("学科", "subject"), Text("学段", "stage"), Text("公里", "km"))
_ALONE_HEADINGS = (Text("教师编号", "teacher_id"), Text("姓名", "name"), Text("学校", "school"),
                   Text("学科", "subject"), Text("学段", "stage"), Text("未结对的原因", "why unpaired"))
_STRENGTHS = Text("优势学科正好补薄弱学科", "strengths meet weaknesses")
_NEAR = Text("同学段中就近", "near, of a common stage")


class Page(NamedTuple):
    """One sheet: its name, its headings and its rows of cells."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def pages(design: Design, lang: Lang, two_way: bool = False) -> tuple[Page, Page]:
    """Return the sheet of the pairs and the sheet that says why."""
    if design.of == "schools":
        return _pairings(design, lang, two_way), _page(WHY, _SCHOOL_HEADINGS, _school_rows(design, lang), design, lang)
    rows = (_mentor_row(design, pair, lang) for pair in mentor_pairs(design))
    why = (_alone_row(design, line, lang) for line in alone(design))
    return (Page(MENTORS.get(lang), _said(_MENTOR_HEADINGS, lang), tuple(rows)),
            _page(WHY, _ALONE_HEADINGS, why, design, lang))


def _pairings(design: Design, lang: Lang, two_way: bool) -> Page:
    """Return the sheet as Contract 1 has it, so that it can be read with the workbook."""
    show = [shower(column, design.instance.vocabularies, lang) for column in PAIRINGS.columns]
    rows = (tuple(f(cell) for f, cell in zip(show, row, strict=True)) for row in pairing_rows(design, two_way))
    return Page(sheet_name(PAIRINGS, lang), tuple(heading(c, lang) for c in PAIRINGS.columns), tuple(rows))


def _page(name: Text, headings: Iterable[Text], rows: Iterable[tuple[Cell, ...]], design: Design, lang: Lang) -> Page:
    """Return a sheet whose last row, after a blank one, says how the pairs came about."""
    return Page(name.get(lang), _said(headings, lang), (*rows, (), (summary(design).get(lang),)))


def _said(headings: Iterable[Text], lang: Lang) -> tuple[str, ...]:
    return tuple(text.get(lang) for text in headings)


def _school_rows(design: Design, lang: Lang) -> list[tuple[Cell, ...]]:
    paired = [_school_row(design, pair, lang) for pair in school_pairs(design)]
    left = [(line.who.site_id, line.who.name, None, None, None, None, None,  # type: ignore[union-attr]
             Text(f"未结对：{line.text.zh}", f"unpaired: {line.text.en}").get(lang)) for line in alone(design)]
    return paired + left


def _school_row(design: Design, pair: SchoolPair, lang: Lang) -> tuple[Cell, ...]:
    why = _STRENGTHS if pair.strengths else _NEAR
    return (pair.supported.site_id, pair.supported.name, pair.supporter.site_id, pair.supporter.name,
            pair.km if pair.km is not None else Text("不详", "unknown").get(lang),
            words(design, "stage", pair.stages, lang), words(design, "subject", pair.strengths, lang), why.get(lang))


def words(design: Design, vocabulary: str, keys: Iterable[str], lang: Lang) -> str:
    """Return keys of a vocabulary as people write them, joined."""
    known = design.instance.vocabularies[vocabulary]
    return "、".join(map(known.zh, keys)) if lang == "zh" else ", ".join(keys)


def _mentor_row(design: Design, pair: MentorPair, lang: Lang) -> tuple[Cell, ...]:
    mentor, mentee, site = pair.mentor, pair.mentee, design.instance.site
    level = design.instance.backbone_level(mentor)
    return (mentor.teacher_id, mentor.name, words(design, "title", [mentor.title], lang),
            words(design, "backbone", [level], lang), site[mentor.home_site].name, mentee.teacher_id, mentee.name,
            words(design, "title", [mentee.title], lang), site[mentee.home_site].name,
            words(design, "subject", [mentee.subject], lang), words(design, "stage", mentee.stages[:1], lang), pair.km)


def _alone_row(design: Design, line: Alone, lang: Lang) -> tuple[Cell, ...]:
    who = line.who
    assert not hasattr(who, "site_id")
    return (who.teacher_id, who.name, design.instance.site[who.home_site].name,
            words(design, "subject", [who.subject], lang), words(design, "stage", who.stages[:1], lang),
            line.text.get(lang))


def summary(design: Design) -> Text:
    """Return how many pairs there are, how many stay alone, under which policy, and whether that is proven best."""
    title, made, left = design.policy.title, len(design.pairs), len(alone(design))
    proven = design.plan.status == "optimal"
    zh, en = ("已证明最优", "proven optimal") if proven else ("可行，未证明最优", "feasible, not proven optimal")
    return Text(f"按政策“{title.zh}”（{design.policy.id}）结成 {made} 对，未结对 {left}；{zh}，审计通过。",
                f"Pairs under the policy {title.en} ({design.policy.id}): {made}; unpaired: {left}; {en}; "
                "the audit was passed.")
