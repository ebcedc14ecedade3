"""Fields derived of a teacher beside a post (Contract 2, Fields)."""

from __future__ import annotations

from collections.abc import Iterator

from matching.audit.fields import Field, derived
from matching.audit.forms import NumberForm, WordForm, YesNoForm
from matching.domain.instance import Instance
from matching.domain.terms import MODE
from matching.domain.vocabulary import Term, Vocabulary, fold

SUBJECT_FIT = Vocabulary("subject_fit", (Term("main", "主教"), Term("alt", "兼教"), Term("none", "不符")))
STAGE_FIT = Vocabulary("stage_fit", (Term("main", "主学段"), Term("other", "其他学段"), Term("none", "不符")))
MANDARIN = frozenset({"普通话", "汉语", "国家通用语言", "mandarin", "chinese"})
Words = tuple[str, ...]


def subject_fit(subject: str, alternatives: Words, asked: str, accepted: Words) -> str:
    """Return how a teacher's subjects meet the post's."""
    if subject == asked:
        return "main"
    return "alt" if asked in alternatives or subject in accepted else "none"


def stage_fit(stages: Words, asked: str) -> str:
    """Return how a teacher's stages, the main one first, meet the post's."""
    if asked == stages[0]:
        return "main"
    return "other" if asked in stages else "none"


def mode(offered: Words, accepted: Words) -> str | None:
    """Return the first of the post's modes that the teacher accepts."""
    return next((word for word in offered if word in accepted), None)


def language_ok(spoken: Words, post: str | None, site: str | None) -> bool:
    """Tell whether the teacher has the post's language, else the site's (reading 7)."""
    asked = fold(post or site or "普通话")
    return asked in MANDARIN or asked in map(fold, spoken)


def preference(*given: str | None) -> int | str:
    """Return the place of the highest of three wishes that a need, its site or county meets, or ``none``."""
    wishes, post = given[:3], given[3:]
    met = (place for place, wish in enumerate(wishes, 1) if wish in post)
    return next(met, "none")


def alike(one: str | None, other: str | None) -> bool | None:
    """Tell whether two texts are the same; missing where either is empty (reading 8)."""
    return None if not one or not other else fold(one) == fold(other)


def fit_fields(instance: Instance) -> Iterator[Field]:
    """Yield the fields derived of records alone, without distances or pairings."""
    yes_no, known = YesNoForm(), frozenset(instance.need)
    wishes = NumberForm({"none": 4, "无": 4, "非意向": 4})

    def moved(last: str | None, need: str) -> bool:
        return last in known and last != need

    yield derived("subject_fit", "学科匹配", ("teacher.subject", "teacher.alt_subjects", "need.subject",
                                          "need.alt_subjects"), WordForm(SUBJECT_FIT), subject_fit)
    yield derived("stage_fit", "学段匹配", ("teacher.stages", "need.stage"), WordForm(STAGE_FIT), stage_fit)
    yield derived("mode", "支教形式", ("need.modes", "teacher.modes"), WordForm(MODE), mode)
    yield derived("language_ok", "语言相通", ("teacher.languages", "need.language", "host.language"), yes_no,
                  language_ok)
    yield derived("preference", "志愿", ("teacher.pref_1", "teacher.pref_2", "teacher.pref_3", "need.need_id",
                                       "host.site_id", "host.county"), wishes, preference)
    yield derived("moved", "调整", ("teacher.last_need", "need.need_id"), yes_no, moved)
    for name, zh, one, other in _ALIKE:
        yield derived(name, zh, (one, other), yes_no, alike)


_ALIKE = (
    ("same_county", "同县", "home.county", "host.county"),
    ("same_prefecture", "同市州", "home.prefecture", "host.prefecture"),
    ("same_consortium", "同联合体", "home.consortium", "host.consortium"),
    ("home_county_match", "家在该县", "teacher.home_county", "host.county"),
)
