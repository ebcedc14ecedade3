"""`matching solve`: the main job."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matching.cli import exits
from matching.cli.case import Case, Inputs, PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import counts, show_findings
from matching.cli.folders import new_name, try_to_write
from matching.cli.options import OutputOption, SeedOption, WorkersOption
from matching.cli.outcome import show_outcome
from matching.cli.progress import board, stop_on_interrupt
from matching.cli.recording import WhoOption, WhyOption, record
from matching.domain.findings import Finding
from matching.domain.refused import not_written

if TYPE_CHECKING:
    from matching.planner import Result

LEAST_SECONDS = 1.0
"""What is left for the solve, however long reading took."""


def solve(
    inputs: Inputs,
    policy: PolicyOption = "base",
    output: OutputOption = None,
    engine: Annotated[str, typer.Option(help="求解引擎 / highs, cpsat, mcf, cbc, pulp:NAME")] = "highs",
    seed: SeedOption = 0,
    time_limit: Annotated[
        float | None, typer.Option(help="求解时限（秒） / seconds from start to the end of all solves", min=0)] = None,
    workers: WorkersOption = 2,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """求最优方案，审计并写出 / find, audit, rank and write the best plans."""
    began = time.monotonic()
    context = Context.of(lang, as_json)
    folder = output or new_name()
    try_to_write(folder)
    case = load_case(inputs, policy)
    show_findings(case.findings, context.lang, context.err)

    from matching import planner

    left = None if time_limit is None else max(LEAST_SECONDS, time_limit - (time.monotonic() - began))
    with stop_on_interrupt() as stop, board(context) as shown:
        result = planner.solve(case.instance, case.policy, engine=engine, seed=seed, time_limit=left,
                               workers=workers, stop=stop, on_progress=shown.tell, places=case.places)
    show_findings(result.findings, context.lang, context.err)
    findings = (*case.findings, *result.findings)
    run: dict[str, Any] = {}
    if result.ranking is not None:
        asked = {"engine": engine, "workers": workers, "time_limit": time_limit}
        run = _written(folder, result, inputs, case, findings, context, asked)
        record(context, folder, "solve", who, why)
    if context.as_json:
        context.answer({**run, "findings": counts(findings), **result.to_dict()})
    else:
        show_outcome(context, result, folder)
    context.leave(exit_code(result))


def _written(folder: Path, result: Result, inputs: list[Path], case: Case, findings: Sequence[Finding],
             context: Context, asked: dict[str, Any]) -> dict[str, Any]:
    from matching.report import write_run

    try:
        return write_run(folder, result, inputs, case.policy_toml, findings, context.lang, {"asked": asked})
    except OSError as problem:
        raise not_written(folder, problem) from problem


def exit_code(result: Result) -> int:
    """Return the exit code that a result calls for."""
    if result.ranking is not None:
        return exits.STOPPED_WITH_PLAN if result.stopped else exits.DONE
    if result.status == "infeasible":
        return exits.CLASH
    return exits.FAILED if result.stopped in ("crash", "memory") else exits.STOPPED_WITHOUT_PLAN
