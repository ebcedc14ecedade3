"""An explanation of one teacher in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.domain.records import Teacher
from matching.domain.terms import STATUS
from matching.domain.text import Text
from matching.explain.evidence import words_of
from matching.explain.funnel import Step
from matching.explain.inquiry import Inquiry
from matching.explain.naming import rule_name
from matching.explain.people.companions import companions_told
from matching.explain.people.placed import PlacedAt
from matching.explain.people.points import PointsLine
from matching.explain.people.posts import Post, km_words, place_words, wish_words
from matching.explain.people.wishes import Wish, wish_told

_REASONS = {
    "no_seat_left": Text("所有可去的岗位都已满员", "every post open to them is full"),
    "not_needed": Text("按目标的先后，再安置不会使方案更好", "a further placement would not improve the plan"),
    "no_candidate": Text("没有可去的岗位", "no post is open to them"),
}


def person_told(inquiry: Inquiry, teacher: str, placed: Sequence[PlacedAt], why: tuple[str | None, tuple[str, ...]],
                funnel: Sequence[Step], others: Sequence[Post], wishes: Sequence[Wish]) -> Iterator[Text]:
    """Yield an explanation sentence by sentence; the parameters are as `Explanation` of `matching.explain` has them.

    `why` is its `reason` and what the teacher is `held` by.
    """
    yield who(inquiry, teacher)
    if not placed:
        yield _unplaced(inquiry, teacher, *why)
        if why[0] is None:
            return
    for one in placed:
        yield _placed(inquiry, one)
        yield from map(points_told, one.points)
    yield from companions_told(inquiry, teacher)
    yield _funnel(inquiry, funnel)
    if others:
        yield _others(inquiry, others, further=bool(placed))
    for wish in wishes:
        told = wish_told(inquiry, wish)
        yield Text(f"{told.zh}。", f"{told.en}.")


def who(inquiry: Inquiry, teacher: str) -> Text:
    """Return who a teacher is: name, school, subject and stages."""
    person = inquiry.instance.teacher[teacher]
    site = inquiry.instance.site[person.home_site]
    subject = words_of([person.subject], inquiry.instance.vocabularies["subject"])
    stages = words_of(person.stages, inquiry.instance.vocabularies["stage"])
    return Text(f"{person.name}（{teacher}），{site.name}，{stages.zh}{subject.zh}。",
                f"{person.name} ({teacher}), {site.name}, {subject.en}, {stages.en}.")


def _placed(inquiry: Inquiry, placed: PlacedAt) -> Text:
    placement, place = placed.placement, place_words(inquiry, placed.placement.need)
    far, wish = km_words(placement.km), wish_words(placement.preference)
    passed = sum(rule.met for rule in placed.rules)
    rest = [rule.title for rule in placed.rules if not rule.met]
    but = Text(f"，“{'”“'.join(t.zh for t in rest)}”未达到（不是硬性规则）",
               f', not met, but not hard: {", ".join(t.en for t in rest)}') if rest else Text("", "")
    wished = f"，是本人{wish.zh}" if wish.zh else ""
    return Text(f"安置到{place.zh}，{far.zh}{wished}；符合 {passed} 条资格规则{but.zh}。",
                f"Placed at {place.en}, {far.en} away{f', {wish.en}' if wish.en else ''}; rules on eligibility that it "
                f"meets: {passed}{but.en}.")


def points_told(lines: Sequence[PointsLine]) -> Text:
    """Return the points of a placement, term by term, as a sentence."""
    total = sum(line.points for line in lines)
    zh = "，".join(f"{line.title.zh} {line.points}" for line in lines)
    en = ", ".join(f"{line.title.en} {line.points}" for line in lines)
    return Text(f"积分 {total}（越少越好）{f'：{zh}' if zh else ''}。",
                f"Points {total} (fewer is better){f': {en}' if en else ''}.")


def _unplaced(inquiry: Inquiry, teacher: str, reason: str | None, held: tuple[str, ...]) -> Text:
    if reason is None:
        return _not_to_be_placed(inquiry.instance.teacher[teacher])
    if held:
        names = [rule_name(inquiry.policy.rule(rule)) for rule in held]
        return Text(f"未安置：可去的岗位中凡有空席的，安排过去都会违反{'、'.join(n.zh for n in names)}。",
                    f"Not placed: at every empty seat open to them they would break {', '.join(n.en for n in names)}.")
    why = _REASONS.get(reason) or _rule(inquiry, reason)
    return Text(f"未安置：{why.zh}。", f"Not placed: {why.en}.")


def _not_to_be_placed(person: Teacher) -> Text:
    status = Text(f"审核状态为“{STATUS.zh(person.status)}”", f'the status is "{person.status}"')
    why = [*([] if person.status == "approved" else [status]),
           *([Text("已暂缓", "deferred")] if person.deferred else [])]
    return Text(f"未列入安置：{'，'.join(t.zh for t in why)}。", f"Not to be placed: {', '.join(t.en for t in why)}.")


def _rule(inquiry: Inquiry, rule_id: str) -> Text:
    title = inquiry.policy.rule(rule_id).title
    return Text(f"受规则“{title.zh}”（{rule_id}）限制", f'held back by the rule "{title.en}" ({rule_id})')


def _funnel(inquiry: Inquiry, steps: Sequence[Step]) -> Text:
    total = left = len(inquiry.instance.needs)
    zh, en = [], []
    for step in steps:
        if step.left < left:
            title = inquiry.policy.rule(step.rule).title
            zh.append(f"“{title.zh}”后余 {step.left} 个")
            en.append(f'{step.left} after "{title.en}"')
        left = step.left
    if not zh:
        return Text(f"全部 {total} 个岗位都可去。", f"All {total} posts are open to them.")
    return Text(f"全部 {total} 个岗位，{'，'.join(zh)}。", f"Of {total} posts: {', '.join(en)}.")


def _others(inquiry: Inquiry, others: Sequence[Post], *, further: bool) -> Text:
    """Return how many posts are open, `further` to the teacher's own, and the best of them."""
    best, place, far = others[0], place_words(inquiry, others[0].need), km_words(others[0].km)
    points = Text(f"，积分 {best.points[0]}", f", points {best.points[0]}") if best.points else Text("", "")
    seats, n = seats_told(best.free), len(others)
    there = Text(f"{place.zh}（{far.zh}{points.zh}，{seats.zh}）", f"{place.en} ({far.en}{points.en}, {seats.en})")
    open_ = Text(f"{'另' if further else ''}有 {n} 个岗位可去",
                 f"{'Other posts' if further else 'Posts'} open to them: {n}")
    if n == 1:
        return Text(f"{open_.zh}：{there.zh}。", f"{open_.en}, {there.en}.")
    return Text(f"{open_.zh}，其中积分最少的是{there.zh}。",
                f"{open_.en}; the one with the fewest points is {there.en}.")


def seats_told(free: int) -> Text:
    """Return whether a post has seats left."""
    return Text(f"余 {free} 席", f"seats left: {free}") if free > 0 else Text("已满员", "full")
