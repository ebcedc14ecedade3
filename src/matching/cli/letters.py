"""Letters to teachers and schools about a plan of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from matching.cli.context import Context
from matching.cli.folders import try_to_write
from matching.cli.questions import People
from matching.domain.findings import InputError, error
from matching.domain.refused import not_written

if TYPE_CHECKING:
    from matching.report.read_run import Run

Form = Literal["docx", "pdf", "both"]


def letters(context: Context, run: Run, people: People, plan: str | None, template: Path | None, form: Form,
            folder: Path | None) -> None:
    """Write letters about a plan into a new folder, and say how many.

    Raises
    ------
    InputError
        Where no folder is named or it cannot be written, the plan is not known, or the template will not do.
    """
    from matching.report.letters import write_letters

    if folder is None:
        raise InputError([error("wrong_call", "信件要写进一个新文件夹：请加上 -o 文件夹",
                                "letters are written into a new folder: add -o DIR")])
    try_to_write(folder)
    forms: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf") if form == "both" else (form,)
    try:
        written = write_letters(folder, run.inquiry(plan), lang=context.lang, forms=forms, people=people,
                                template=template)
    except OSError as problem:
        raise not_written(folder, problem) from problem
    if context.as_json:
        context.answer({"plan": run.plan_id(plan), "letters": written._asdict(), "folder": str(folder)})
    teachers, schools, of = f"{written.teachers:,}", f"{written.schools:,}", run.plan_id(plan)
    context.say(f"按方案 {of} 写出教师信 {teachers} 封、学校信 {schools} 封：{folder}",
                f"By plan {of}, letters to teachers: {teachers}, to schools: {schools}: {folder}")
