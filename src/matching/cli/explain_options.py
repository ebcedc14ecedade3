"""What `matching explain` can be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.cli.letters import Form
from matching.cli.questions import People

Run = Annotated[Path, typer.Argument(metavar="RUN", help="运行文件夹 / the folder that `solve` wrote")]
Teacher = Annotated[str | None, typer.Option(
    metavar="ID", help="这位教师为什么在这里，或为什么没有岗位 / why a teacher is there, or nowhere")]
Need = Annotated[str | None, typer.Option(
    metavar="ID", help="岗位为什么空着；加上 --teacher：为什么不是他 / why a post is empty; why not this teacher")]
Wish = Annotated[int | None, typer.Option(
    metavar="K", min=1, max=3, help="与 --teacher 同用：第几意向为什么没满足 / of a teacher: why wish K is not met")]
Costs = Annotated[int, typer.Option(
    metavar="N", min=0, help="与 --teacher 同用：改到前 N 个岗位的代价 / of a teacher: the price of N other posts")]
Rule = Annotated[str | None, typer.Option(metavar="ID", help="这条规则怎样影响方案 / what a rule does to the plan")]
Group = Annotated[str | None, typer.Option(metavar="G", help="只看这条规则的一个分组 / one group of the rule")]
Conflict = Annotated[bool, typer.Option(
    "--conflict", help="规则能否同时满足；RUN 也可以是输入 / whether rules clash; RUN may be an input")]
Prices = Annotated[bool, typer.Option(
    "--prices", help="多一名教师、一个席位、规则松一点，各值多少 / what one more of each is worth")]
Compare = Annotated[tuple[str, str] | None, typer.Option(
    metavar="A B", help="两个方案有什么不同 / how two plans differ")]
Letters = Annotated[People | None, typer.Option(
    help="写信给教师、学校，各一页；-o 为新文件夹 / a letter to each: teachers, schools, both")]
Template = Annotated[Path | None, typer.Option(
    metavar="FILE.docx", help="自己的信件模板（见 matching template） / your own template of letters")]
LetterForm = Annotated[Form, typer.Option("--form", help="信件的格式 / docx, pdf or both")]
PlanId = Annotated[str | None, typer.Option(
    metavar="ID", help="问哪个方案；缺省为名次第一的 / which plan; the first in rank by default")]
Policy = Annotated[str, typer.Option(
    "--policy", "-p", help="输入所用的政策，只与 --conflict 同用 / an input's policy, for --conflict")]
TimeLimit = Annotated[float | None, typer.Option(
    help="重新求解的时限（秒） / seconds for solving again", min=0)]
Output = Annotated[Path | None, typer.Option(
    "-o", help="把回答写入新文件；信件写入新文件夹 / a new file; for letters a folder")]
