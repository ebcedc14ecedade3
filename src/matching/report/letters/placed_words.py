"""Why a teacher has their post, and what else there was, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matching.report.letters.facts import Other, TeacherLetter
from matching.report.letters.phrases import Phrases


class PlacedWords:
    """Words for teachers who have a post."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases, self._say = phrases, phrases.say

    def told(self, letter: TeacherLetter) -> dict[str, Any]:
        """Return the page's texts."""
        return {"lead": self._lead(letter), "why": tuple(self._why(letter)), "settled": self._aims(letter),
                "alternative": tuple(self._alternative(letter)), "otherwise": tuple(self._otherwise(letter))}

    def _lead(self, letter: TeacherLetter) -> str:
        if len(letter.posts) > 1:
            count = len(letter.posts)
            return self._say(f"您承担 {count} 个岗位，见下表。", f"You have {count} posts, as below.")
        post = letter.posts[0]
        site, work = self._phrases.site(post), self._phrases.work(post.need)
        return self._say(f"您被安置到{site}，岗位是{work}。", f"You are placed at {site}: {work}.")

    def _why(self, letter: TeacherLetter) -> Iterator[str]:
        locked = [post.need for post in letter.posts if post.placement and post.placement.locked]
        if any(need.need_id == letter.lock for need in locked):
            yield self._say("这个岗位是安置之前就为您定下的。", "This post was set down for you before the placement.")
        elif locked:
            yield self._say("到这所学校是安置之前就为您定下的。",
                            "This school was set down for you before the placement.")
        yield from company_words(self._phrases, letter)
        yield funnel_words(self._phrases, letter)

    def _aims(self, letter: TeacherLetter) -> str:
        aims = self._phrases.aims()
        if letter.eligible <= len(letter.posts) or not aims:
            return ""
        said = self._say(f"在您可去的岗位中选哪一个，由整个方案一起决定，依次是：{aims}。",
                         f"Which of the posts left to you is yours is settled by the plan as a whole, which seeks, "
                         f"in this order, {aims}.")
        if letter.points is None:
            return said
        here = self._compared(letter)
        return said + self._say(f"积分按下表各项计算，越少越合适；您在{here}的积分是 {letter.points:,} 分。",
                                f" Points are counted as in the table, and fewer are better; at {here} you have "
                                f"{letter.points:,}.")

    def _compared(self, letter: TeacherLetter) -> str:
        if len(letter.posts) == 1 or letter.compared is None:
            return self._say("这个岗位", "this post")
        need = letter.compared.need.need_id
        return self._say(f"积分最多的岗位 {need} ", f"post {need}, where you have most,")

    def _alternative(self, letter: TeacherLetter) -> Iterator[str]:
        others = letter.eligible - len(letter.posts)
        if not others:
            yield self._say("按规则，您没有别的岗位可去。", "By the rules no other post is open to you.")
            return
        if others > 1:
            yield from self._better(letter, others)
        if letter.first is not None and (letter.open is None or self._fewer(letter, letter.first)):
            yield self._blocked(letter.first, only=others == 1)
        if letter.open is not None:
            yield self._open(letter, letter.open, only=others == 1)
        elif others > 1:
            yield self._say("其余岗位都没有空席位，或者改派您会违反规则。",
                            "Of all the others, none has a free seat that you could move to within the rules.")

    def _better(self, letter: TeacherLetter, others: int) -> Iterator[str]:
        if letter.better is None or letter.points is None:
            return
        count = letter.better.posts
        has = self._phrases.one(count, "has", "have")
        fewer = self._say(f"有 {count} 个积分更少", f"{count} {has} fewer points") + self._held(*letter.better)
        none = self._say("没有一个积分更少", "none has fewer points")
        yield self._say(f"您另外可去的 {others} 个岗位中，{fewer if count else none}。",
                        f"Of the {others:,} other posts open to you {fewer if count else none}.")

    def _held(self, count: int, full: int, ruled: int) -> str:
        """Return why the posts with fewer points are not the teacher's."""
        full_are = self._phrases.one(full, "is", "are")
        if full == count:
            return self._say(f"，但{'都' if count > 1 else ''}已经排满", f", but {full_are} full")
        if ruled == count:
            return self._say("，但安排您会违反别的规则", ", but would break another rule")
        held = [self._say(f"{full} 个已经排满", f"{full} {full_are} full") if full else "",
                self._say(f"{ruled} 个安排您会违反别的规则", f"{ruled} would break another rule") if ruled else ""]
        told = self._say("，", ", ").join(part for part in held if part)
        return self._say(f"，其中 {told}", f"; of these {told}") if told else ""

    def _fewer(self, letter: TeacherLetter, other: Other) -> bool:
        return other.points is None or letter.points is None or other.points < letter.points

    def _scored(self, other: Other) -> str:
        return "" if other.points is None else self._say(f"，积分 {other.points:,} 分", f", {other.points:,} points")

    def _blocked(self, other: Other, *, only: bool) -> str:
        if only:
            return self._only(other) + self._say(f"；{obstacle_words(self._phrases, other)}。",
                                                 f"; {obstacle_words(self._phrases, other)}.")
        least = self._say("积分最少的", "The one with fewest points") if other.points is not None else \
            self._say("最近的", "The nearest")
        where = self._phrases.where(other.post)
        held = obstacle_words(self._phrases, other)
        return self._say(f"其中{least}是{where}{self._scored(other)}；{held}。",
                         f"{least} is {where}{self._scored(other)}; {held}.")

    def _only(self, other: Other) -> str:
        where = self._phrases.where(other.post)
        return self._say(f"您另外可去的岗位只有{where}{self._scored(other)}",
                         f"The only other post open to you is {where}{self._scored(other)}")

    def _open(self, letter: TeacherLetter, other: Other, *, only: bool) -> str:
        if only:
            return self._only(other) + self._say("；那里有空席位。", "; a seat is free there. "
                                                 ) + self._effect(letter, other)
        where = self._phrases.where(other.post)
        said = self._say(f"还有空席位、您也可以改去的岗位中，最合适的是{where}{self._scored(other)}。",
                         f"Of the posts with a free seat that you could move to, the best is {where}"
                         f"{self._scored(other)}. ")
        return said + self._effect(letter, other)

    def _effect(self, letter: TeacherLetter, other: Other) -> str:
        more = (other.points or 0) - (letter.points or 0)
        said = {
            "fill": ("但您现在的岗位更需要教师，改去那里会使“让岗位有教师”这一目标变差。",
                     "But your present post needs a teacher more: if you moved, the aim of giving urgent posts a "
                     "teacher would be met less well."),
            "shortfall": ("但改去那里会使弹性要求差得更多。",
                          "But a move there would miss a flexible requirement by more."),
            "points": (f"但那里的积分比现在多 {more:,} 分。", f"But you would have {more:,} points more there."),
            "earlier": ("那里的积分虽少，但改去会使排在前面的另一项目标变差。",
                        "You would have fewer points, but an aim that comes before would be worse."),
            "equal": ("两处同样合适，方案取了其中一处。", "Both are equally good; the plan took one of them."),
        }
        return self._say(*said.get(other.effect, ("按整个方案的目标，选的是您现在的岗位。",
                                                  "By the aims of the plan as a whole, your present post was chosen.")))

    def _otherwise(self, letter: TeacherLetter) -> Iterator[str]:
        if letter.first is not None and (letter.open is None or self._fewer(letter, letter.first)):
            yield self._needed(letter.first)
        if letter.open is not None:
            yield self._wanted(letter, letter.open)
        if any(other is not None and other.joint for other in (letter.first, letter.open)):
            yield joint_words(self._phrases)
        if letter.first is None and letter.open is None:
            yield self._say("要有别的选择，须有更多岗位符合上面的规则。",
                            "For a choice, more posts would have had to meet the rules above.")

    def _needed(self, other: Other) -> str:
        name = other.post.site.name
        if other.obstacle == "full":
            return self._say(f"要去{name}（{other.post.need.need_id}），那里须先有空席位，例如增加一个席位。",
                             f"To go to {name} ({other.post.need.need_id}), a seat would have to be free there, for "
                             "instance one more.")
        rule = self._phrases.rule(other.rule or "")
        return self._say(f"要去{name}（{other.post.need.need_id}），规则{rule}须还有余地。",
                         f"To go to {name} ({other.post.need.need_id}), the rule {rule} would have to leave room.")

    def _wanted(self, letter: TeacherLetter, other: Other) -> str:
        name = f"{other.post.site.name}（{other.post.need.need_id}）" if self._phrases.lang == "zh" else \
            f"{other.post.site.name} ({other.post.need.need_id})"
        if other.effect == "fill":
            return self._say(f"要去{name}，那个岗位须至少和您现在的岗位同样急需教师。",
                             f"To go to {name}, that post would have to need a teacher at least as much as yours does.")
        if other.effect == "points" and letter.points is not None and other.points is not None:
            return self._fewer_points(name, other, other.points - letter.points)
        return self._say(f"要去{name}，改去后整个方案的各项目标须不比现在差，而且有一项更好。",
                         f"To go to {name}, the plan's aims would have to be no worse with it, and one of them better.")

    def _fewer_points(self, name: str, other: Other, more: int) -> str:
        ways = [self._say(f"再近 {other.nearer} 公里", f"{other.nearer} km nearer") if other.nearer else "",
                self._say("您把它填为第一意向", "your first wish") if other.wished else ""]
        told = self._say("，或者", ", or ").join(way for way in ways if way)
        tail = self._say(f"，例如{told}", f": for instance if it were {told}") if told else ""
        return self._say(f"要去{name}，您在那里的积分至少还要少 {more + 1:,} 分{tail}。",
                         f"To go to {name}, you would have to have at least {more + 1:,} points fewer there{tail}.")


