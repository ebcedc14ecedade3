"""`matching template`: an empty workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.cli.context import Context, JsonOption, LangOption


def template(
    output: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="要写出的工作簿 / the workbook to write")],
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """写出空白工作簿 / write an empty workbook to fill in."""
    from matching.tables import write_template

    context = Context.of(lang, as_json)
    write_template(output, context.lang)
    if context.as_json:
        context.answer({"template": str(output)})
    context.say(f"已写出 {output}。填好后运行：matching check {output}",
                f"Wrote {output}. Fill it in, then run: matching check {output}")
