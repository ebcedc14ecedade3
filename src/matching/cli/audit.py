"""`matching audit`: does a plan keep to the rules?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matching.cli import exits
from matching.cli.case import PolicyOption, load_case
from matching.cli.context import Context, JsonOption, LangOption
from matching.cli.findings import MOST
from matching.domain.findings import InputError, error
from matching.domain.text import Text

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
                                "the plan is missing; name its file (plan-*.json or report.xlsx) after the input")])
    case = load_case(files[:-1], policy)
    plan = read_plan(files[-1], case.instance)
    found = judge(case.instance, weighed(case.policy, plan.plan), plan)
    if context.as_json:
        context.answer(audit_to_dict(found))
    else:
        _show(context, found, case.policy, plan.plan)
    if plan.placements and not any(p.teacher in case.instance.teacher for p in plan.placements):
        context.say("方案中的教师，输入里一位也没有：请核对方案和输入是不是同一套数据。",
                    "The input has none of the plan's teachers: do the two belong together?")
    context.leave(exits.DONE if found.ok else exits.BREACH)


def _show(context: Context, found: Audit, policy: Policy, plan: str) -> None:
    from matching.report.goal_words import goal_words

    title = policy.title
    context.say(f"按政策“{title.zh}”（{policy.id}）审计。", f"Judged by the policy {title.en} ({policy.id}).")
    rules = {rule.id: f"{rule.id} {rule.title.get(context.lang)}" for rule in policy.rules}
    for breach in found.breaches[:MOST]:
        rule = rules.get(breach.rule, breach.rule)
        context.say(f"违反 {rule} [{breach.group}]：{breach.text.zh}",
                    f"Breach of {rule} [{breach.group}]: {breach.text.en}")
    for line in [line for line in found.rules if not line.ok][:MOST]:
        context.say(f"未达标（弹性或仅统计）：{rules[line.rule]} [{line.group}] 为 {line.value}，应为 {line.required}",
                    f"Falls short (elastic or measured): {rules[line.rule]} [{line.group}] is {line.value}, "
                    f"should be {line.required}")
    names = [goal.goal for goal in found.goals]
    zh_words, en_words = goal_words(policy, plan, names, "zh"), goal_words(policy, plan, names, "en")
    for goal, zh, en in zip(found.goals, zh_words, en_words, strict=True):
        context.say(f"重新计数：{zh.title} {zh.shown(goal.value)}", f"Recounted: {en.title} {en.shown(goal.value)}")
    n = len(found.breaches)
    if found.ok:
        context.say("审计通过。", "The plan passed the audit.")
    else:
        more = Text(f"（只列出前 {MOST} 处，--json 中有全部）", f" (the first {MOST} are shown, --json has all)")
        tail = more if n > MOST else Text("", "")
        context.say(f"审计未通过：{n} 处违反{tail.zh}。", f"The plan is in breach: {n} found{tail.en}.")
