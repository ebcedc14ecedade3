"""Letters to teachers and schools, into a new folder."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from matching.domain.findings import InputError, error
from matching.domain.plan import Plan
from matching.domain.text import Lang
from matching.report.letters.blank import People
from matching.report.letters.docx import write_docx
from matching.report.letters.ground import Ground
from matching.report.letters.pages import Page
from matching.report.letters.pdf import write_pdf
from matching.report.letters.phrases import Phrases
from matching.report.letters.school_words import SchoolWords
from matching.report.letters.schools import school_letters
from matching.report.letters.teacher_words import TeacherWords
from matching.report.letters.teachers import teacher_letters
from matching.report.new_folder import new_folder

Form = Literal["docx", "pdf"]
KINDS: Mapping[str, tuple[People, ...]] = {
    "teachers": ("teachers",), "schools": ("schools",), "both": ("teachers", "schools")}


class Written(NamedTuple):
    """How many letters were written to each kind of addressee."""

    teachers: int
    schools: int


def write_letters(folder: Path, told: Any, *, lang: Lang, forms: Sequence[Form] = ("docx", "pdf"),
                  people: Literal["teachers", "schools", "both"] = "both",
                  template: Path | Mapping[People, Path] | None = None, plan: str | None = None) -> Written:
    """Write a letter to each teacher and each school into a new folder: where, why, and what else there was.

    ``teachers.pdf`` and ``schools.pdf`` are to print, a page a letter; the folders ``teachers`` and ``schools`` hold a
    .docx for each addressee, to send. All figures come from the plan, which is audited first.

    Parameters
    ----------
    told : a `Result`, a `Run`, a `Choice` or a `Report`
    template : a Word file to fill in place of the built-in one, for one kind of `people`; or one for each kind
    plan : the id of the plan that letters are about; the one ranked first where None

    Raises
    ------
    InputError
        Where no plan has that id, the plan does not pass the audit, a template is wrong, or no Chinese font is
        installed for a PDF.
    FileExistsError
        Where `folder` exists.
    """
    templates = _templates(template, people)
    ground = Ground.of(told.instance, told.policy, _plan(told, plan))
    with new_folder(folder) as beside:
        counts = {kind: _written(beside, kind, ground, lang, forms, templates.get(kind)) for kind in KINDS[people]}
    return Written(counts.get("teachers", 0), counts.get("schools", 0))


def _written(folder: Path, kind: People, ground: Ground, lang: Lang, forms: Sequence[Form], template: Path | None
             ) -> int:
    pages = letter_pages(ground, kind, lang)
    if "pdf" in forms and pages:
        write_pdf(folder / f"{kind}.pdf", pages, lang)
    if "docx" in forms:
        (folder / kind).mkdir()
        write_docx(folder / kind, pages, template)
    return len(pages)


def letter_pages(ground: Ground, kind: People, lang: Lang) -> list[Page]:
    """Return what stands on the page of each letter of one kind."""
    phrases = Phrases(ground.instance, ground.problem.policy, ground.plan, lang)
    if kind == "teachers":
        return [*map(TeacherWords(phrases).page, teacher_letters(ground))]
    return [*map(SchoolWords(phrases).page, school_letters(ground))]


def _plan(told: Any, name: str | None) -> Plan:
    """Return the plan of that id, or the best."""
    plans = _plans(told)
    if name is None:
        return next(iter(plans.values()))
    if name not in plans:
        near = tuple(difflib.get_close_matches(name, plans, n=3, cutoff=0.3)) or tuple(plans)[:3]
        raise InputError([error("unknown_plan", f"没有编号为 {name} 的方案。", f"No plan has the id {name}.",
                                value=name, suggest=near)])
    return plans[name]


def _plans(told: Any) -> Mapping[str, Plan]:
    """Return the plans that there are to tell of by id, the best first."""
    if hasattr(told, "plan"):
        return {told.plan.plan: told.plan}
    if isinstance(told.plans, Mapping):
        return told.plans
    return {choice.plan.plan: choice.plan for choice in told.plans}


def _templates(template: Path | Mapping[People, Path] | None, people: str) -> Mapping[People, Path]:
    if template is None or isinstance(template, Mapping):
        return template or {}
    kinds = KINDS[people]
    if len(kinds) > 1:
        raise InputError([error(
            "whose_template", "一个模板只能用于一类收信人：请说明是写给教师（teachers）还是写给学校（schools）。",
            "A template is for one kind of letter: say whether for teachers or for schools.", file=str(template),
            suggest=("teachers", "schools"))])
    return {kinds[0]: template}
