"""`matching explain`: a reason for everything in a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.cli import exits
from matching.cli.answer_conflict import of_input
from matching.cli.answers import busy, give
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.folders import try_to_write
from matching.cli.letters import Form
from matching.cli.letters import letters as write_letters
from matching.cli.questions import Asked, People, answer


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="运行文件夹 / the folder that `solve` wrote")],
    teacher: Annotated[str | None, typer.Option(
        metavar="ID", help="这位教师为什么在这里，或为什么没有岗位 / why a teacher is there, or nowhere")] = None,
    need: Annotated[str | None, typer.Option(
        metavar="ID", help="岗位为什么空着；加上 --teacher：为什么不是他 / why a post is empty; why not this teacher"
    )] = None,
    rule: Annotated[str | None, typer.Option(
        metavar="ID", help="这条规则怎样影响方案 / what a rule does to the plan")] = None,
    group: Annotated[str | None, typer.Option(
        metavar="G", help="只看这条规则的一个分组 / one group of the rule")] = None,
    conflict: Annotated[bool, typer.Option(
        "--conflict", help="规则能否同时满足；RUN 也可以是输入 / whether rules clash; RUN may be an input")] = False,
    compare: Annotated[tuple[str, str] | None, typer.Option(
        metavar="A B", help="两个方案有什么不同 / how two plans differ")] = None,
    letters: Annotated[People | None, typer.Option(
        help="写信给教师、学校，各一页；-o 为新文件夹 / a letter to each: teachers, schools, both")] = None,
    template: Annotated[Path | None, typer.Option(
        metavar="FILE.docx", help="自己的信件模板（见 matching template） / your own template of letters")] = None,
    form: Annotated[Form, typer.Option("--form", help="信件的格式 / docx, pdf or both")] = "both",
    plan: Annotated[str | None, typer.Option(
        metavar="ID", help="问哪个方案；缺省为名次第一的 / which plan; the first in rank by default")] = None,
    policy: Annotated[str, typer.Option(
        "--policy", "-p", help="输入所用的政策，只与 --conflict 同用 / an input's policy, for --conflict")] = "base",
    time_limit: Annotated[
        float | None, typer.Option(help="重新求解的时限（秒） / seconds for solving again", min=0)] = None,
    output: Annotated[Path | None, typer.Option(
        "-o", help="把回答写入新文件；信件写入新文件夹 / a new file; for letters a folder")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """说明理由：为什么是他，为什么不是我，为什么空缺 / a reason for everything in a run."""
    from matching.report.read_run import is_run, read_run

    context, asked = Context.of(lang, as_json), Asked(teacher, need, rule, group, conflict, compare, letters)
    asked.check()
    if letters is not None:
        write_letters(context, read_run(run), letters, plan, template, form, output)
        context.leave(exits.DONE)
    if output is not None:
        try_to_write(output)
    with busy(context):
        if conflict and run.exists() and not is_run(run):
            found = of_input(run, policy, time_limit)
        else:
            found = answer(read_run(run), asked, plan, time_limit)
    give(context, found, output)
    context.leave(found.code)
