"""`matching explain`: a reason for everything in a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.cli import exits
from matching.cli.answers import give
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.folders import try_to_write
from matching.cli.questions import Asked, answer


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="运行文件夹 / the folder that `solve` wrote")],
    teacher: Annotated[str | None, typer.Option(
        metavar="ID", help="这位教师为什么在这里，或为什么没有岗位 / why a teacher is there, or nowhere")] = None,
    need: Annotated[str | None, typer.Option(
        metavar="ID", help="岗位为什么空着；加上 --teacher：为什么不是他 / why a post is empty; why not this teacher"
    )] = None,
    rule: Annotated[str | None, typer.Option(
        metavar="ID", help="这条规则怎样影响方案 / what a rule does to the plan")] = None,
    compare: Annotated[tuple[str, str] | None, typer.Option(
        metavar="A B", help="两个方案有什么不同 / how two plans differ")] = None,
    plan: Annotated[str | None, typer.Option(
        metavar="ID", help="问哪个方案；缺省为名次第一的 / which plan; the first in rank by default")] = None,
    time_limit: Annotated[
        float | None, typer.Option(help="重新求解的时限（秒） / seconds for solving again", min=0)] = None,
    output: Annotated[Path | None, typer.Option("-o", help="把回答写入新文件（.txt 或 .json） / a new file")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """说明理由：为什么是他，为什么不是我，为什么空缺 / a reason for everything in a run."""
    from matching.report.read_run import read_run

    context, asked = Context.of(lang, as_json), Asked(teacher, need, rule, compare)
    asked.check()
    if output is not None:
        try_to_write(output)
    give(context, answer(read_run(run), asked, plan, time_limit), output)
    context.leave(exits.DONE)
