"""`matching replan`: a plan in force, changed as little as possible."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matching.cli import exits
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import counts, show_findings
from matching.cli.folders import new_name, try_to_write
from matching.cli.options import OutputOption, SeedOption, WorkersOption
from matching.cli.outcome import show_outcome
from matching.cli.progress import stop_on_interrupt
from matching.cli.recording import WhoOption, WhyOption, check_store, record
from matching.cli.solve import exit_code
from matching.domain.findings import Finding, InputError, error
from matching.domain.refused import not_written

if TYPE_CHECKING:
    from matching.report.replan_input import Asked
    from matching.scenarios.replan import Replanned

MOST_TOLD = 30


def replan(
    run: Annotated[Path, typer.Argument(
        metavar="RUN", help="运行文件夹，或其中改过的 report.xlsx / a run's folder, or an edited report.xlsx in it")],
    plan: Annotated[str | None, typer.Option(
        "--plan", metavar="ID", help="方案编号，或改过的方案文件 / a plan's id, or an edited plan's file")] = None,
    withdraw: Annotated[list[str] | None, typer.Option(
        metavar="T", help="撤回的教师 / a teacher who withdraws; may be repeated")] = None,
    pin: Annotated[list[str] | None, typer.Option(
        metavar="T=N", help="指定某教师到某岗位 / keep a teacher at a post")] = None,
    forbid: Annotated[list[str] | None, typer.Option(
        metavar="T=N", help="某教师不到某岗位 / keep a teacher away from a post")] = None,
    close: Annotated[list[str] | None, typer.Option(metavar="N", help="关闭的岗位 / a post that is closed")] = None,
    add: Annotated[Path | None, typer.Option(
        metavar="FILE", help="新增的教师、岗位 / a file of further teachers and posts")] = None,
    loss: Annotated[list[str] | None, typer.Option(
        metavar="GOAL=N", help="某目标最多让多少，如 points=5% / what a goal may lose, such as points=5%")] = None,
    output: OutputOption = None,
    seed: SeedOption = 0,
    time_limit: Annotated[float | None, typer.Option(
        help="求解时限（秒） / seconds for all solves together", min=0)] = None,
    workers: WorkersOption = 2,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """改动最少的重新安排：谁动，为什么 / the least change that restores rules and goals; who moves and why."""
    from matching.report.replan_input import asked_of, check_changed
    from matching.scenarios.replan import Changes, losses_of
    from matching.scenarios.replan import replan as work

    context = Context.of(lang, as_json)
    folder = output or new_name("replan")
    changes = Changes.of(withdraw or (), pairs("--pin", pin or ()), pairs("--forbid", forbid or ()), close or ())
    allowed = losses_of(loss or ())
    asked = asked_of(run, plan, add)
    if changes.is_empty:
        check_changed(asked, add)
    try_to_write(folder)
    check_store(folder)
    with stop_on_interrupt() as stop:
        found = work(asked.before, changes, loss=allowed, seed=seed, time_limit=time_limit, workers=workers, stop=stop)
    findings = (*asked.findings, *found.result.findings)
    if findings:
        show_findings(findings, context.lang, context.err)
    stated: dict[str, Any] = {}
    if found.plan is not None:
        stated = _written(folder, asked, found, findings, context)
        record(context, folder, "replan", who, why, {"of": asked.run.id, "plan": found.plan.plan,
                                                     "changes": changes.to_dict(), "moves": found.moves()})
    _tell(context, found, stated, findings, folder)
    context.leave(_exit_code(found))


def pairs(option: str, stated: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the teachers and posts that ``T=N`` states.

    Raises
    ------
    InputError
        Where one is not written so.
    """
    wrong = [text for text in stated if not all(part.strip() for part in text.partition("=")[::2])]
    if wrong:
        raise InputError(error("bad_pair", f"{option} {text} 应写成 教师编号=岗位编号，如 T0012=N0003。",
                               f"{option} {text}: write teacher=post, such as T0012=N0003.", value=text)
                         for text in wrong)
    return tuple((t.strip(), n.strip()) for t, _, n in (text.partition("=") for text in stated))


def _written(folder: Path, asked: Asked, found: Replanned, findings: Sequence[Finding], context: Context
             ) -> dict[str, Any]:
    from matching.policy import to_toml
    from matching.report import write_run

    further = {"kind": "replan", "of": {"run": asked.run.id, "plan": asked.before.plan.plan}}
    try:
        return write_run(folder, found.result, [], to_toml(found.result.policy), findings, context.lang, further, found)
    except OSError as problem:
        raise not_written(folder, problem) from problem


def _tell(context: Context, found: Replanned, stated: dict[str, Any], findings: Sequence[Finding], folder: Path
          ) -> None:
    from matching.scenarios.replan.words import summary

    if context.as_json:
        context.answer({**stated, "findings": counts(findings), **found.to_dict()})
        return
    if found.plan is None:
        show_outcome(context, found.result, folder)
        return
    for sentence in summary(found):
        context.say(*sentence)
    for told in sorted(found.told, key=lambda t: not t.why.zh)[:MOST_TOLD]:
        context.say(f"· {told.text.zh}{told.why.zh}{'。' if told.why.zh else ''}",
                    f"- {told.text.en}{' ' + told.why.en.capitalize() + '.' if told.why.en else ''}")
    if len(found.told) > MOST_TOLD:
        context.say(f"其余 {len(found.told) - MOST_TOLD} 处见工作簿的“调整名单”。",
                    f"The other {len(found.told) - MOST_TOLD} are in the workbook's sheet of moves.")
    context.say(f"方案通过审计。结果在 {folder}。", f"The plan passed the audit. Results are in {folder}.")


def _exit_code(found: Replanned) -> int:
    return exits.DONE if found.proven else exit_code(found.result)
