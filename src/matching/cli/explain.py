"""`matching explain`: a reason for everything in a run."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli import exits
from matching.cli import explain_options as asks
from matching.cli.answer_conflict import of_input
from matching.cli.answers import busy, give
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.folders import try_to_write
from matching.cli.letters import letters as write_letters
from matching.cli.questions import Asked, answer

if TYPE_CHECKING:
    from matching.engines import Waiting


def explain(
    run: asks.Run,
    teacher: asks.Teacher = None,
    need: asks.Need = None,
    wish: asks.Wish = None,
    costs: asks.Costs = 0,
    rule: asks.Rule = None,
    group: asks.Group = None,
    conflict: asks.Conflict = False,
    prices: asks.Prices = False,
    compare: asks.Compare = None,
    letters: asks.Letters = None,
    template: asks.Template = None,
    form: asks.LetterForm = "both",
    plan: asks.PlanId = None,
    policy: asks.Policy = "base",
    time_limit: asks.TimeLimit = None,
    output: asks.Output = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """说明理由：为什么是他，为什么不是我，为什么空缺 / a reason for everything in a run."""
    began = time.monotonic()
    context = Context.of(lang, as_json)
    asked = Asked(teacher, need, wish, costs, rule, group, conflict, prices, compare, letters)
    asked.check()
    with _ahead(asked, run) as waiting:
        from matching.report.read_run import is_run, read_run

        if letters is not None:
            write_letters(context, read_run(run), letters, plan, template, form, output)
            context.leave(exits.DONE)
        if output is not None:
            try_to_write(output)
        with busy(context):
            if conflict and run.exists() and not is_run(run):
                found = of_input(run, policy, time_limit)
            else:
                left = None if time_limit is None else max(0.0, time_limit - (time.monotonic() - began))
                found = answer(read_run(run), asked, plan, left, waiting)
    give(context, found, output)
    context.leave(found.code)


def _ahead(asked: Asked, run: Path) -> AbstractContextManager[Waiting | None]:
    """Start a process for what is solved again, so that it loads the solver while the run is read."""
    if not asked.solves or not run.is_dir():
        return nullcontext()
    from matching.engines import Waiting

    return Waiting()
