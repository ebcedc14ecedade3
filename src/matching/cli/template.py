"""`matching template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.folders import try_to_write
from matching.domain.refused import not_written


def template(
    output: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="要写出的工作簿 / the workbook to write")],
    letters: Annotated[Literal["teachers", "schools"] | None, typer.Option(
        help="改为写出信件的 Word 模板 / write the Word template of letters instead")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """写出空白工作簿，或信件模板 / write an empty workbook to fill in, or a template of letters."""
    from matching.tables import write_template

    context = Context.of(lang, as_json)
    if letters is not None:
        _letters(context, output, letters)
        return
    write_template(output, context.lang)
    if context.as_json:
        context.answer({"template": str(output)})
    context.say(f"已写出 {output}。填好后运行：matching check {output}",
                f"Wrote {output}. Fill it in, then run: matching check {output}")


def _letters(context: Context, output: Path, people: Literal["teachers", "schools"]) -> None:
    from matching.report.letters import write_blank

    try_to_write(output)
    try:
        write_blank(output, people)
    except OSError as problem:
        raise not_written(output, problem) from problem
    if context.as_json:
        context.answer({"template": str(output)})
    context.say(f"已写出 {output}。用 Word 改好后：matching explain RUN --letters {people} --template {output} -o 信件",
                f"Wrote {output}. Change it in Word, then: matching explain RUN --letters {people} --template {output} "
                "-o letters")
