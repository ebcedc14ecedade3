"""Whether rules clash, laid out: of a run whose hard rules hold, and of an input that has no plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli import exits
from matching.cli.answers import Answer, Grid
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.domain.instance import Instance
    from matching.explain.conflicts.conflict import Diagnosis
    from matching.explain.hardened import Hardened
    from matching.explain.inquiry import Inquiry
    from matching.policy.model import Policy

MOST = 20


def of_run(inquiry: Inquiry, time_limit: float | None) -> Answer:
    """Tell that the hard rules hold, and what would come of it if those that fall short were hard too."""
    from matching.explain.hardened import hardened

    found = hardened(inquiry, time_limit)
    return Answer([*_told(inquiry, found)], {"plan": inquiry.plan.plan, **found.to_dict()})


def _told(inquiry: Inquiry, found: Hardened) -> Iterator[Text | Grid]:
    yield Text("这次运行有方案，并且通过了审计：全部硬性规则可以同时满足，没有冲突。",
               "The run has plans that passed the audit: all hard rules can hold together, there is no conflict.")
    if not found.short:
        yield Text("弹性的和只作统计的规则在这个方案里也都达到了。",
                   "Elastic and reported rules hold in this plan as well.")
        return
    yield _short(inquiry, found)
    titles = [inquiry.policy.rule(rule).title for rule in found.rules]
    asked = Text(f"如果把{'、'.join(f'“{t.zh}”' for t in titles)}也作为硬性规则：",
                 f"If these were hard as well ({', '.join(t.en for t in titles)}):")
    yield asked
    yield from _if_hard(inquiry, found)


def _if_hard(inquiry: Inquiry, found: Hardened) -> Iterator[Text]:
    from matching.explain.goal_names import change_words
    from matching.explain.moves import totals_changed

    if found.diagnosis is not None:
        yield from _clash(inquiry.instance, found.policy, found.diagnosis)
    elif found.placements is None:
        yield Text("在时限内没有得出结果；可以加长 --time-limit。",
                   "no answer was found in time; try a longer --time-limit.")
    else:
        changes = [*change_words(found.cost, inquiry.policy),
                   *totals_changed(inquiry.plan.placements, found.placements)]
        proof = Text("", "") if found.status == "optimal" else Text("（没有求到底）", " (not solved to the end)")
        if not changes:
            yield Text(f"可以同时满足，整个方案的目标都不变{proof.zh}。",
                       f"they can all hold, and no goal changes{proof.en}.")
            return
        yield Text(f"可以同时满足，整个方案随之变化：{'，'.join(c.zh for c in changes)}{proof.zh}。",
                   f"they can all hold; the whole plan changes by: {', '.join(c.en for c in changes)}{proof.en}.")


def _short(inquiry: Inquiry, found: Hardened) -> Grid:
    from matching.explain.naming import group_name

    more = Text(f"，列出前 {MOST} 项", f", the first {MOST}") if len(found.short) > MOST else Text("", "")
    headings = (Text("规则", "rule"), Text("分组", "group"), Text("现为", "value"), Text("应为", "required"),
                Text("差", "short by"))
    return Grid(Text(f"这个方案没有达到的弹性规则和统计规则（{len(found.short)} 项{more.zh}）",
                     f"Elastic and reported rules that fall short here ({len(found.short)}{more.en})"), headings,
                [(inquiry.policy.rule(line.rule).title, group_name(inquiry.instance, line.group), str(line.value),
                  str(line.required), line.shortfall) for line in found.short[:MOST]])


def of_input(path: Path, policy: str, time_limit: float | None) -> Answer:
    """Tell which rules clash in an input, if any do.

    Raises
    ------
    InputError
        Where the input or the policy cannot be used.
    """
    from matching.cli.case import load_case
    from matching.explain.conflicts.conflict import diagnose
    from matching.explain.hardened import can_hold
    from matching.explain.patience import Patience
    from matching.problem import compile

    patience = Patience.of(time_limit)
    case = load_case([path], policy)
    problem = compile(case.instance, case.policy)
    holds = can_hold(problem, None if time_limit is None else patience.left())
    if holds:
        return Answer([Text("全部硬性规则可以同时满足，没有冲突。",
                            "All hard rules can hold together, there is no conflict.")], {"clash": False})
    if holds is None:
        return Answer([Text("在时限内没有得出结果。", "No answer was found in time.")], {"clash": None},
                      exits.STOPPED_WITHOUT_PLAN)
    found = diagnose(problem, time_limit=patience.left())
    return Answer([*_clash(case.instance, case.policy, found)], {"clash": True, **found.to_dict()}, exits.CLASH)


def _clash(instance: Instance, policy: Policy, found: Diagnosis) -> Iterator[Text]:
    from matching.report.clash import clash_lines

    zh, en = clash_lines(instance, policy, found, "zh"), clash_lines(instance, policy, found, "en")
    yield from (Text(*lines) for lines in zip(zh, en, strict=True))
