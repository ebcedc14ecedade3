"""Reason codes (Contract 3) as sentences, and what could be done."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.text import Text
from matching.policy.model import Policy, Require, Rule

NO_SEAT_LEFT, NO_CANDIDATE = "no_seat_left", "no_candidate"
ALL_PLACED_ELSEWHERE, NOT_NEEDED = "all_placed_elsewhere", "not_needed"

_UNPLACED: Mapping[str, Text] = {
    NO_SEAT_LEFT: Text("符合条件的岗位都已满员", "Every post open to this teacher is full"),
    NO_CANDIDATE: Text("没有符合条件的岗位", "No post is open to this teacher"),
    NOT_NEEDED: Text("再安置不会使方案更好", "A further placement would not improve the plan"),
}
_UNFILLED: Mapping[str, Text] = {
    NO_CANDIDATE: Text("没有可供选择的教师（第一条规则就无人符合）",
                       "There are no candidates: nobody meets even the first rule"),
    ALL_PLACED_ELSEWHERE: Text("符合条件的教师都已安置在其他岗位", "Every eligible teacher is placed elsewhere"),
    NOT_NEEDED: Text("补上这个空缺不会使方案更好", "Filling it would not improve the plan"),
}
_SUGGESTIONS: Mapping[str, Text] = {
    NO_CANDIDATE: Text("核对教师的审核状态，动员教师报名", "Check the teachers' status; call for volunteers"),
    ALL_PLACED_ELSEWHERE: Text("动员更多教师报名，或提高该岗位的优先级",
                               "Call for more volunteers, or raise the post's priority"),
    NOT_NEEDED: Text("检查目标的先后和权重", "Check the order and the weights of the goals"),
}


def why_unplaced(policy: Policy, code: str) -> Text:
    """Return why a teacher has no post; a code that is neither a word nor a rule stands for itself."""
    return _UNPLACED.get(code) or _by_rule(policy, code, Text("已没有岗位", "No post"))


def why_unfilled(policy: Policy, code: str) -> Text:
    """Return why seats of a post are empty; a code that is neither a word nor a rule stands for itself."""
    return _UNFILLED.get(code) or _by_rule(policy, code, Text("已无人符合", "Nobody"))


def suggestion(policy: Policy, code: str) -> Text:
    """Return what could be done about empty seats."""
    if code in _SUGGESTIONS:
        return _SUGGESTIONS[code]
    rule = _rule(policy, code)
    if rule is None:
        return Text("", "")
    if isinstance(rule, Require):
        return Text(f"动员更多符合条件的教师报名，或核实、放宽规则 {code}",
                    f"Call for more teachers who qualify, or check and relax the rule {code}")
    return Text(f"核实或放宽规则 {code} 后重新求解", f"Check or relax the rule {code} and solve again")


def _by_rule(policy: Policy, code: str, none: Text) -> Text:
    rule = _rule(policy, code)
    if rule is None:
        return Text(code, code)
    named = Text(f"“{rule.title.zh}”（规则 {code}）", f'"{rule.title.en}" (rule {code})')
    if isinstance(rule, Require):
        return Text(f"筛选到{named.zh}时{none.zh}", f"{none.en} is left after {named.en}")
    return Text(f"再安置会违反{named.zh}", f"One more placement would break {named.en}")


def _rule(policy: Policy, code: str) -> Rule | None:
    return next((rule for rule in policy.rules if rule.id == code), None)
