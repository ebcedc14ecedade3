"""`matching whatif`: what would be if a rule, a weight or the data were otherwise."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from matching.cli import exits
from matching.cli.case import Case, Inputs, PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import show_findings
from matching.cli.folders import new_name, try_to_write
from matching.cli.options import ExecutorOption, OutputOption, WorkersOption
from matching.cli.progress import board, stop_on_interrupt
from matching.cli.recording import WhoOption, WhyOption, record
from matching.domain.findings import InputError, error
from matching.domain.refused import not_written

if TYPE_CHECKING:
    from matching.executors import Executor
    from matching.report.whatif.clashes import Told
    from matching.scenarios.whatif import Compared, WhatIf
    from matching.store import Journal

MOST_SEEDS = 100
AUTO = "auto"
MANY_POINTS, MANY_TEACHERS = 10, 300
"""Of so many points of so large an input each core works its own, unless it is said where."""


class Asked(NamedTuple):
    """What is varied, and how."""

    vary: dict[str, str]
    seeds: tuple[int, ...]
    floor: int | None
    scenarios: Path | None
    executor: str
    time_limit: float | None
    workers: int


def whatif(
    inputs: Inputs,
    policy: PolicyOption = "base",
    vary: Annotated[list[str] | None, typer.Option(
        "--vary", metavar="RULE.FIELD=VALUES",
        help="变动一项：起:止:步长，或逗号分隔的取值；可重复 / a:b:step or v1,v2; may be repeated")] = None,
    scenarios: Annotated[Path | None, typer.Option(
        "--scenarios", metavar="FILE.toml", help="情形文件：改政策、改数据 / named changes to policy and data")] = None,
    floor: Annotated[int | None, typer.Option(help="至少安置多少人 / least number who are placed")] = None,
    seeds: Annotated[str, typer.Option(metavar="N|LIST", help="几个随机种子，或列出 / how many seeds, or which")] = "1",
    executor: ExecutorOption = AUTO,
    time_limit: Annotated[float | None, typer.Option(help="总时限（秒） / seconds for all of it", min=0)] = None,
    workers: WorkersOption = 2,
    output: OutputOption = None,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """推演：规则、权重或数据变了会怎样 / what would be if a rule, a weight or the data were otherwise."""
    context = Context.of(lang, as_json)
    folder = output or new_name("whatif")
    asked = Asked(_varied(vary or []), _seeds(seeds), floor, scenarios, executor, time_limit, workers)
    if not asked.vary and scenarios is None:
        raise InputError([error("nothing_asked", "要用 --vary 或 --scenarios 说明变动什么",
                                "say what is otherwise by --vary or --scenarios",
                                suggest=("--vary backbone-share.at_least=0:0.5:0.01", "--scenarios FILE.toml"))])
    try_to_write(folder)
    case = load_case(inputs, policy)
    if case.findings:
        show_findings(case.findings, context.lang, context.err)
    found, compared, kept = _worked(context, case, asked, folder, who, why)
    stated = _written(context, case, asked, folder, found, compared)
    if context.as_json:
        context.answer(stated)
    else:
        _tell(context, found, compared, folder)
    if kept:
        record(context, folder, "whatif", who, why, {"vary": asked.vary, "seeds": list(asked.seeds), "floor": floor})
    context.leave(_exit_code(found, compared))


def _worked(context: Context, case: Case, asked: Asked, folder: Path, who: str | None, why: str | None
            ) -> tuple[WhatIf | None, Compared | None, bool]:
    """Solve what is asked, going on from what was done of the very same before; tell whether the store can be used."""
    from matching.executors import side_by_side
    from matching.planner.clock import Clock
    from matching.scenarios.whatif import compare, look, read_scenarios
    from matching.scenarios.whatif import whatif as work

    clock = Clock(asked.time_limit)
    workers = _executor(asked.executor)
    listed = () if asked.scenarios is None else read_scenarios(asked.scenarios, case.instance)
    looked = look(case.instance, case.policy, asked.vary, listed, seeds=asked.seeds, floor=asked.floor)
    if asked.executor == AUTO and looked.points >= MANY_POINTS and len(case.instance.teachers) >= MANY_TEACHERS:
        workers = side_by_side()
    with ExitStack() as stack:
        journal = _journal(context, case, asked, folder, who, why, stack)
        stop, shown = stack.enter_context(stop_on_interrupt()), stack.enter_context(board(context))
        settings: dict[str, Any] = {
            "seeds": asked.seeds, "floor": asked.floor, "executor": workers,
            "workers": asked.workers, "diagnose": True, "stop": stop, "known": journal.known if journal else None,
            "on_point": journal.on_point if journal else None}
        found = compared = None
        if asked.vary:
            found = work(case.instance, case.policy, asked.vary, time_limit=clock.left,
                         on_progress=lambda progress: shown.tell("whatif", progress), looked_at=looked.asked,
                         **settings)
        if listed:
            compared = compare(case.instance, case.policy, listed, made=looked.made, time_limit=clock.left,
                               **settings)
        return found, compared, journal is not None


def _executor(spec: str) -> Executor | None:
    """Return the executor that is named; None for this process, which can stop in the middle of a chain."""
    from matching.executors import executor_of

    return None if spec.strip() in (AUTO, "in-process") else executor_of(spec)


def _journal(context: Context, case: Case, asked: Asked, folder: Path, who: str | None, why: str | None,
             stack: ExitStack) -> Journal | None:
    """Return where finished points are kept; None, with a warning, where nothing can be kept."""
    from matching.store import Journal, open_store, sweep_of
    from matching.store.who import who_now

    text = None if asked.scenarios is None else asked.scenarios.read_text("utf-8-sig")
    sweep = sweep_of(case.instance, case.policy_toml, {
        "vary": asked.vary, "seeds": list(asked.seeds), "floor": asked.floor, "scenarios": text,
        "workers": asked.workers})
    try:
        journal = stack.enter_context(Journal(open_store(folder.parent, create=True), sweep,
                                              about={"vary": asked.vary}, who=who_now(who), why=why))
    except InputError as problem:
        show_findings([f._replace(severity="warning") for f in problem.findings], context.lang, context.err)
        context.warn("照常推演，结果写入文件夹；但不写入这个运行记录，中断后要从头再来。",
                     "The work goes on and its folder is written; but nothing is written to this store, and what is "
                     "broken off begins anew.")
        return None
    if journal.known:
        many = len(journal.known)
        context.warn(f"接着上次继续：已有 {many} 个结果。", f"Going on from before: {many} results are there.")
    return journal


def _written(context: Context, case: Case, asked: Asked, folder: Path, found: WhatIf | None,
             compared: Compared | None) -> dict[str, Any]:
    from matching.report.whatif import write_whatif

    scenarios = None if asked.scenarios is None else asked.scenarios.read_bytes()
    words = ["whatif", "{run}/input.json", "--policy", "{run}/policy.toml"]
    for name, values in asked.vary.items():
        words += ["--vary", f"{name}={values}"]
    words += [] if scenarios is None else ["--scenarios", "{run}/scenarios.toml"]
    words += [] if asked.floor is None else ["--floor", str(asked.floor)]
    words += ["--seeds", f"{','.join(map(str, asked.seeds))},", "--workers", str(asked.workers)]
    try:
        return write_whatif(folder, case.instance, case.policy_toml, found, compared, context.lang,
                            scenario_file=scenarios, further={"command": words, "seeds": list(asked.seeds)})
    except OSError as problem:
        raise not_written(folder, problem) from problem


def _tell(context: Context, found: WhatIf | None, compared: Compared | None, folder: Path) -> None:
    from matching.report.whatif.clashes import clashes_told
    from matching.report.whatif.screen import curve_table, scenario_table
    from matching.report.whatif.words import sentences

    if found is not None:
        context.out.print(curve_table(found, context.lang))
        for line in sentences(found):
            context.say(*line)
    if compared is not None:
        context.out.print(scenario_table(compared, context.lang))
    for clash in clashes_told(found, compared, context.lang):
        _tell_clash(context, clash)
    if _stopped(found, compared):
        context.say("已按要求停止：做完的已保留，同一命令再运行会接着做。",
                    "Stopped as asked: what was done is kept, and the same command goes on from there.")
    context.say(f"结果在 {folder}（先看 report.html 或 whatif.xlsx）。",
                f"Results are in {folder} (start with report.html or whatif.xlsx).")


def _tell_clash(context: Context, clash: Told) -> None:
    context.say(f"{clash.head}。", f"{clash.head}.")
    for line, below in clash.lines:
        context.say(line, line)
        for one in below:
            context.say(f"  {one}", f"  {one}")


def _varied(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, sign, values = text.partition("=")
        if not sign or not name.strip():
            raise InputError([error("bad_vary", f"--vary “{text}”应写成 规则.字段=取值", f"--vary {text!r}: write "
                                    "RULE.FIELD=VALUES", value=text,
                                    suggest=("backbone-share.at_least=0:0.5:0.01",))])
        if name.strip() in found:
            raise InputError([error("repeated", f"--vary {name.strip()} 写了两次",
                                    f"--vary {name.strip()} stands twice", value=text)])
        found[name.strip()] = values
    return found


def _seeds(given: str) -> tuple[int, ...]:
    """Return the seeds: of ``3`` the first three, of ``1,5,9`` or ``7,`` those listed."""
    pieces = [piece.strip() for piece in given.replace("，", ",").split(",")]
    listed = [piece for piece in pieces if piece]
    numbers = [int(piece) for piece in listed if piece.isascii() and piece.isdecimal() and len(piece) < 10]
    wrong = len(numbers) < len(listed) or not numbers
    if len(pieces) == 1 and not wrong:
        wrong, numbers = not 1 <= numbers[0] <= MOST_SEEDS, list(range(min(numbers[0], MOST_SEEDS)))
    if wrong or len(numbers) > MOST_SEEDS:
        raise InputError([error("bad_seeds", f"--seeds “{given}”应为个数（1 到 {MOST_SEEDS}），或逗号分隔的种子",
                                f"--seeds {given!r}: give how many (1 to {MOST_SEEDS}), or seeds separated by commas",
                                value=given, suggest=("3", "1,5,9"))])
    return tuple(dict.fromkeys(numbers))


def _stopped(found: WhatIf | None, compared: Compared | None) -> bool:
    return (found is not None and found.stopped) or (compared is not None and compared.stopped)


def _exit_code(found: WhatIf | None, compared: Compared | None) -> int:
    """Return 0 where all is proven; 4 where something is not, but there are plans; 5 where there are none."""
    points = [*(found.points if found else ()), *(o.point for o in (compared.outcomes if compared else ()))]
    if all(point.final for point in points):
        return exits.DONE
    return exits.STOPPED_WITH_PLAN if any(p.metrics is not None for p in points) else exits.STOPPED_WITHOUT_PLAN
