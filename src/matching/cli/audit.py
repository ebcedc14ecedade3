"""`matching audit`: does a plan keep to the rules?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.case import PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.audit import Audit


def audit(
    files: Annotated[list[Path], typer.Argument(
        metavar="INPUT... PLAN", help="输入，最后一个是方案（plan-*.json 或 report.xlsx） / the input, the plan last")],
    policy: PolicyOption = "base",
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """独立审计一份方案 / judge a plan from the input and the policy alone."""
    from matching.audit import audit as judge
    from matching.audit import audit_to_dict
    from matching.policy.variants import weighed
    from matching.tables import read_plan

    if len(files) < 2:
        raise typer.BadParameter("需要输入和方案两个文件 / an input and a plan are needed")
    context = Context.of(lang, as_json)
    case = load_case(files[:-1], policy)
    plan = read_plan(files[-1], case.instance)
    found = judge(case.instance, weighed(case.policy, plan.plan), plan)
    if context.as_json:
        context.answer(audit_to_dict(found))
    else:
        _show(context, found)
    context.leave(exits.DONE if found.ok else exits.BREACH)


def _show(context: Context, found: Audit) -> None:
    for breach in found.breaches:
        context.say(f"违反 {breach.rule} [{breach.group}]：{breach.text.zh}",
                    f"Breach of {breach.rule} [{breach.group}]: {breach.text.en}")
    goals = [f"{g.goal} = {g.value}" for g in found.goals]
    short, n = sum(not line.ok for line in found.rules), len(found.breaches)
    verdict = Text("审计通过", "The plan passed the audit") if found.ok else \
        Text(f"审计未通过：{n} 处违反", f"The plan is in breach: {n} breaches")
    context.say(f"{verdict.zh}。重新计数的目标：{'，'.join(goals)}。未达标的规则 {short} 组。",
                f"{verdict.en}. Goals recounted: {', '.join(goals)}. Rules that fall short: {short} groups.")
