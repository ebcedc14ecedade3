"""`matching programmes`: every programme solved, audited and held against its figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import show_findings
from matching.cli.folders import try_to_write
from matching.cli.options import OutputOption
from matching.cli.programme_lines import heading_line, programme_lines
from matching.cli.progress import board, stop_on_interrupt
from matching.domain.refused import not_written
from matching.domain.text import Text

if TYPE_CHECKING:
    import threading

    from matching.programmes import Programme


def programmes(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="项目所在的文件夹 / where the programmes are")
                      ] = Path("instances"),
    only: Annotated[list[str] | None, typer.Option("--only", metavar="ID", help="只算这些项目 / only these")] = None,
    output: OutputOption = None,
    time_limit: Annotated[
        float | None, typer.Option(help="每个算例的求解时限（秒） / seconds for each case", min=0)] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐个求解、审计各项目，并与应有的数字核对 / solve and audit programmes, and check their figures."""
    from matching.programmes import find_programmes, programmes_to_dict, write_programmes

    context = Context.of(lang, as_json)
    folders = find_programmes(folder, only or ())
    if output is not None:
        try_to_write(output)
    with stop_on_interrupt() as stop:
        done = _all(context, folders, time_limit, stop)
    if output is not None:
        try:
            write_programmes(output, done, context.lang)
        except OSError as problem:
            raise not_written(output, problem) from problem
    if context.as_json:
        context.answer(programmes_to_dict(done))
    _close(context, done, len(folders), output)
    if len(done) < len(folders):
        context.leave(exits.STOPPED_WITH_PLAN if done else exits.STOPPED_WITHOUT_PLAN)
    context.leave(exit_code(done))


def _all(context: Context, folders: Sequence[Path], time_limit: float | None, stop: threading.Event
         ) -> list[Programme]:
    """Run the programmes one by one; one that was stopped before its end is left out, as are those after it."""
    done: list[Programme] = []
    if not context.as_json:
        context.say(*heading_line())
    for folder in folders:
        programme = _one(context, folder, time_limit, stop)
        if stop.is_set():
            break
        done.append(programme)
        if not context.as_json:
            for line in programme_lines(programme):
                context.say(*line)
        if programme.findings:
            show_findings(programme.findings, context.lang, context.err)
    return done


def _one(context: Context, folder: Path, time_limit: float | None, stop: threading.Event) -> Programme:
    from matching.programmes import run_programme

    if not context.err.is_terminal:
        context.warn(f"正在计算 {folder.name} ……", f"Running {folder.name} ...")
    with board(context) as shown:
        return run_programme(folder, time_limit=time_limit, stop=stop,
                             on_progress=lambda case, progress: shown.tell(f"{folder.name} {case}", progress))


def _close(context: Context, done: Sequence[Programme], asked: int, output: Path | None) -> None:
    met, unused = sum(programme.ok for programme in done), sum(bool(programme.findings) for programme in done)
    but = Text(f"，{unused} 个用不了", f"; could not be used: {unused}") if unused else Text("", "")
    context.say(f"共 {asked} 个项目{but.zh}，算完 {len(done) - unused} 个，{met} 个全部相符。",
                f"Programmes: {asked}{but.en}; run: {len(done) - unused}; all figures met: {met}.")
    if output is not None:
        context.say(f"结果在 {output}（programmes.xlsx、programmes.json）。",
                    f"Results are in {output} (programmes.xlsx, programmes.json).")


def exit_code(done: Sequence[Programme]) -> int:
    """Return the exit code for programmes that were run, the gravest reason first (docs/programmes.md)."""
    if any(programme.findings for programme in done):
        return exits.BAD_INPUT
    if any(programme.in_breach for programme in done):
        return exits.BREACH
    stopped = [outcome for programme in done for outcome in programme.outcomes if outcome.stopped]
    if any(outcome.stopped not in ("time", "user") for outcome in stopped):
        return exits.FAILED
    if stopped:
        kept = all(outcome.plan is not None for outcome in stopped)
        return exits.STOPPED_WITH_PLAN if kept else exits.STOPPED_WITHOUT_PLAN
    return exits.DONE if all(programme.ok for programme in done) else exits.FAILED
