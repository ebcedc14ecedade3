"""Why a teacher is where the plan has them, in words."""

from __future__ import annotations

import difflib

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.plan import Placement, Plan
from matching.domain.text import Text
from matching.explain.funnel import Step, posts_left
from matching.policy.model import Policy
from matching.policy.variants import weighed
from matching.problem import Problem, compile


def explanation(instance: Instance, policy: Policy, plan: Plan, teacher: str) -> Text:
    """Return why `teacher` has their post, or has none.

    Raises
    ------
    InputError
        Where no teacher has that id; the nearest ids are suggested.
    """
    ids = [t.teacher_id for t in instance.teachers]
    if teacher not in instance.teacher:
        near = tuple(difflib.get_close_matches(teacher, ids, n=3, cutoff=0.3))
        raise InputError([error(
            "unknown_teacher", f"没有编号为 {teacher} 的教师。", f"No teacher has the id {teacher}.", value=teacher,
            suggest=near)])
    problem = compile(instance, weighed(policy, plan.plan))
    steps = posts_left(problem, ids.index(teacher))
    placement = next((p for p in plan.placements if p.teacher == teacher), None)
    told = _unplaced(problem, plan, teacher) if placement is None else _placed(problem, placement)
    funnel = _funnel(problem, steps)
    return Text(told.zh + funnel.zh, f"{told.en} {funnel.en}")


def _placed(problem: Problem, placement: Placement) -> Text:
    need = problem.instance.need[placement.need]
    site = problem.instance.site[need.site_id]
    far = Text("，距离未知", ", distance unknown") if placement.km is None else \
        Text(f"，{placement.km:g} 公里", f", {placement.km:g} km away")
    wish = Text("", "")
    if placement.preference:
        wish = Text(f"，是本人第 {placement.preference} 意向", f", wish no. {placement.preference}")
    return Text(f"安置到{site.county}{site.name}（岗位 {need.need_id}）{far.zh}{wish.zh}。",
                f"Placed at {site.name}, {site.county} (post {need.need_id}){far.en}{wish.en}.")


def _unplaced(problem: Problem, plan: Plan, teacher: str) -> Text:
    reason = next((u.reason for u in plan.unplaced if u.teacher == teacher), None)
    if reason is None:
        return Text("未列入安置（未通过审核或暂缓）。", "Not to be placed (not approved, or deferred).")
    codes = {"no_seat_left": Text("所有可去岗位均已满员", "every post they could take is full"),
             "not_needed": Text("按目标的先后无须安置", "the goals, in their order, do not call for it")}
    why = codes.get(reason) or _rule(problem, reason)
    return Text(f"未安置：{why.zh}。", f"Not placed: {why.en}.")


def _rule(problem: Problem, rule_id: str) -> Text:
    title = problem.policy.rule(rule_id).title
    return Text(f"受规则“{title.zh}”（{rule_id}）限制", f'held back by the rule "{title.en}" ({rule_id})')


def _funnel(problem: Problem, steps: tuple[Step, ...]) -> Text:
    left, zh, en = len(problem.instance.needs), [], []
    for step in steps:
        if step.left < left:
            title = problem.policy.rule(step.rule).title
            zh.append(f"“{title.zh}”后余 {step.left} 个")
            en.append(f'{step.left} after "{title.en}"')
        left = step.left
    if not zh:
        return Text(f"全部 {left} 个岗位都可去。", f"All {left} posts were open.")
    total = len(problem.instance.needs)
    return Text(f"{total} 个岗位中，{'，'.join(zh)}。", f"Of {total} posts: {', '.join(en)}.")
