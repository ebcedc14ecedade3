"""`matching pair`: who supports whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli.case import Inputs
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import show_findings
from matching.cli.outcome import show_outcome
from matching.cli.progress import board, stop_on_interrupt
from matching.cli.solve import exit_code
from matching.domain.findings import InputError
from matching.domain.refused import not_written

if TYPE_CHECKING:
    from matching.pairs import Design


def pair(
    inputs: Inputs,
    policy: Annotated[str | None, typer.Option(
        "--policy", "-p", help="缺省为 pairs 或 mentor_pairs / a preset's id or a file")] = None,
    teachers: Annotated[bool, typer.Option("--teachers", help="师徒结对 / mentors and young teachers")] = False,
    two_way: Annotated[bool, typer.Option("--two-way", help="双向结对 / pairs that exchange both ways")] = False,
    output: Annotated[Path | None, typer.Option("-o", help="写入的文件夹或 .xlsx / a folder or .xlsx to write")] = None,
    time_limit: Annotated[float | None, typer.Option(help="求解时限（秒） / seconds for the solve", min=0)] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """设计学校结对或师徒结对 / design pairs of schools, or of mentors and young teachers."""
    from matching.pairs import answer, design, write_design
    from matching.policy import load
    from matching.tables import read

    context = Context.of(lang, as_json)
    out = _output(output, teachers)
    reading = read(inputs, required=("sites", "teachers") if teachers else ("sites",))
    if reading.instance is None:
        raise InputError(reading.findings)
    if reading.findings:
        show_findings(reading.findings, context.lang, context.err)
    under = None if policy is None else load(policy, vocabularies=reading.instance.vocabularies)
    with stop_on_interrupt() as stop, board(context) as shown:
        made = design(reading.instance, under, of="teachers" if teachers else "schools", time_limit=time_limit,
                      stop=stop, on_progress=shown.tell)
    if made.result.main is not None:
        _make(out.parent)
        write_design(made, out, context.lang, two_way)
    if context.as_json:
        context.answer(answer(made, two_way))
    else:
        _show(context, made, out)
    context.leave(exit_code(made.result))


def _output(output: Path | None, teachers: bool) -> Path:
    from matching.pairs import refuse_other_forms

    name = "师徒结对.xlsx" if teachers else "结对.xlsx"
    out = output if output and output.suffix else (output or Path()) / name
    refuse_other_forms(out)
    if out.exists():  # perhaps edited by hand since
        raise not_written(out, FileExistsError())
    return out


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise not_written(folder, problem) from problem


def _show(context: Context, made: Design, out: Path) -> None:
    from matching.pairs import alone, summary

    if made.result.main is None:
        show_outcome(context, made.result, out)
        return
    for line in alone(made):
        context.say(f"未结对：{line.who[0]} {line.who[1]}：{line.text.zh}",
                    f"Unpaired: {line.who[0]} {line.who[1]}: {line.text.en}")
    context.say(*summary(made))
    context.say(f"已写出 {out}。", f"Wrote {out}.")
