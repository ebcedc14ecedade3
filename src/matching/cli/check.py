"""`matching check`: what is wrong with an input."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.case import Inputs, PolicyOption
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import findings_answer, show_findings, tally
from matching.domain.findings import Finding, InputError, has_errors
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.domain.instance import Instance
    from matching.tables.reading import Reading


def check(
    inputs: Inputs,
    policy: PolicyOption = "base",
    output: Annotated[Path | None, typer.Option("-o", help="写出标注了问题的副本 / write a marked copy here")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出输入的全部问题 / list all that is wrong with an input."""
    from matching.tables import mark, read

    context = Context.of(lang, as_json)
    reading = read(inputs)
    findings = (*reading.findings, *_of_policy(reading, policy))
    copies = mark(inputs, findings, output, context.lang) if output is not None else ()
    if context.as_json:
        context.answer(findings_answer(findings))
    else:
        show_findings(findings, context.lang, context.out)
    if reading.instance is not None:
        context.say(*_size(reading.instance))
    context.say(*tally(findings))
    for copy in copies:
        context.say(f"标注副本：{copy}", f"Marked copy: {copy}")
    context.leave(exits.BAD_INPUT if has_errors(findings) else exits.DONE)


def _of_policy(reading: Reading, policy: str) -> Iterable[Finding]:
    """Return what is wrong with the policy, the workbook's own rows among it, once the rest can be used."""
    from matching.policy import load_with_rows
    from matching.preflight import preflight
    from matching.problem import compile

    if reading.instance is None:
        return ()
    try:
        loaded, _ = load_with_rows(policy, reading.instance, reading.places)
        return preflight(compile(reading.instance, loaded), reading.places)
    except InputError as failure:
        return failure.findings


def _size(instance: Instance) -> Text:
    sites, needs, teachers = (len(rows) for rows in (instance.sites, instance.needs, instance.teachers))
    seats = sum(need.count for need in instance.needs)
    return Text(f"读到学校 {sites} 所，岗位 {needs} 个（共 {seats} 席），教师 {teachers} 人。",
                f"Read: sites {sites}, needs {needs} (seats {seats}), teachers {teachers}.")
