"""What a solve came to, on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli.context import Context
from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from rich.table import Table

    from matching.domain.plan import Plan
    from matching.planner import Front, Result
    from matching.policy.model import Policy

HEADINGS = (Text("名次", "rank"), Text("方案", "plan"), Text("安置 / 需求", "placed / seats"), Text("满足率", "filled"),
            Text("平均公里", "mean km"), Text("得分", "score"))
UNFINISHED = {"feasible": Text("可行，未证明最优", "feasible, not proven optimal")}


def show_outcome(context: Context, result: Result, folder: Path) -> None:
    """Print the ranked plans, or why there are none."""
    if result.ranking is not None:
        _show_plans(context, result, folder)
    elif result.diagnosis is not None:
        _show_clash(context, result)
    else:
        why = result.message or Text("", "")
        context.say(f"没有得到方案。{why.zh}", f"No plan was found. {why.en}")


def _show_plans(context: Context, result: Result, folder: Path) -> None:
    assert result.ranking is not None
    context.out.print(_table(result, context.lang))
    for ranked in result.ranking.plans:
        context.say(*_standing(result.policy, ranked.plan))
    for note in result.ranking.notes:
        context.say(note.zh, note.en)
    for front in result.fronts:
        context.say(*_front(front))
    if result.stopped and result.message:
        context.say(f"{result.message.zh}：保留了到此为止最好的方案。",
                    f"{result.message.en}: the best plan until then is kept.")
    for name, status in result.unfinished.items():
        came_to = UNFINISHED.get(status, Text("没有得到方案", "no plan was found"))
        context.say(f"方案 {name} 没有求到底：{came_to.zh}。",
                    f"The plan {name} was not solved to the end: {came_to.en}.")
    context.say(f"各方案均通过审计。结果在 {folder}（先看 report.html 或 report.xlsx）。",
                f"Every plan passed the audit. Results are in {folder} (start with report.html or report.xlsx).")


def _table(result: Result, lang: Lang) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from matching.report.comparison import points
    from matching.report.words import decimal, percent, plan_title

    assert result.ranking is not None
    table = Table()
    for at, heading in enumerate(HEADINGS):
        table.add_column(heading.get(lang), justify="left" if at == 1 else "right")
    for ranked in result.ranking.plans:
        metrics = ranked.metrics
        table.add_row(str(ranked.rank), escape(f"{ranked.plan.plan} {plan_title(result.policy, ranked.variant, lang)}"),
                      f"{metrics.seats.part:,} / {metrics.seats.whole:,}", percent(metrics.seats.value),
                      decimal(metrics.km.mean), points(ranked.score))
    return table


def _front(front: Front) -> Text:
    """Return how many plans a front has, and whether these are all."""
    first, second = front.titles
    if not front.points:
        return Text(f"取舍：{first.zh} 与 {second.zh}：时间不够，没有求。",
                    f"Trade-off: {first.en} and {second.en}: not found for want of time.")
    more = Text("还可能有别的", "there may be more")
    all_of_them = Text("已证明是全部", "proven to be all") if front.complete else more
    return Text(f"取舍：{first.zh} 与 {second.zh}：{len(front.points)} 个方案，{all_of_them.zh}。",
                f"Trade-off: {first.en} and {second.en}: plans {len(front.points)}, {all_of_them.en}.")


def _standing(policy: Policy, plan: Plan) -> Text:
    """Return a plan's goals, and whether they are proven, as a sentence; of leximin only the smallest share."""
    from matching.report.goal_words import goal_words
    from matching.report.words import gap_words, status_words

    def said(lang: Lang, opening: str, closing: str) -> list[str]:
        names = goal_words(policy, plan.plan, [line.goal for line in plan.goals], lang)
        return [f"{words.title} {words.shown(line.value)}"
                + (f"{opening}{gap_words(line.gap, lang)}{closing}" if line.gap else "")
                for words, line in zip(names, plan.goals, strict=True) if not words.level]

    return Text(f"{plan.plan}：{status_words(plan, 'zh')}。{'；'.join(said('zh', '（', '）'))}。",
                f"{plan.plan}: {status_words(plan, 'en')}. {'; '.join(said('en', ' (', ')'))}.")


def _show_clash(context: Context, result: Result) -> None:
    from matching.report.clash import clash_lines

    assert result.diagnosis is not None
    for line in clash_lines(result.instance, result.policy, result.diagnosis, context.lang):
        context.say(line, line)
