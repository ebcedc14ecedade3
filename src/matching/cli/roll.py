"""`matching roll`: the years under a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.case import Inputs, PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import show_findings
from matching.cli.folders import new_name, try_to_write
from matching.cli.options import OutputOption, SeedOption, WorkersOption
from matching.cli.progress import board, stop_on_interrupt
from matching.cli.recording import WhoOption, WhyOption, check_store, record
from matching.domain.refused import not_written
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.engines import Progress
    from matching.scenarios.years import Roll

HEADINGS = (Text("学年", "school year"), Text("在岗 / 名额", "filled / seats"), Text("新派", "begun"),
            Text("再次服务", "served before"), Text("违反轮次", "out of turn"), Text("职称等待", "titles waiting"))
SHOWN = 20
"""How many placements out of turn are told on the screen."""


def roll(
    inputs: Inputs,
    policy: PolicyOption = "base",
    years: Annotated[int, typer.Option(help="学年数，1 到 60 / how many school years, 1 to 60")] = 10,
    first_year: Annotated[int | None, typer.Option(
        "--from", help="第一个学年；缺省为政策的参照年 / the first school year; the policy's by default")] = None,
    ledger: Annotated[Path | None, typer.Option(
        help="此前的服务台账（CSV 或 JSON） / who has served before, CSV or JSON")] = None,
    retire_men: Annotated[int, typer.Option(help="男教师退休年龄 / age at which men retire")] = 60,
    retire_women: Annotated[int, typer.Option(help="女教师退休年龄 / age at which women retire")] = 55,
    title_years: Annotated[int, typer.Option(help="任现职满几年可晋升 / years in a title until the next")] = 5,
    service_years: Annotated[int, typer.Option(help="晋升须有的农村任教年数 / rural years that a title waits for")] = 1,
    hardship: Annotated[int, typer.Option(help="艰苦岗位从几类起 / class from which a post is a hardship post")] = 1,
    seed: SeedOption = 0,
    time_limit: Annotated[
        float | None, typer.Option(help="求解时限（秒） / seconds for all years together", min=0)] = None,
    workers: WorkersOption = 2,
    output: OutputOption = None,
    who: WhoOption = None,
    why: WhyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐年滚动模拟：谁哪年去、轮次、负担、职称 / simulate years: turns, load, titles that wait."""
    from matching.scenarios.years import Assumptions, read_ledger
    from matching.scenarios.years import roll as simulate
    from matching.scenarios.years.assumptions import check_years

    context = Context.of(lang, as_json)
    folder = output or new_name("roll")
    try_to_write(folder)
    check_store(folder)
    assumed = Assumptions(retire_men, retire_women, title_years, service_years, hardship)
    case = load_case(inputs, policy)
    if case.findings:
        show_findings(case.findings, context.lang, context.err)
    first = case.policy.reference_date.year if first_year is None else first_year
    check_years(years, first)
    known = None if ledger is None else read_ledger(ledger, case.instance, first)
    with stop_on_interrupt() as stop, board(context) as shown:
        def tell(year: int, progress: Progress) -> None:
            shown.tell(str(year), progress)

        made = simulate(case.instance, case.policy, years=years, first_year=first, ledger=known, assumed=assumed,
                        seed=seed, workers=workers, time_limit=time_limit, stop=stop, on_progress=tell)
    if _whole(made):
        _write(context, made, folder, case.policy_toml, time_limit)
        record(context, folder, "roll", who, why, {"years": len(made.years), "out_of_turn": len(made.out_of_turn)})
    _give(context, made, folder)
    context.leave(exit_code(made))


def _whole(made: Roll) -> bool:
    """Tell whether there are years to be written, and no clash."""
    return bool(made.years) and not (made.stopped and made.stopped.diagnosis)


def _write(context: Context, made: Roll, folder: Path, policy_toml: str, time_limit: float | None) -> None:
    from matching.report.years import Kept, write_roll

    try:
        write_roll(folder, made, context.lang, Kept(policy_toml, _words(made, time_limit)))
    except OSError as problem:
        raise not_written(folder, problem) from problem


def _words(made: Roll, time_limit: float | None) -> tuple[str, ...]:
    """Return the words that do the same again from the folder alone."""
    from matching.report.years import BEFORE

    assumed = made.assumed
    stated = {"years": made.asked, "from": made.first_year, "seed": made.seed, "retire-men": assumed.retire_men,
              "retire-women": assumed.retire_women, "title-years": assumed.title_years,
              "service-years": assumed.service_years, "hardship": assumed.hardship}
    options = [word for name, value in stated.items() for word in (f"--{name}", str(value))]
    limit = [] if time_limit is None else ["--time-limit", f"{time_limit:g}"]
    read = ("{run}/input.json", "--policy", "{run}/policy.toml", "--ledger", f"{{run}}/{BEFORE}")
    return ("roll", *read, *options, *limit)


def _give(context: Context, made: Roll, folder: Path) -> None:
    """Tell what the years came to."""
    from matching.scenarios.years import answer

    if context.as_json:
        context.answer(answer(made))
        return
    _show_end(context, made)
    if _whole(made):
        _show_years(context, made, folder)


def _show_end(context: Context, made: Roll) -> None:
    """Say why there are fewer years than were asked for."""
    from matching.report.clash import clash_lines
    from matching.scenarios.years.words import school_year

    if made.stopped is None:
        return
    ended, named = made.stopped, school_year(made.stopped.year)
    if ended.diagnosis is None:
        context.say(f"{named} 学年没有得到方案，模拟到此为止。",
                    f"No plan was found for {named}; the simulation ends there.")
        return
    context.say(f"{named} 学年，硬性规则不能同时成立：", f"{named}: the hard rules cannot all hold:")
    for line in clash_lines(ended.problem.instance, ended.problem.policy, ended.diagnosis, context.lang):
        context.say(line, line)


def _show_years(context: Context, made: Roll, folder: Path) -> None:
    from rich.table import Table

    from matching.scenarios.years.words import out_of_turn_words, school_year, summary

    table = Table()
    for heading in HEADINGS:
        table.add_column(heading.get(context.lang), justify="right")
    for year in made.years:
        table.add_row(school_year(year.year), f"{year.filled:,} / {year.seats:,}", f"{len(year.begun):,}",
                      f"{year.again:,}", str(len(year.out_of_turn)), f"{len(year.backlog.waiting):,}")
    context.out.print(table)
    for breach in made.out_of_turn[:SHOWN]:
        context.say(*out_of_turn_words(made.policy, breach))
    for line in summary(made):
        context.say(*line)
    context.say(f"结果在 {folder}（先看 report.html 或 report.xlsx）。",
                f"Results are in {folder} (start with report.html or report.xlsx).")


def exit_code(made: Roll) -> int:
    """Return the exit code that a simulation calls for."""
    ended = made.stopped
    if ended is None:
        return exits.DONE if made.proven else exits.STOPPED_WITH_PLAN
    if ended.status == "infeasible":
        return exits.CLASH
    if ended.stopped in ("crash", "memory"):
        return exits.FAILED
    return exits.STOPPED_WITH_PLAN if made.years else exits.STOPPED_WITHOUT_PLAN
