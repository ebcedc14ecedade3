"""`matching simulate`: what becomes of a plan when not everybody arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matching.cli import exits
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.folders import new_name, try_to_write
from matching.cli.options import ExecutorOption, OutputOption
from matching.cli.progress import stop_on_interrupt
from matching.cli.recording import WhoOption, WhyOption, check_store, record
from matching.domain.findings import InputError, error
from matching.domain.refused import not_written
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.report.read_run import Run
    from matching.scenarios.arrivals.result import Simulation

RATES = "rates.toml"


def simulate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="求解结果文件夹 / the folder of a run")],
    plan: Annotated[str | None, typer.Option(
        "--plan", metavar="ID", help="方案编号；缺省为排第一的 / a plan's id")] = None,
    rate: Annotated[str | None, typer.Option(
        "--rate", metavar="RATE",
        help="到岗率，如 0.963；与 --rates 同用时为总平均 / the rate; with --rates, the mean of all")] = None,
    rates: Annotated[Path | None, typer.Option(
        "--rates", metavar="FILE", help="到岗率文件（TOML） / rates by group, distance and wish (TOML)")] = None,
    draws: Annotated[int, typer.Option(help="抽样次数 / how many outcomes are drawn")] = 10_000,
    seed: Annotated[int, typer.Option(help="随机种子 / same seed, same result")] = 0,
    chance: Annotated[str, typer.Option(metavar="CHANCE", help="要有多大把握，如 95% / the stated chance")] = "95%",
    seats: Annotated[int | None, typer.Option(
        help="要多少人到岗；缺省为方案安置的人数 / how many are to arrive; by default all the plan places")] = None,
    variant: Annotated[bool, typer.Option(
        "--variant", help="另求一个把不到岗算进去的方案 / also look for a plan that is best on average")] = False,
    time_limit: Annotated[float | None, typer.Option(
        help="求该方案的时限（秒） / seconds for that plan's solve", min=0)] = 120.0,
    executor: ExecutorOption = "in-process",
    output: OutputOption = None,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """模拟到岗：补足多少、候补多长、选多少人 / who arrives: what is filled, how long a reserve, how many to choose."""
    from matching.executors import StoppedError, executor_of
    from matching.report.read_run import read_run
    from matching.scenarios.arrivals.read import model_of
    from matching.scenarios.arrivals.simulate import check
    from matching.scenarios.arrivals.simulate import simulate as work

    context = Context.of(lang, as_json)
    folder = output or new_name("arrivals")
    wanted = _chance(chance)
    check(draws, wanted, seats, seed)
    found_run = read_run(run)
    inquiry = found_run.inquiry(plan)
    model = model_of(rate, rates, found_run.instance.vocabularies)
    workers = executor_of(executor)
    try_to_write(folder)
    check_store(folder)
    try:
        with stop_on_interrupt() as stop, _shown(context) as told:
            found = work(inquiry, model, draws=draws, seed=seed, wanted=wanted, seats=seats, executor=workers,
                         variant=variant, time_limit=time_limit, stop=stop, on_draws=told)
    except StoppedError:
        context.warn("已按要求停止，没有写出结果。", "Stopped as asked; nothing was written.")
        context.leave(exits.STOPPED_WITHOUT_PLAN)
    words = _words(found, rate, rates, seats, variant, time_limit, chance)
    stated = _written(folder, found, found_run, rates, words, context)
    record(context, folder, "simulate", who, why, {"of": found_run.id, "plan": found.plan.plan})
    _tell(context, found, stated, folder)


def _tell(context: Context, found: Simulation, stated: dict[str, Any], folder: Path) -> None:
    from matching.report.arrivals.words import sentences

    if context.as_json:
        context.answer(stated)
    else:
        for line in sentences(found):
            context.say(*line)
    context.say(f"已写出 {folder}（report.html、reserve.xlsx、simulation.json）。",
                f"Wrote {folder} (report.html, reserve.xlsx, simulation.json).")


def _chance(given: str) -> float:
    from matching.policy import values
    from matching.policy.faults import FaultError

    try:
        return float(values.number(given))
    except FaultError:
        raise InputError([error("chance_range", f"把握程度“{given}”看不懂，应大于 0、小于 1（如 0.95 或 95%）",
                                f"the chance {given!r} cannot be read; it is above 0 and below 1 (0.95 or 95%)",
                                value=given, suggest=("95%",))]) from None


@contextmanager
def _shown(context: Context) -> Iterator[Callable[[int], None] | None]:
    """Tell on a terminal how many draws are done."""
    if not context.err.is_terminal:
        yield None
        return
    done = 0
    with context.err.status(Text("正在抽样 ……", "Drawing ...").get(context.lang)) as status:
        def tell(draws: int) -> None:
            nonlocal done
            done += draws
            status.update(Text(f"已抽样 {done:,} 次 ……", f"{done:,} draws done ...").get(context.lang))

        yield tell


def _words(found: Simulation, rate: str | None, rates: Path | None, seats: int | None, variant: bool,
           time_limit: float | None, chance: str) -> list[str]:
    """Return the words that do the same again from the folder alone."""
    words = ["simulate", "{run}/base", "--plan", found.plan.plan, "--draws", str(found.draws), "--seed",
             str(found.seed), "--chance", chance]
    words += ["--rate", rate] if rate is not None else []
    words += ["--rates", f"{{run}}/{RATES}"] if rates is not None else []
    words += ["--seats", str(seats)] if seats is not None else []
    words += ["--variant"] if variant else []
    return words + (["--time-limit", f"{time_limit:g}"] if variant and time_limit is not None else [])


def _written(folder: Path, found: Simulation, run: Run, rates: Path | None, words: list[str],
             context: Context) -> dict[str, Any]:
    from matching.report.arrivals import write_simulation

    try:
        text = None if rates is None else rates.read_bytes()
        return write_simulation(folder, found, context.lang, run, text, {"command": words})
    except OSError as problem:
        raise not_written(folder, problem) from problem
