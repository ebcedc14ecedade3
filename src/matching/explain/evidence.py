"""What the fields of a pair are worked out from, in words: both sides, so that a reader sees why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from matching.audit.pair import Pair
from matching.domain.instance import Instance
from matching.domain.terms import MODE, STAGE
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary, english


class Evidence(NamedTuple):
    """`actual` tells both sides; `asked` has the words of those clauses, written without blanks, that it knows."""

    actual: Callable[[Pair, Instance], Text]
    asked: Mapping[str, Text]


def words_of(keys: Sequence[str], words: Vocabulary) -> Text:
    """Return keys of a vocabulary in words."""
    zh = "、".join(words.zh(key) if key in words else key for key in keys)
    return Text(zh, ", ".join(map(english, keys)))


def _subject(pair: Pair, instance: Instance) -> Text:
    assert pair.teacher is not None
    assert pair.need is not None
    words = instance.vocabularies["subject"]
    mine, asked = words_of([pair.teacher.subject], words), words_of([pair.need.subject], words)
    also, allowed = words_of(pair.teacher.alt_subjects, words), words_of(pair.need.alt_subjects, words)
    return Text(
        f"教师教{mine.zh}{f'（兼{also.zh}）' if also.zh else ''}，"
        f"岗位要{asked.zh}{f'（可由{allowed.zh}教师兼）' if allowed.zh else ''}",
        f"the teacher teaches {mine.en}{f' (also {also.en})' if also.en else ''}, "
        f"the post is for {asked.en}{f' (or {allowed.en})' if allowed.en else ''}")


def _stage(pair: Pair, instance: Instance) -> Text:
    assert pair.teacher is not None
    assert pair.need is not None
    mine, asked = words_of(pair.teacher.stages, STAGE), words_of([pair.need.stage], STAGE)
    return Text(f"教师任教{mine.zh}，岗位是{asked.zh}", f"the teacher teaches {mine.en}, the post is {asked.en}")


def _mode(pair: Pair, instance: Instance) -> Text:
    assert pair.teacher is not None
    assert pair.need is not None
    mine, offered = words_of(pair.teacher.modes, MODE), words_of(pair.need.modes, MODE)
    return Text(f"教师接受{mine.zh}，岗位为{offered.zh}", f"the teacher accepts {mine.en}, the post is {offered.en}")


def _language(pair: Pair, instance: Instance) -> Text:
    assert pair.teacher is not None
    assert pair.need is not None
    assert pair.host is not None
    asked = pair.need.language or pair.host.language
    spoken = "、".join(pair.teacher.languages)
    has = Text(f"，教师会{spoken}", f", the teacher speaks {spoken}") if spoken else Text("", "")
    if asked and not spoken:
        has = Text("，教师没有填其他语言", ", the teacher states no further language")
    return Text(f"岗位用{asked or '普通话'}{has.zh}", f"the post's language is {asked or 'Mandarin'}{has.en}")


_SUBJECT = {"subject_fit!=none": Text("学科相同或可兼", "the same, or one that may stand in for it"),
            "subject_fit=main": Text("与主教学科相同", "the teacher's main subject")}
_STAGE = {"stage_fit!=none": Text("岗位学段在教师任教的学段之内", "a stage that the teacher teaches"),
          "stage_fit=main": Text("与教师的主学段相同", "the teacher's main stage")}
_LANGUAGE = {"language_ok=yes": Text("教师会岗位的语言", "the teacher has the post's language")}
EVIDENCE: Mapping[str, Evidence] = {
    "subject_fit": Evidence(_subject, _SUBJECT),
    "stage_fit": Evidence(_stage, _STAGE),
    "mode": Evidence(_mode, {"modeisgiven": Text("双方都接受的形式", "a mode that both accept")}),
    "language_ok": Evidence(_language, _LANGUAGE),
}
