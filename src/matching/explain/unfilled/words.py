"""Why a post has empty seats, in sentences with figures."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.text import Text
from matching.explain.funnel import last_refusal
from matching.explain.naming import kind_name, many, post_name, rule_name, teacher_name
from matching.explain.relaxing import stands
from matching.explain.told import paragraph
from matching.explain.unfilled.answer import WhyUnfilled
from matching.explain.unfilled.candidates import Candidate
from matching.explain.unfilled.sets import alone, rivals
from matching.explain.unfilled.ways_words import asks, moved, who_comes
from matching.problem import Problem

FEW_RULES = 3


def cause(problem: Problem, why: WhyUnfilled) -> Text:
    """Return why seats are empty, in a sentence or two."""
    if not why.gap:
        return Text("已补满。", "It is full.")
    if not why.eligible:
        return _nobody(problem, why)
    sentences = [alone(problem, why)] if why.own.short else []
    sentences += [rivals(problem, why, one) for one in why.rivals if len(one.posts) > 1]
    return paragraph(sentences) if sentences else _across(problem, why)


def advice(problem: Problem, why: WhyUnfilled) -> Text:
    """Return what would fill a seat more, with the bounds as they would have to be."""
    if not why.gap:
        return Text("", "")
    ways = [_way(problem, why, k) for k in range(min(2, len(why.ways)))]
    return paragraph([*ways, *([_recruit(problem, why)] if why.lacks_teachers or not ways else [])])


def told(problem: Problem, why: WhyUnfilled) -> Iterator[Text]:
    """Yield the whole answer, line by line."""
    name = post_name(problem.instance, problem.instance.need[why.need])
    yield Text(f"岗位 {name.zh}：{why.seats} 个席位，已补 {why.filled} 个，空 {why.gap} 个。",
               f"Post {name.en}: {many(why.seats, 'seat')}, {why.filled} filled, {why.gap} empty.")
    if why.here:
        here = [teacher_name(problem.instance, t) for t in why.here]
        yield Text(f"已安置：{'、'.join(t.zh for t in here)}。", f"Placed there: {', '.join(t.en for t in here)}.")
    yield _funnel(problem, why)
    if why.gap:
        yield Text(f"原因：{why.cause.zh}", f"Why: {why.cause.en}")
        yield from _candidates(problem, why)
        if why.advice.zh:
            yield Text(f"建议：{why.advice.zh}", f"What would help: {why.advice.en}")


def _nobody(problem: Problem, why: WhyUnfilled) -> Text:
    at = last_refusal(why.funnel)
    if at is None:
        return Text("没有教师。", "There are no teachers.")
    before = why.funnel[at - 1].left if at else len(problem.instance.teachers)
    name = rule_name(problem.policy.rule(why.funnel[at].rule))
    return Text(f"没有教师符合全部资格条件：筛到{name.zh}时，余下的 {before} 人都不符合。",
                f"No teacher meets every rule on eligibility: none of the {before} left meets {name.en}.")


def _across(problem: Problem, why: WhyUnfilled) -> Text:
    """Say which rules across posts stand in the way where no set of posts does."""
    best = next((way for way in why.ways if not way.refusals), None)
    if best is not None and not best.rules:
        return Text("补上它不违反任何硬性规则，是目标的先后和权重没有要求补上。",
                    "Filling it breaks no hard rule: the goals, in their order and weights, do not call for it.")
    start = Text("没有哪一组岗位能证明它必定空着：单看资格、席位和能一并计算的人数上限，还可以补上一个；"
                 "挡住它的是其他规则。",
                 "No set of posts proves that it must stay empty: by eligibility, seats and those caps that can be "
                 "counted together one more could be filled; other rules stand against it.")
    if best is None or not why.tried:
        return start
    often = sorted(why.met.items(), key=lambda item: -item[1])[:FEW_RULES]
    names = [(rule_name(problem.policy.rule(rule)), n) for rule, n in often]
    tried = Text(f"试过的 {why.tried} 种补法中，" + "，".join(f"{n} 种违反{name.zh}" for name, n in names) + "。",
                 f"Of the {why.tried} ways tried, " + ", ".join(f"{n} break {name.en}" for name, n in names) + ".")
    figures = [stands(problem, b) for b in best.breaks[:FEW_RULES]]
    told = Text("；".join(f.zh for f in figures), "; ".join(f.en for f in figures))
    return paragraph([start, tried, Text(f"最近的一种：{told.zh}。", f"The nearest: {told.en}.")])


def _funnel(problem: Problem, why: WhyUnfilled) -> Text:
    left, zh, en = len(problem.instance.teachers), [], []
    for step in why.funnel:
        if step.left < left:
            title = problem.policy.rule(step.rule).title
            zh.append(f"“{title.zh}”后余 {step.left:,} 人")
            en.append(f'{step.left:,} after "{title.en}"')
        left = step.left
    total = len(problem.instance.teachers)
    if not zh:
        return Text(f"{total:,} 名教师都符合资格。", f"All {total:,} teachers are eligible.")
    return Text(f"{total:,} 名教师逐条筛选：{'，'.join(zh)}。", f"Of {total:,} teachers: {', '.join(en)}.")


def _candidates(problem: Problem, why: WhyUnfilled) -> Iterator[Text]:
    if why.candidates:
        yield Text("最近的人选：", "The nearest candidates:")
    for one in why.candidates:
        name, way = teacher_name(problem.instance, one.teacher), in_the_way(problem, one)
        far = Text("距离未知", "distance unknown") if one.km is None else Text(f"{one.km:g} 公里", f"{one.km:g} km")
        yield Text(f"- {name.zh}，{far.zh}：{way.zh}", f"- {name.en}, {far.en}: {way.en}")


def in_the_way(problem: Problem, one: Candidate) -> Text:
    """Return all that stands between a candidate and the post."""
    parts = [Text(r.words("zh"), r.words("en")) for r in one.refusals]
    posts = [post_name(problem.instance, problem.instance.need[p]) for p in one.posts]
    if posts:
        zh, en = "、".join(p.zh for p in posts), ", ".join(p.en for p in posts)
        parts.append(Text(f"已安置在岗位 {zh}", f"placed at {en}"))
    parts += [stands(problem, b) for b in one.breaks]
    if not parts:
        return Text("没有障碍", "nothing stands in the way")
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _way(problem: Problem, why: WhyUnfilled, k: int) -> Text:
    way = why.ways[k]
    comes, moves, asked = who_comes(problem, way), moved(problem, way), asks(problem, way)
    start = Text("也可以" if k else "", "Or: " if k else "")
    if not way.rules:
        return Text(f"{start.zh}由{comes.zh}补上{moves.zh}，不违反任何硬性规则。",
                    f"{start.en}{comes.en} could come{moves.en}; no hard rule is broken.")
    return Text(f"{start.zh}把{asked.zh}，即可由{comes.zh}补上一个席位{moves.zh}。",
                f"{start.en}{asked.en}, and {comes.en} can fill a seat{moves.en}.")


def _recruit(problem: Problem, why: WhyUnfilled) -> Text:
    need = problem.instance.need[why.need]
    kind = kind_name(problem.instance, need.stage, need.subject)
    start = Text("或者", "Or ") if why.ways else Text("", "")
    full = any(one.full for one in why.rivals)
    door = Text("放宽接收一方的上限，并", "raise the receiving side's cap and ") if full else Text("", "")
    return Text(f"{start.zh}{door.zh}动员 {why.gap} 名符合资格的{kind.zh}教师报名（其他规则仍须满足）。",
                f"{start.en}{door.en}call for {many(why.gap, 'more eligible teacher')} of {kind.en} (other rules must "
                f"still hold).")
