"""Why a teacher has no post, and what would have opened one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matching.report.letters.facts import Nearly, TeacherLetter
from matching.report.letters.phrases import Phrases
from matching.report.letters.placed_words import company_words, funnel_words, joint_words, obstacle_words


class UnplacedWords:
    """Words for teachers who took part and have no post."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases, self._say = phrases, phrases.say

    def told(self, letter: TeacherLetter) -> dict[str, Any]:
        """Return the page's texts."""
        why = (*company_words(self._phrases, letter), funnel_words(self._phrases, letter))
        return {"lead": self._lead(letter), "why": why,
                "settled": self._reason(letter), "alternative": tuple(self._alternative(letter)),
                "otherwise": tuple(self._otherwise(letter))}

    def _lead(self, letter: TeacherLetter) -> str:
        if not letter.reserve:
            return self._say("本次没有为您安排岗位。", "There is no post for you this time.")
        listed = self._phrases.joined(
            self._say(f"{name}，{work}（{need}），第 {place} 位", f"no. {place} for {work} at {name} ({need})")
            for name, work, need, place in (
                (r.post.site.name, self._phrases.work(r.post.need), r.post.need.need_id, r.place)
                for r in letter.reserve))
        return self._say(f"本次没有为您安排岗位。您在候补名单上：{listed}。有人退出时，按次序联系。",
                         f"There is no post for you this time. You are on the reserve list: {listed}. When someone "
                         "withdraws, those listed are asked in this order.")

    def _reason(self, letter: TeacherLetter) -> str:
        if letter.reason == "no_seat_left":
            return self._say(f"您可去的 {letter.eligible:,} 个岗位，席位都已排满。",
                             f"Every seat of the {self._phrases.posts(letter.eligible)} open to you is taken.")
        if letter.reason == "not_needed":
            return self._say("您可去的岗位中还有空席位，但按方案目标的先后次序，再安排一人不会使方案更好。",
                             "A seat is free among the posts open to you, but by the order of the plan's aims one more "
                             "placement would not make the plan better.")
        if not letter.eligible:
            rule = self._phrases.rule(letter.reason or "")
            return self._say(f"筛选到规则{rule}时，已没有岗位可供您选择。",
                             f"After the rule {rule} no post is left to you.")
        held = _held(letter)
        rules, named = self._phrases.one(len(held), "rule", "rules"), self._phrases.rules(held)
        return self._say(f"您可去的岗位中还有空席位，但安排您会违反规则{named}。",
                         f"A seat is free among the posts open to you, but placing you would break the {rules} "
                         f"{named}.")

    def _alternative(self, letter: TeacherLetter) -> Iterator[str]:
        other = letter.open or letter.first
        if other is None:
            return
        points = "" if other.points is None else self._say(f"，积分 {other.points:,} 分（越少越合适）",
                                                           f", {other.points:,} points (fewer are better)")
        held = self._say("有空席位", "a seat is free") if other.obstacle == "none" else \
            obstacle_words(self._phrases, other)
        where = self._phrases.where(other.post)
        yield self._say(f"对您最合适的岗位是{where}{points}；{held}。",
                        f"The best post for you would be {where}{points}; {held}.")

    def _otherwise(self, letter: TeacherLetter) -> Iterator[str]:
        yield from self._changed(letter)
        if letter.company is not None:
            yield joint_words(self._phrases)

    def _changed(self, letter: TeacherLetter) -> Iterator[str]:
        if not letter.eligible:
            yield from self._opened(letter)
        elif letter.reason == "no_seat_left":
            yield self._say("须在您可去的岗位中增加一个席位，或者空出一个席位。",
                            "One more seat, or one given up, at a post open to you would have been needed.")
        elif letter.reason == "not_needed":
            yield self._say("须使安排您的岗位对方案的目标有好处，例如提高那个岗位的优先级。",
                            "Your placement would have had to serve the plan's aims, for instance by a higher priority "
                            "of the post.")
        else:
            room = self._phrases.upper(self._phrases.leave_room(_held(letter)))
            seat = "" if letter.anywhere else self._say("，或者别的岗位空出席位", ", or a seat be free at another post")
            yield self._say(f"{room}{seat}。", f"{room}{seat}.")

    def _opened(self, letter: TeacherLetter) -> Iterator[str]:
        if not letter.nearly:
            yield self._say("没有哪个岗位只差一条规则；须同时改变几个条件。",
                            "No post is out of reach by one rule alone: several things would have had to be otherwise.")
            return
        yield self._say("以下只要有一条不同，就会有岗位可供您选择：",
                        "Any one of these would have opened posts to you, had it been otherwise:")
        for near in letter.nearly:
            yield self._one(near)

    def _one(self, near: Nearly) -> str:
        rule, far = self._phrases.rule(near.rule), near.km
        km = "" if far is None else self._say(f"，最近的 {far:,.1f} 公里", f", the nearest {far:,.1f} km away")
        return self._say(f"有 {near.number:,} 个岗位，只因规则{rule}这一条您不能去{km}。",
                         f"For {self._phrases.posts(near.number)} only the rule {rule} stands in the way{km}.")


def _held(letter: TeacherLetter) -> tuple[str, ...]:
    """Return the rules that hold the teacher back: those that every free seat breaks, else the one the plan names."""
    return letter.held or (letter.reason or "",)
