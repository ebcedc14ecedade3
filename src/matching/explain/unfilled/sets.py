"""Posts that compete for too few teachers, in sentences with figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matching.domain.instance import Instance
from matching.domain.records import Need
from matching.domain.text import Text
from matching.explain.naming import group_name, kind_name, many, post_name
from matching.explain.unfilled.answer import Competing, WhyUnfilled
from matching.problem import Problem

FEW_POSTS, FEW_PEOPLE, FEW_CAPS, FEW_KINDS = 5, 8, 3, 4


def alone(problem: Problem, why: WhyUnfilled) -> Text:
    """Say that the post has more seats than teachers who can come, whatever others take."""
    own, caps = why.own, _caps(problem, why.own)
    return Text(f"本岗位 {own.seats} 个席位，符合资格的教师 {len(own.teachers)} 人{caps.zh}，"
                f"无论怎样安排至少空 {own.short} 个。",
                f"This post has {many(own.seats, 'seat')} and {many(len(own.teachers), 'eligible teacher')}{caps.en}, "
                f"so that at least {own.short} of the seats stay empty whatever the plan.")


def rivals(problem: Problem, why: WhyUnfilled, one: Competing) -> Text:
    """Say which posts compete, for how many teachers, and how many seats stay empty whatever the plan."""
    others, caps, people = _others(problem, why, one), _caps(problem, one), _people(problem, one)
    empty = Text(f"共 {one.seats:,} 个席位，", f"{many(one.seats, 'seat')} in all, ")
    short = Text(f"无论怎样安排至少空 {one.short:,} 个。",
                 f"so that at least {one.short:,} stay empty whatever the plan.")
    if one.full:
        return Text(f"本岗位与{others.zh}{empty.zh}接收一方已满{caps.zh}，{short.zh}",
                    f"This post and {others.en} have {empty.en}but the receiving side is full{caps.en}, {short.en}")
    return Text(f"本岗位与{others.zh}争用同一批教师：{empty.zh}符合资格的教师一共 {len(one.teachers):,} 人"
                f"{people.zh}{caps.zh}，{short.zh}",
                f"This post and {others.en} compete for the same teachers: {empty.en}"
                f"{many(len(one.teachers), 'eligible teacher')}{people.en}{caps.en}, {short.en}")


def _others(problem: Problem, why: WhyUnfilled, one: Competing) -> Text:
    needs = [problem.instance.need[p] for p in one.posts if p != why.need]
    if len(needs) <= FEW_POSTS:
        names = [post_name(problem.instance, need) for need in needs]
        return Text(f" {'、'.join(n.zh for n in names)}", ", ".join(n.en for n in names))
    kinds = kinds_words(problem.instance, needs)
    return Text(f"另外 {len(needs)} 个岗位（{kinds.zh}）", f"{len(needs)} other posts ({kinds.en})")


def kinds_words(instance: Instance, needs: Sequence[Need]) -> Text:
    """Return how many posts there are of each stage and subject, the most frequent first, the rest together."""
    kinds = Counter((need.stage, need.subject) for need in needs).most_common()
    first = [(kind_name(instance, *kind), n) for kind, n in kinds[:FEW_KINDS]]
    more = len(needs) - sum(n for _, n in first)
    zh = "、".join(f"{name.zh} {n} 个" for name, n in first) + (f"、其他 {more} 个" if more else "")
    en = ", ".join(f"{n} of {name.en}" for name, n in first) + (f", {many(more, 'other')}" if more else "")
    return Text(zh, en)


def _people(problem: Problem, one: Competing) -> Text:
    if len(one.teachers) > FEW_PEOPLE or not one.teachers:
        return Text("", "")
    names = [problem.instance.teacher[t].name for t in one.teachers]
    return Text(f"（{'、'.join(names)}）", f" ({', '.join(names)})")


def _caps(problem: Problem, one: Competing) -> Text:
    """Return the caps that let fewer come than are eligible, those that keep back the most first."""
    caps = sorted(one.caps, key=lambda cap: cap[2] - cap[3])
    if not caps:
        return Text("", "")
    told = [(problem.policy.rule(rule).title, group_name(problem.instance, group), limit, n)
            for rule, group, limit, n in caps[:FEW_CAPS]]
    zh = "；".join(f"“{title.zh}”（{group.zh}）{n:,} 人中至多 {limit:,} 人" for title, group, limit, n in told)
    en = "; ".join(f'"{title.en}" ({group.en}): at most {limit:,} of {n:,}' for title, group, limit, n in told)
    more = len(caps) - len(told)
    zh += f"；另有 {more} 处" if more else ""
    en += f"; {more} more" if more else ""
    return Text(f"（{zh}），至多能补 {one.can:,} 个", f" ({en}), at most {one.can:,} can be filled")
