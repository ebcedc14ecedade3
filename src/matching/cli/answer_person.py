"""Answers about one teacher, laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matching.cli import exits
from matching.cli.answers import Answer, Grid
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.explain.inquiry import Inquiry
    from matching.explain.moves import Move
    from matching.explain.people.pair_rules import PairRule
    from matching.explain.people.person import Explanation
    from matching.explain.people.posts import Post
    from matching.explain.people.why_not import WhyNot
    from matching.explain.people.why_not_wish import WhyNotWish

MOST, MOST_MOVES = 10, 40
"""How many other posts, and how many moves, are listed."""
NONE = Text("—", "-")


def teacher_answer(inquiry: Inquiry, found: Explanation, costs: Sequence[WhyNot], run: str) -> Answer:
    """Lay out why a teacher is where the plan has them; `costs` are what other posts would cost the plan."""
    rules = (_rules(placed.rules) for placed in found.placed)
    posts = _posts(inquiry, found.others, further=bool(found.placed))
    parts: list[Text | Grid] = [*found.sentences, *rules, posts, *_costs(inquiry, costs)]
    if not costs:
        parts += _asks(found, f"matching explain {run} --teacher {found.teacher}")
    return Answer(parts, found.to_dict() | {"costs": [one.to_dict() for one in costs]} if costs else found.to_dict())


def _asks(found: Explanation, call: str) -> Iterator[Text]:
    """Yield what to ask next: what another post would cost, and what the first wish that could be met."""
    if found.others:
        yield Text(f"要知道改到某个岗位会使整个方案付出什么代价：{call} --need {found.others[0].need}",
                   f"What another post would cost the whole plan: {call} --need {found.others[0].need}")
    wish = next((wish.rank for wish in found.wishes if wish.open and not wish.met), None)
    if wish is not None:
        yield Text(f"要知道满足第 {wish} 意向的代价：{call} --wish {wish}",
                   f"What meeting wish no. {wish} would cost: {call} --wish {wish}")


def wish_answer(inquiry: Inquiry, found: WhyNotWish) -> Answer:
    """Lay out why a wish is not met, or what it would cost."""
    unknown = found.verdict == "possible" and found.best is None
    grids = _costs(inquiry, found.answers) if len(found.answers) > 1 else ()
    return Answer([found.text, *grids], found.to_dict(), exits.STOPPED_WITHOUT_PLAN if unknown else exits.DONE)


def why_not_answer(inquiry: Inquiry, found: WhyNot) -> Answer:
    """Lay out why a teacher is not at a post, or what it would cost."""
    unknown = found.verdict == "possible" and not found.cost
    return Answer([found.text, _rules(found.pair), *_cost(inquiry, found), _moves(inquiry, found.moves)],
                  found.to_dict(), exits.STOPPED_WITHOUT_PLAN if unknown else exits.DONE)


def _rules(rules: Sequence[PairRule]) -> Grid:
    title = Text("资格规则（这位教师与这个岗位）", "Rules on eligibility, for this teacher and this post")
    headings = (Text("规则", "rule"), Text("实际", "actual"), Text("要求", "required"), Text("结果", "result"))
    ordered = sorted(rules, key=lambda rule: not rule.refuses)
    return Grid(title, headings, [(rule.title, rule.actual, rule.required, _met(rule)) for rule in ordered])


def _met(rule: PairRule) -> Text:
    if rule.met:
        return Text("符合", "met")
    return Text("不符合", "NOT met") if rule.refuses else Text("未达到（不作硬性要求）", "not met (not hard)")


def _posts(inquiry: Inquiry, posts: Sequence[Post], *, further: bool) -> Grid:
    shown = Text(f"，前 {MOST} 个", f", the first {MOST}") if len(posts) > MOST else Text("", "")
    named = Text("其他可去的岗位", "Other posts open to the teacher") if further else \
        Text("可去的岗位", "Posts open to the teacher")
    title = Text(f"{named.zh}（{len(posts)} 个，积分少的在前{shown.zh}）",
                 f"{named.en} ({len(posts)}, fewest points first{shown.en})")
    headings = (Text("岗位", "post"), Text("县", "county"), Text("学校", "school"), Text("公里", "km"),
                Text("意向", "wish"), Text("积分", "points"), Text("空席", "seats left"))
    return Grid(title, headings, [_post(inquiry, post) for post in posts[:MOST]])


def _post(inquiry: Inquiry, post: Post) -> tuple[Text | str | int, ...]:
    site = inquiry.instance.site[inquiry.instance.need[post.need].site_id]
    return (post.need, site.county, site.name, NONE if post.km is None else f"{post.km:g}",
            str(post.preference) if post.preference else NONE, post.points[0] if post.points else NONE, post.free)


def _cost(inquiry: Inquiry, found: WhyNot) -> Iterator[Grid]:
    from matching.explain.goal_names import goal_levels, goal_titles
    from matching.policy.goal_words import value_words

    if found.verdict != "possible" or not found.cost:
        return
    names = [change.goal for change in found.cost]
    rows = [(title, value_words(name, level, line.value), value_words(name, level, line.value + change.value),
             _signed(value_words(name, level, change.value), change.value))
            for name, title, level, line, change in zip(
                names, goal_titles(names, inquiry.policy), goal_levels(names, inquiry.policy), inquiry.plan.goals,
                found.cost, strict=True)]
    yield Grid(Text("整个方案的目标", "The goals of the whole plan"),
               (Text("目标", "goal"), Text("现方案", "the plan"), Text("这样安排后", "with this"),
                Text("变化", "change")), rows)


def _costs(inquiry: Inquiry, answers: Sequence[WhyNot]) -> Iterator[Grid]:
    """Yield what each of several posts would change in the goals of the whole plan."""
    from matching.explain.goal_names import goal_levels, goal_titles
    from matching.policy.goal_words import value_words

    if not answers:
        return
    names = [line.goal for line in inquiry.plan.goals]
    levels = [*goal_levels(names, inquiry.policy)]
    rows: list[Sequence[Text | str | int]] = []
    for one in answers:
        site = inquiry.instance.site[inquiry.instance.need[one.need].site_id]
        changes = [_signed(value_words(change.goal, level, change.value), change.value)
                   for change, level in zip(one.cost, levels, strict=False)]
        rows.append((one.need, site.name, _verdict(inquiry, one), *changes, *[NONE] * (len(names) - len(changes))))
    yield Grid(Text("改到这些岗位，整个方案的目标怎样变化",
                    "What these posts would change in the goals of the whole plan"),
               (Text("岗位", "post"), Text("学校", "school"), Text("能否", "verdict"),
                *goal_titles(names, inquiry.policy)), rows)


def _verdict(inquiry: Inquiry, one: WhyNot) -> Text:
    if one.verdict == "refused":
        titles = [inquiry.policy.rule(rule).title for rule in one.rules]
        return Text(f"不能去：{'、'.join(t.zh for t in titles)}", f"refused: {', '.join(t.en for t in titles)}")
    if not one.cost:
        return Text("不明（时限内无结果）", "not known in time")
    return Text("可以", "possible") if one.exact else Text("可以（不是准确代价）", "possible (not exact)")


def _signed(words: str, value: int) -> str:
    return f"+{words}" if value > 0 else words


def _moves(inquiry: Inquiry, moves: Sequence[Move]) -> Grid:
    teachers, first = inquiry.instance.teacher, sorted(moves, key=lambda move: bool(move.after))
    more = Text(f"，列出前 {MOST_MOVES} 位", f", the first {MOST_MOVES}") if len(moves) > MOST_MOVES else Text("", "")
    return Grid(Text(f"求得的方案里岗位不同的其他教师（{len(moves)} 位{more.zh}）",
                     f"Others who have another post in the plan found ({len(moves)}{more.en})"),
                (Text("教师", "teacher"), Text("姓名", "name"), Text("原岗位", "post now"), Text("改为", "then")),
                [(m.teacher, teachers[m.teacher].name, _ids(m.before), _ids(m.after)) for m in first[:MOST_MOVES]])


def _ids(needs: Sequence[str]) -> Text:
    return Text("、".join(needs) or "不安置", ", ".join(needs) or "no post")
