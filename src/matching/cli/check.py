"""`matching check`: what is wrong with an input."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.cli import exits
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import counts, findings_answer, show_findings


def check(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="工作簿、CSV 文件夹或 JSON / what to read")],
    output: Annotated[Path | None, typer.Option("-o", help="写出标注了问题的副本 / write a marked copy here")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查输入，列出全部问题 / list everything that is wrong with an input."""
    from matching.tables import mark, read

    context = Context.of(lang, as_json)
    reading = read(inputs)
    if output is not None:
        mark(inputs, reading.findings, output, context.lang)
    if context.as_json:
        context.answer(findings_answer(reading.findings))
    elif reading.findings:
        show_findings(context, reading.findings)
    n = counts(reading.findings)
    context.say(f"{n['errors']} 个错误，{n['warnings']} 个警告，{n['notices']} 个提示。",
                f"{n['errors']} errors, {n['warnings']} warnings, {n['notices']} notices.")
    context.leave(exits.BAD_INPUT if reading.instance is None else exits.DONE)
