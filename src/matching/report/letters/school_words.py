"""A school's letter in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.text import Text
from matching.report.letters.facts import Coming, SchoolLetter, SchoolPost
from matching.report.letters.pages import ComingLine, SchoolPage, SchoolPostLine
from matching.report.letters.phrases import Phrases
from matching.report.words import level_word, title_word

LABELS = {
    "posts": Text("贵校的岗位", "Your posts"), "coming": Text("到贵校的教师", "Teachers who come to you"),
    "why": Text("为什么还有空缺", "Why seats are empty"), "otherwise": Text("怎样才能补上", "What would fill them"),
    "sends": Text("贵校派出的教师", "Teachers whom you send"),
    "subject": Text("学科", "Subject"), "stage": Text("学段", "Stage"), "type": Text("类别", "Kind"),
    "service": Text("形式、期限", "Mode, term"), "seats": Text("需求", "Seats"), "filled": Text("已安排", "Filled"),
    "empty": Text("空缺", "Empty"), "number": Text("序号", "No."), "name": Text("姓名", "Name"),
    "home": Text("派出学校", "From"), "title": Text("职称", "Title"), "backbone": Text("骨干级别", "Backbone"),
    "mode": Text("形式", "Mode"), "term": Text("期限", "Period"),
}
_NO_RULE = (None, "not_needed", "all_placed_elsewhere", "no_candidate")
"""Reasons that name no rule."""


class SchoolWords:
    """Puts letters to schools into words."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases, self._say = phrases, phrases.say
        self._labels = {name: text.get(phrases.lang) for name, text in LABELS.items()}

    def page(self, letter: SchoolLetter) -> SchoolPage:
        """Return what stands on the page of a letter."""
        site, empty = letter.site, [post for post in letter.posts if post.empty]
        return SchoolPage(
            file=f"{site.site_id} {site.name}", title=self._say("学校安置说明", "About the placements"),
            programme=self._phrases.programme(), greeting=self._say(f"{site.name}：", f"To {site.name},"),
            lead=self._lead(letter), foot=self._phrases.foot(), labels=self._labels, school=site.name,
            county=site.county, posts=tuple(map(self._post, letter.posts)),
            coming=tuple(self._coming(k, who) for k, who in enumerate(letter.coming, 1)),
            why=tuple(map(self._why, empty)), otherwise=tuple(text for post in empty for text in self._fill(post)),
            sends=self._sends(letter))

    def _lead(self, letter: SchoolLetter) -> str:
        if not letter.posts:
            return self._say("贵校本次没有受援岗位。", "You have no posts to fill this time.")
        seats, empty = sum(p.filled + p.empty for p in letter.posts), sum(p.empty for p in letter.posts)
        posts, filled = len(letter.posts), seats - empty
        if not empty:
            return self._say(f"贵校有 {posts} 个岗位，共需 {seats} 人，已全部安排。",
                             f"You have {posts} {self._phrases.one(posts, 'post', 'posts')} with {seats} "
                             f"{self._phrases.one(seats, 'seat', 'seats')}: every seat is filled.")
        return self._say(f"贵校有 {posts} 个岗位，共需 {seats} 人，已安排 {filled} 人，空缺 {empty} 人。",
                         f"You have {posts} {self._phrases.one(posts, 'post', 'posts')} with {seats} "
                         f"{self._phrases.one(seats, 'seat', 'seats')}: {filled} filled, {empty} empty.")

    def _sends(self, letter: SchoolLetter) -> str:
        if not letter.applied:
            return ""
        out, has = letter.out, self._phrases.one(letter.out, "has", "have")
        placed = self._say(f"{out} 名", f"{out} of whom {has}")
        if out == letter.applied and out > 1:
            placed = self._say("都", "all of whom have")
        return self._say(f"贵校有 {letter.applied} 名教师参加本次安置，{placed}已安排岗位；每位教师另有一封说明。",
                         f"{letter.applied} of your teachers took part, {placed} a post; each has a letter of "
                         "their own.")

    def _post(self, post: SchoolPost) -> SchoolPostLine:
        need = post.post.need
        return SchoolPostLine(self._phrases.subject(need), self._phrases.stage(need), self._phrases.type(need),
                              self._phrases.service(post.post), str(need.count), str(post.filled), str(post.empty))

    def _coming(self, number: int, who: Coming) -> ComingLine:
        lang, need = self._phrases.lang, who.post.need
        return ComingLine(str(number), who.name, who.home, title_word(who.title, lang), level_word(who.backbone, lang),
                          self._phrases.subject(need), self._phrases.stage(need), self._phrases.mode(who.post),
                          self._phrases.term(need))

    def _named(self, post: SchoolPost) -> str:
        work, need = self._phrases.work(post.post.need), post.post.need.need_id
        return self._say(f"{work}（岗位 {need}）", f"{self._phrases.upper(work)} (post {need})")

    def _why(self, post: SchoolPost) -> str:
        steps = self._say("，", ", ").join(
            self._say(f"{rule}后剩 {left:,} 名", f"{left:,} after {rule}")
            for rule, left in ((self._phrases.rule(step.rule), step.left) for step in post.funnel))
        named = self._named(post)
        opening = self._say(f"{named}空缺 {post.empty} 人：参加安置的教师有 {post.teachers:,} 名",
                            f"{named}, {post.empty} empty: {post.teachers:,} teachers took part")
        screened = self._say(f"，逐条筛选{steps}。", f"; {steps}.") if steps else self._say("。", ".")
        return opening + screened + self._say("", " ") + self._left(post)

    def _left(self, post: SchoolPost) -> str:
        if not post.candidates:
            return self._say("没有人符合全部规则。", "Nobody meets all the rules.")
        elsewhere = post.candidates - post.waiting - post.filled
        parts = [(post.filled, "已安排到这个岗位", "placed here"),
                 (elsewhere, "已安排到其他岗位", "placed at other posts"),
                 (post.waiting, "还没有岗位", "without a post")]
        told = self._say("，", ", ").join(self._say(f"{count} 名{zh}", f"{count} {self._are(count)} {en}")
                                         for count, zh, en in parts if count)
        said = self._say(f"其中 {told}。", f"Of these {told}.")
        return said + (self._held(post) if post.waiting or post.full else "")

    def _are(self, count: int) -> str:
        return self._phrases.one(count, "is", "are")

    def _held(self, post: SchoolPost) -> str:
        rules = _in_the_way(post)
        if not rules:
            return self._say("按方案目标的先后次序，补上这个空缺不会使方案更好。",
                             " By the order of its aims, filling this seat would not make the plan better.")
        named = self._phrases.rules(rules)
        return self._say(f"再安排会违反规则{named}。",
                         f" One more placement would break the {self._phrases.one(len(rules), 'rule', 'rules')} "
                         f"{named}.")

    def _fill(self, post: SchoolPost) -> Iterator[str]:
        named = self._named(post)
        if post.waiting and post.reason not in _NO_RULE:
            room = self._phrases.leave_room(_in_the_way(post))
            yield self._say(f"{named}：{room}。", f"{named}: {room}.")
            return
        room = f"{self._phrases.leave_room(post.full)}{self._say('，还', '; besides, ')}" if post.full else ""
        yield self._say(f"{named}：{room}须有更多符合条件的教师报名，或者提高这个岗位的优先级",
                        f"{named}: {room}more teachers who qualify, or a higher priority of this post"
                        ) + self._opened(post) + self._say("。", ".")

    def _opened(self, post: SchoolPost) -> str:
        if not post.nearly:
            return ""
        ways = [self._say(f"放宽{rule}，有 {count:,} 名", f"{count:,} by relaxing {rule}")
                for rule, count in ((self._phrases.rule(near.rule), near.number) for near in post.nearly)]
        return self._say(f"；没有岗位的教师中，只差一条规则的：{'，'.join(ways)}",
                         f"; of the teachers without a post, these lack one rule only: {', '.join(ways)}")


def _in_the_way(post: SchoolPost) -> tuple[str, ...]:
    """Return the rules that one placement more would break: the one that the plan names, and caps that are reached."""
    named = () if post.reason in _NO_RULE else (str(post.reason),)
    return tuple(dict.fromkeys((*named, *post.full)))
