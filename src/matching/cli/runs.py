"""`matching runs`: what was solved here, by whom and why, and whether it still is what it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.answers import give
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import findings_answer, show_findings
from matching.cli.recording import WhoOption, WhyOption
from matching.cli.runs_repeat import repeat_run
from matching.cli.runs_views import compared, listed, shown

if TYPE_CHECKING:
    from matching.store import Recorded, Store

runs_app = typer.Typer(help="运行记录：列出、查看、比较、核对、重做 / runs kept: list, show, compare, verify, repeat",
                       no_args_is_help=True, rich_markup_mode=None)
DEFAULT = Path("runs")
StoreOption = Annotated[Path | None, typer.Option(
    "--store", metavar="DIR", help="放运行文件夹的文件夹，缺省 runs / the folder that holds the run folders; runs")]
RunId = Annotated[str, typer.Argument(metavar="ID", help="运行的编号、条号或文件夹 / its id, its entry or its folder")]
Other = Annotated[str, typer.Argument(metavar="B", help="与它比较的运行 / the run to compare it with")]
HeadOption = Annotated[str | None, typer.Option(
    "--head", metavar="N:DIGEST", help="以前核对时给出的末条，应仍在链上 / an earlier head, to be still there")]
Given = Annotated[str, typer.Option("--why", help="缘由，必写 / why; not to be left out")]


@runs_app.command("list")
def list_runs(store: StoreOption = None, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """列出运行和扫描 / list runs and sweeps."""
    context = Context.of(lang, as_json)
    give(context, listed(_open(store)), None)


@runs_app.command()
def show(run: RunId, store: StoreOption = None, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """查看一次运行：何时、何人、为何、结果 / one run: when, by whom, why, what it came to."""
    context = Context.of(lang, as_json)
    kept = _open(store, run)
    give(context, shown(_named(kept, run)), None)


@runs_app.command()
def compare(first: RunId, second: Other, store: StoreOption = None, lang: LangOption = None,
            as_json: JsonOption = False) -> None:
    """比较两次运行：设置、结果、谁换了岗位 / two runs: settings, results, who is elsewhere."""
    context = Context.of(lang, as_json)
    one = _named(_open(store, first), first)
    give(context, compared(one, _named(_open(store, second), second), context.lang), None)


@runs_app.command()
def verify(
    store: StoreOption = None,
    head: HeadOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """核对记录链和各运行文件夹 / check the chain and the run folders."""
    from matching.store.store import place_of
    from matching.store.verify import verified

    context = Context.of(lang, as_json)
    found = verified(place_of(store or DEFAULT), head=head)
    if context.as_json:
        context.answer({**found.to_dict(), **findings_answer(found.findings)})
    else:
        show_findings(found.findings, context.lang, context.out)
    if found.ok:
        context.say(f"记录完好，共 {found.rows} 条。", f"The store is intact; entries: {found.rows}.")
    else:
        context.say(f"读到 {found.rows} 条，其中从头起 {len(found.intact)} 条可确认未动过；未作任何修改。",
                    f"Entries read: {found.rows}; proven unchanged, from the first: {len(found.intact)}. Nothing was "
                    "written.")
    if found.head:
        context.say(f"末条：{found.head}（抄录别处，日后用 --head 核对）",
                    f"Head: {found.head} (keep it elsewhere, to be checked later with --head)")
    context.leave(exits.DONE if found.ok else exits.BAD_INPUT)


@runs_app.command()
def repeat(
    run: RunId,
    output: Annotated[Path | None, typer.Option("-o", help="新的结果文件夹 / a new folder for the results")] = None,
    time_limit: Annotated[float | None, typer.Option(help="求解时限（秒） / seconds", min=0)] = None,
    store: StoreOption = None,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """只凭运行文件夹重做一次，逐字节比较 / do a run again from its folder alone, and compare byte for byte."""
    context = Context.of(lang, as_json)
    folder = Path(run) if _is_run(run) else _named(_open(store), run).folder
    repeat_run(context, folder, output, time_limit, who, why)


@runs_app.command()
def note(run: RunId, why: Given, store: StoreOption = None, who: WhoOption = None, lang: LangOption = None,
         as_json: JsonOption = False) -> None:
    """给一次运行记一笔 / add a remark on a run."""
    from matching.store.who import who_now

    context = Context.of(lang, as_json)
    kept = _open(store, run)
    found = _named(kept, run)
    entry = kept.append("note", {"run": found.entry.number}, about=found.id, who=who_now(who), why=why)
    _done(context, entry.number, f"已记下，是第 {entry.number} 条。", f"Kept as entry {entry.number}.")


@runs_app.command()
def accept(run: RunId, why: Given, store: StoreOption = None, who: WhoOption = None, lang: LangOption = None,
           as_json: JsonOption = False) -> None:
    """写明运行文件夹现在的样子（或已删除）是有意的 / say that a folder is meant to be as it is now, or gone."""
    from matching.store.record import accept as meant
    from matching.store.record import record_found
    from matching.store.recorded import unrecorded
    from matching.store.who import who_now

    context = Context.of(lang, as_json)
    kept = _open(store, run)
    runs = kept.runs()
    if Path(run).resolve() in {path.resolve() for path in unrecorded(runs, kept.folder)}:
        entry = record_found(kept, Path(run), who=who_now(who), why=why)
    else:
        found = _named(kept, run)
        entry = meant(kept, found.entry.number, found.folder, who=who_now(who), why=why, run=found.id)
    _done(context, entry.number, f"已记下，是第 {entry.number} 条；以后按现在的样子核对。",
          f"Kept as entry {entry.number}; from now on the folder is held against what it is now.")


@runs_app.command()
def rebuild(store: StoreOption = None, who: WhoOption = None, why: WhyOption = None, lang: LangOption = None,
            as_json: JsonOption = False) -> None:
    """记录损坏时另建一份，原文件改名保留 / make a new store out of a damaged one, which is kept."""
    from matching.store.rebuild import rebuild as rebuilt
    from matching.store.who import who_now

    context = Context.of(lang, as_json)
    made = rebuilt(store or DEFAULT, who=who_now(who), why=why)
    if context.as_json:
        context.answer(made.to_dict())
    context.say(f"已重建 {made.store.path}：沿用完好的 {made.intact} 条，从运行文件夹补记 {len(made.found)} 次运行。",
                f"{made.store.path} was made anew: intact entries taken over: {made.intact}; runs added from their "
                f"folders: {len(made.found)}.")
    if made.kept_as is not None:
        context.say(f"原文件保留为 {made.kept_as}。", f"The damaged file is kept as {made.kept_as}.")


def _open(store: Path | None, run: str = "") -> Store:
    """Open the store that is named, else that beside a run folder that is named, else the usual one."""
    from matching.store import open_store

    beside = Path(run).absolute().parent if _is_run(run) else DEFAULT
    return open_store(store or beside)


def _named(store: Store, run: str) -> Recorded:
    from matching.store.recorded import run_named

    return run_named(store.runs(), run, store.folder)


def _is_run(run: str) -> bool:
    return bool(run) and (Path(run) / "run.json").is_file()


def _done(context: Context, number: int, zh: str, en: str) -> None:
    if context.as_json:
        context.answer({"entry": number})
    context.say(zh, en)