def funnel_words(phrases: Phrases, letter: TeacherLetter) -> str:
    """Return how many posts there were, and how many the rules left."""
    total, left = letter.posts_in_all, letter.eligible
    if not letter.funnel:
        return phrases.say(f"本次共有 {total:,} 个岗位，按规则您都可以去。",
                           f"There are {total:,} posts in all, and by the rules all of them are open to you.")
    if not left:
        return phrases.say(f"本次共有 {total:,} 个岗位。按规则逐条筛选，没有一个您可以去：",
                           f"There are {total:,} posts in all. The rules, one after the other, leave you none:")
    return phrases.say(f"本次共有 {total:,} 个岗位。按规则逐条筛选，您可去的有 {left:,} 个：",
                       f"There are {total:,} posts in all. The rules, one after the other, leave you {left:,}:")


def obstacle_words(phrases: Phrases, other: Other) -> str:
    """Return what stood in the way of a post."""
    if other.obstacle == "full":
        return phrases.say("席位已全部排满", "every seat there is taken")
    rule = phrases.rule(other.rule or "")
    return phrases.say(f"有空席位，但安排您会违反规则{rule}", f"a seat is free, but it would break the rule {rule}")


def company_words(phrases: Phrases, letter: TeacherLetter) -> Iterator[str]:
    """Yield that a rule keeps the teacher together with others, without saying who they are."""
    if letter.company is not None:
        rule = phrases.rule(letter.company)
        yield phrases.say(f"您与人同行：按规则{rule}，同行的人要么同去一处，要么都不去。",
                          f"You travel with others: by the rule {rule}, all of you go to the same place, or none does.")


def joint_words(phrases: Phrases) -> str:
    """Return what else another post asks of those who travel together."""
    return phrases.say("与您同行的人也须能去同一处。",
                       "Those you travel with would have to be able to go to the same place too.")
