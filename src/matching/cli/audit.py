"""`matching audit`: does a plan keep to the rules?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.case import PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.domain.findings import InputError, error

if TYPE_CHECKING:
    from matching.audit import Audit
    from matching.policy.model import Policy


def audit(
    files: Annotated[list[Path], typer.Argument(
        metavar="INPUT... PLAN", help="输入，最后一个是方案（plan-*.json 或 report.xlsx） / the input, the plan last")],
    policy: PolicyOption = "base",
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """独立审计一份方案 / judge a plan by itself."""
    from matching.audit import audit as judge
    from matching.audit import audit_to_dict
    from matching.policy.variants import weighed
    from matching.tables import read_plan

    context = Context.of(lang, as_json)
    if len(files) < 2:
        raise InputError([error("wrong_call", "缺少方案；先写输入，最后写方案文件（plan-*.json 或 report.xlsx）",
                                "the plan is missing; name the input, then the plan's file (plan-*.json or report.xlsx)")])
    case = load_case(files[:-1], policy)
    plan = read_plan(files[-1], case.instance)
    found = judge(case.instance, weighed(case.policy, plan.plan), plan)
    if context.as_json:
        context.answer(audit_to_dict(found))
    else:
        _show(context, found, case.policy)
    context.leave(exits.DONE if found.ok else exits.BREACH)


def _show(context: Context, found: Audit, policy: Policy) -> None:
    from matching.report.words import goal_word

    by = policy.title
    context.say(f"按政策“{by.zh}”（{policy.id}）审计。", f"Judged by the policy {by.en} ({policy.id}).")
    titles = {rule.id: rule.title for rule in policy.rules}
    for breach in found.breaches:
        title = f" {titles[breach.rule].get(context.lang)}" if breach.rule in titles else ""
        context.say(f"违反 {breach.rule}{title} [{breach.group}]：{breach.text.zh}",
                    f"Breach of {breach.rule}{title} [{breach.group}]: {breach.text.en}")
    for goal in found.goals:
        name = goal_word(goal.goal, context.lang)
        context.say(f"重新计数：{name} = {goal.value}", f"Recounted: {name} = {goal.value}")
    for line in found.rules:
        if not line.ok:
            context.say(f"未达标（允许）：{line.rule} [{line.group}] {line.value}，要求 {line.required}",
                        f"Falls short (as it may): {line.rule} [{line.group}] {line.value}, required {line.required}")
    n = len(found.breaches)
    if found.ok:
        context.say("审计通过。", "The plan passed the audit.")
    else:
        context.say(f"审计未通过：{n} 处违反。", f"The plan is in breach: {n} breach{'es' if n != 1 else ''}.")
