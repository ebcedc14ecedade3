"""Why a post has empty seats, as briefly as a cell of a table holds it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from matching.domain.text import Text
from matching.explain.breaks import Break
from matching.explain.funnel import last_refusal
from matching.explain.naming import group_name, kind_name, many
from matching.explain.refused import Refusal
from matching.explain.relaxing import bound, figure, plainly, unit_of
from matching.explain.unfilled.answer import Competing, WhyUnfilled
from matching.explain.unfilled.candidates import Candidate
from matching.explain.unfilled.ways import Way
from matching.policy.model import Quota
from matching.problem import Problem
from matching.problem.groups import PLAN

FEW_POSTS, FEW_PEOPLE, CANDIDATES, RULES = 5, 8, 3, 3


class Brief(NamedTuple):
    """The cause, the nearest candidates one a line, and what would help."""

    cause: Text
    nearest: Text
    advice: Text


def brief(problem: Problem, why: WhyUnfilled) -> Brief:
    """Return the answer in short."""
    nearest = [_candidate(problem, one) for one in why.candidates[:CANDIDATES]]
    return Brief(_cause(problem, why), _lines(nearest), _advice(problem, why))


def _lines(texts: list[Text]) -> Text:
    return Text("\n".join(t.zh for t in texts), "\n".join(t.en for t in texts))


def _cause(problem: Problem, why: WhyUnfilled) -> Text:
    if not why.eligible:
        at = last_refusal(why.funnel) or 0
        title = problem.policy.rule(why.funnel[at].rule).title if why.funnel else Text("", "")
        return Text(f"无人符合资格：筛到“{title.zh}”已无人", f'Nobody is eligible: none is left after "{title.en}"')
    found = [_alone(problem, why)] if why.own.short else []
    found += [_set(problem, why, one) for one in why.rivals if len(one.posts) > 1]
    return _lines(found) if found else _across(problem, why)


def _alone(problem: Problem, why: WhyUnfilled) -> Text:
    own, caps = why.own, _caps(problem, why.own)
    return Text(f"{own.seats} 个席位，符合资格 {len(own.teachers)} 人{caps.zh}，至少空 {own.short} 个",
                f"{many(own.seats, 'seat')}, {many(len(own.teachers), 'eligible teacher')}{caps.en}: at least "
                f"{own.short} stay empty")


def _set(problem: Problem, why: WhyUnfilled, one: Competing) -> Text:
    others = [p for p in one.posts if p != why.need]
    few = len(others) <= FEW_POSTS
    zh = f" {'、'.join(others)} " if few else f"另外 {len(others)} 个岗位"
    en = ", ".join(others) if few else f"{len(others)} other posts"
    caps, people = _caps(problem, one), _people(problem, one)
    if one.full:
        return Text(f"接收一方已满{caps.zh}：与{zh}共 {one.seats:,} 个席位，至少空 {one.short} 个",
                    f"The receiving side is full{caps.en}: {one.seats:,} seats with {en}, at least {one.short} stay "
                    f"empty")
    return Text(f"与{zh}争用教师：共 {one.seats:,} 个席位，符合资格 {len(one.teachers):,} 人{people.zh}{caps.zh}，"
                f"至少空 {one.short} 个",
                f"Competes with {en}: {one.seats:,} seats, {many(len(one.teachers), 'eligible teacher')}{people.en}"
                f"{caps.en}, at least {one.short} stay empty")


def _people(problem: Problem, one: Competing) -> Text:
    if len(one.teachers) > FEW_PEOPLE:
        return Text("", "")
    names = [problem.instance.teacher[t].name for t in one.teachers]
    return Text(f"（{'、'.join(names)}）", f" ({', '.join(names)})")


def _caps(problem: Problem, one: Competing) -> Text:
    """Return the rules whose caps keep some of the teachers back, without their groups."""
    if not one.caps:
        return Text("", "")
    titles = [problem.policy.rule(rule).title for rule in dict.fromkeys(cap[0] for cap in one.caps)]
    return Text(f"（{'、'.join(f'“{t.zh}”' for t in titles)}使至多 {one.can:,} 人能去）",
                " ({} let no more than {:,} come)".format(", ".join(f'"{t.en}"' for t in titles), one.can))


def _across(problem: Problem, why: WhyUnfilled) -> Text:
    best = next((way for way in why.ways if not way.refusals), None)
    if best is None:
        return Text("涉及多个岗位的规则", "Rules across posts")
    if not best.rules:
        return Text("不违反硬性规则，目标未要求补上", "Breaks no hard rule; the goals do not call for it")
    told = [_bound(problem, b) for b in best.breaks[:RULES]]
    return Text(f"涉及多个岗位的规则：{'；'.join(t.zh for t in told)}",
                f"Rules across posts: {'; '.join(t.en for t in told)}")


def _bound(problem: Problem, found: Break) -> Text:
    name = _named(problem, found)
    if found.bound == "together":
        return name
    word = Text("至少", "at least") if found.bound == "at_least" else Text("至多", "at most")
    then, limit = figure(found.after), bound(found.limit)
    return Text(f"{name.zh}{word.zh} {limit}，补上即为 {then}", f"{name.en}: {word.en} {limit}, then {then}")


def _candidate(problem: Problem, one: Candidate) -> Text:
    teacher = problem.instance.teacher[one.teacher]
    school = problem.instance.site[teacher.home_site].name
    far = Text("距离未知", "distance unknown") if one.km is None else Text(f"{one.km:g} 公里", f"{one.km:g} km")
    way = [*([Text(f"已在 {'、'.join(one.posts)}", f"at {', '.join(one.posts)}")] if one.posts else []),
           *(_refused(r) for r in one.refusals), *dict.fromkeys(_full(problem, b) for b in one.breaks)]
    told = Text("、".join(w.zh for w in way) or "没有障碍", ", ".join(w.en for w in way) or "nothing in the way")
    return Text(f"{teacher.name}（{school}，{far.zh}）：{told.zh}", f"{teacher.name} ({school}, {far.en}): {told.en}")


def _refused(refusal: Refusal) -> Text:
    """Return the rule, with the figure and its limit where these are numbers."""
    title, numbers = refusal.title, [m for m in refusal.misses if m.over is not None and m.field != "score"]
    if not numbers:
        return title
    value, limit = plainly(numbers[0].value), plainly(numbers[0].limit)
    return Text(f"{title.zh}（{value}，限 {limit}）", f"{title.en} ({value}, the limit is {limit})")


def _full(problem: Problem, found: Break) -> Text:
    """Return the rule, with what counts now and the limit, or by how much the limit would be passed."""
    rule = problem.policy.rule(found.rule)
    if found.bound == "together" or isinstance(found.limit, str):
        return rule.title
    if isinstance(rule, Quota) and rule.measure != "seats":
        over, unit = abs(Fraction(found.after) - Fraction(found.limit)), unit_of(rule)
        off = plainly(float(over))
        return Text(f"{rule.title.zh}（差 {off}{unit.zh}）", f"{rule.title.en} ({off}{unit.en} off)")
    return Text(f"{rule.title.zh} {found.before}/{found.limit}", f"{rule.title.en} {found.before}/{found.limit}")


def _advice(problem: Problem, why: WhyUnfilled) -> Text:
    ways = [_way(problem, way) for way in why.ways[:1]]
    return _lines([*ways, *([_recruit(problem, why)] if why.lacks_teachers or not ways else [])])


def _recruit(problem: Problem, why: WhyUnfilled) -> Text:
    need = problem.instance.need[why.need]
    kind, full = kind_name(problem.instance, need.stage, need.subject), any(one.full for one in why.rivals)
    start = Text("或", "or ") if why.ways else Text("", "")
    door = Text("放宽接收一方的上限并", "raise the receiving side's cap and ") if full else Text("", "")
    return Text(f"{start.zh}{door.zh}动员 {why.gap} 名{kind.zh}教师报名",
                f"{start.en}{door.en}call for {many(why.gap, 'more teacher')} of {kind.en}")


def _way(problem: Problem, way: Way) -> Text:
    name = problem.instance.teacher[way.moves[0].teacher].name
    if not way.rules:
        return Text(f"可由{name}补上", f"{name} could come")
    parts = [*([_exempt(way)] if way.refusals else []), *(_relaxed(problem, b) for b in way.breaks)]
    return Text(f"放宽{'、'.join(p.zh for p in parts)}，可由{name}补一个",
                f"relax {', '.join(p.en for p in parts)}: {name} could come")


def _exempt(way: Way) -> Text:
    refusal = way.refusals[0]
    numbers = [m for m in refusal.misses if m.over is not None]
    if not numbers:
        return Text(f"“{refusal.title.zh}”（作例外）", f'"{refusal.title.en}" (as an exception)')
    limit, value = plainly(numbers[0].limit), plainly(numbers[0].value)
    return Text(f"“{refusal.title.zh}”{limit}→{value}", f'"{refusal.title.en}" {limit} → {value}')


def _relaxed(problem: Problem, found: Break) -> Text:
    name = _named(problem, found)
    if found.bound == "together":
        return Text(f"{name.zh}（作例外）", f"{name.en} (as an exception)")
    limit, then, unit = bound(found.limit), figure(found.after), unit_of(problem.policy.rule(found.rule))
    return Text(f"{name.zh}{limit}→{then}{unit.zh}", f"{name.en} {limit} → {then}{unit.en}")


def _named(problem: Problem, found: Break) -> Text:
    title, group = problem.policy.rule(found.rule).title, group_name(problem.instance, found.group)
    if found.group == PLAN:
        return Text(f"“{title.zh}”", f'"{title.en}"')
    return Text(f"“{title.zh}”（{group.zh}）", f'"{title.en}" ({group.en})')
