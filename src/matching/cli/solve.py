"""`matching solve`: the main job."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matching.cli import exits
from matching.cli.case import Case, Inputs, PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import counts, show_findings
from matching.cli.progress import board, stop_on_interrupt
from matching.domain.findings import InputError, error
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.planner import Result


def solve(
    inputs: Inputs,
    policy: PolicyOption = "base",
    output: Annotated[Path | None, typer.Option("-o", help="新的结果文件夹 / a new folder for the results")] = None,
    engine: Annotated[str, typer.Option(help="求解引擎 / highs, cpsat, mcf, cbc, pulp:NAME")] = "highs",
    seed: Annotated[int, typer.Option(help="随机种子 / same input, policy and seed: same plans")] = 0,
    time_limit: Annotated[float | None, typer.Option(help="求解时限（秒） / seconds for all solves")] = None,
    workers: Annotated[int, typer.Option(help="求解线程数 / threads", min=1)] = 2,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """求最优方案，审计、排序并写出结果 / find the best plans, audit, rank and write them."""
    from matching import planner
    from matching.report import write_run

    context = Context.of(lang, as_json)
    folder = _new_folder(output)
    case = load_case(inputs, policy)
    if case.findings and not as_json:
        show_findings(context, case.findings)
    with stop_on_interrupt() as stop, board(context) as shown:
        result = planner.solve(case.instance, case.policy, engine=engine, seed=seed, time_limit=time_limit,
                               workers=workers, stop=stop, on_progress=shown.tell)
    run: dict[str, Any] = {}
    if result.ranking is not None:
        run = write_run(folder, result, inputs, case.policy_toml, case.findings, context.lang)
    _answer(context, result, run, case, folder)
    context.leave(exit_code(result))


def _new_folder(output: Path | None) -> Path:
    folder = output or Path("runs") / datetime.now().strftime("%Y%m%d-%H%M%S")
    if folder.exists():
        raise InputError([error("folder_exists", f"文件夹 {folder} 已存在，请另取一个名字。",
                                f"The folder {folder} exists; name a new one.", value=str(folder))])
    return folder


def exit_code(result: Result) -> int:
    """Return the exit code that a result calls for."""
    if result.ranking is not None:
        return exits.STOPPED_WITH_PLAN if result.stopped else exits.DONE
    if result.status == "infeasible":
        return exits.CLASH
    return exits.FAILED if result.stopped in ("crash", "memory") else exits.STOPPED_WITHOUT_PLAN


def _answer(context: Context, result: Result, run: dict[str, Any], case: Case, folder: Path) -> None:
    if context.as_json:
        context.answer({**run, "findings": counts(case.findings), **result.to_dict()})
    elif result.ranking is not None:
        _show_plans(context, result, folder)
    elif result.diagnosis is not None:
        _show_clash(context, result)
    else:
        why = result.message or Text("", "")
        context.say(f"没有得到方案（{result.stopped or result.status}）。{why.zh}",
                    f"No plan was found ({result.stopped or result.status}). {why.en}")


def _show_plans(context: Context, result: Result, folder: Path) -> None:
    from rich.table import Table

    assert result.ranking is not None
    table = Table()
    zh, en = "名次 方案 状态 安置 补足 平均公里 得分 目标", "rank plan status placed fill km score goals"
    for heading in (zh if context.lang == "zh" else en).split():
        table.add_column(heading)
    for ranked in result.ranking.plans:
        metrics, goals = ranked.metrics.to_dict(), ranked.plan.goals
        table.add_row(str(ranked.rank), ranked.plan.plan, ranked.plan.status, str(len(ranked.plan.placements)),
                      _percent(metrics["fill"]["share"]), _number(metrics["km"]["mean"]), f"{float(ranked.score):.3f}",
                      ", ".join(f"{g.goal} {g.value}" + (f" (gap {g.gap:.4%})" if g.gap else "") for g in goals))
    context.out.print(table)
    for name, status in result.unfinished.items():
        context.say(f"方案 {name} 因时限未完成（{status}）。", f"The plan {name} ran out of time ({status}).")
    context.say(f"各方案均通过审计。结果在 {folder}（先看 report.html 或 report.xlsx）。",
                f"Every plan passed the audit. Results are in {folder} (start with report.html or report.xlsx).")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _show_clash(context: Context, result: Result) -> None:
    assert result.diagnosis is not None
    title = {r.id: r.title.get(context.lang) for r in result.policy.rules}
    context.say("规则不能同时满足。以下规则互相冲突（去掉任何一条，其余即可满足）：",
                "The rules cannot all hold. These clash (without any one of them the others can hold):")
    for clash in result.diagnosis.conflict:
        context.say(f"  {clash.rule}（{title[clash.rule]}）[{clash.group}]",
                    f"  {clash.rule} ({title[clash.rule]}) [{clash.group}]")
    for relaxation in result.diagnosis.relaxations:
        context.say(f"最少放宽（合计 {relaxation.total} 个单位，已验证可行）：",
                    f"The least that must give way ({relaxation.total} units in all, verified feasible):")
        for c in relaxation.changes:
            context.say(f"  {c.rule} [{c.group}] {c.bound}：{c.before} → {c.after}",
                        f"  {c.rule} [{c.group}] {c.bound}: {c.before} -> {c.after}")
