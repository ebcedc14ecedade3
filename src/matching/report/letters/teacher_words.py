"""A teacher's letter in plain words."""

from __future__ import annotations

from typing import Any

from matching.domain.text import Text
from matching.policy.words import POINTS
from matching.report.letters.facts import Post, Step, TeacherLetter, Term
from matching.report.letters.pages import Line, PointLine, PostLine, RuleLeft, TeacherPage
from matching.report.letters.phrases import Phrases
from matching.report.letters.placed_words import PlacedWords
from matching.report.letters.unplaced_words import UnplacedWords
from matching.report.letters.wish_words import ordinal, wish_words

LABELS = {
    "result": Text("安置结果", "Where you go"), "why": Text("为什么", "Why"), "rule": Text("规则", "Rule"),
    "left": Text("这条之后还剩的岗位", "Posts left after it"), "item": Text("积分项目", "Points for"),
    "wishes": Text("您的意向", "Your wishes"), "alternative": Text("最合适的另一个岗位", "The best other post"),
    "otherwise": Text("怎样结果才会不同", "What would have had to be otherwise"),
    "school": Text("学校", "School"), "county": Text("县(市、区)", "County"), "post": Text("岗位", "Post"),
    "service": Text("形式、期限", "Mode, term"), "km": Text("距离", "Distance"), "yuan": Text("补助", "Subsidy"),
}
POINT_WORDS = {
    "km": Text("路程", "distance"), "preference": Text("意向", "wishes"),
    "alt_subject": Text("不是主教学科", "not the main subject"),
    "other_stage": Text("不是主要学段", "not the main stage"),
    "other_mode": Text("不是岗位的首选形式", "not the post's first mode"),
    "other_county": Text("跨县", "another county"),
    "not_paired": Text("两地没有结对", "no pairing between the places"),
    "home_county_match": Text("在家庭所在县", "in the home county"), "hardship": Text("艰苦边远", "hardship"),
    "language_missing": Text("语言不符", "language"), "yuan": Text("补助", "subsidy"),
    "moved": Text("岗位变动", "a change of post"),
}


class TeacherWords:
    """Puts letters to teachers into words."""

    def __init__(self, phrases: Phrases) -> None:
        self._say = phrases
        self._placed, self._unplaced = PlacedWords(phrases), UnplacedWords(phrases)
        self._labels = {name: text.get(phrases.lang) for name, text in LABELS.items()}

    def page(self, letter: TeacherLetter) -> TeacherPage:
        """Return what stands on the page of a letter."""
        say = self._say.say
        bare: dict[str, Any] = {
            "file": f"{letter.teacher_id} {letter.name}", "title": say("教师安置说明", "About your placement"),
            "programme": self._say.programme(), "greeting": say(f"{letter.name} 老师：", f"Dear {letter.name},"),
            "foot": self._say.foot(), "labels": self._labels, "name": letter.name, "teacher_id": letter.teacher_id,
            "school": letter.home.name}
        if not letter.taking_part:
            lead = say("您不在本次安置的范围内，因此没有为您安排岗位。",
                       "You are not among those to be placed this time, and so there is no post for you.")
            return TeacherPage(lead=lead, **bare)
        if not letter.posts:
            bare["labels"] = self._labels | {"result": say("您的情况", "About you"),
                                             "alternative": say("对您最合适的岗位", "The best post for you")}
        return TeacherPage(**bare, **self._placed.told(letter) if letter.posts else self._unplaced.told(letter),
                           **self._shown(letter))

    def _shown(self, letter: TeacherLetter) -> dict[str, Any]:
        other = (letter.open or letter.first) if letter.posts else None
        several, compared = len(letter.posts) > 1, bool(other and other.terms)
        terms = other.terms if other else letter.terms if letter.eligible > len(letter.posts) else ()
        return {
            "facts": self._facts(letter), "posts": tuple(map(self._post, letter.posts)) if several else (),
            "funnel": tuple(self._step(step) for step in letter.funnel),
            "points": self._points(terms), "compared": compared,
            "here": self._column(letter.compared), "there": self._column(other.post if other else None),
            "wishes": tuple(wish_words(self._say, wish, bool(letter.posts)) for wish in letter.wishes)}

    def _column(self, post: Post | None) -> str:
        return "" if post is None else self._say.say(f"岗位 {post.need.need_id}", f"Post {post.need.need_id}")

    def _facts(self, letter: TeacherLetter) -> tuple[Line, ...]:
        say, home = self._say.say, letter.home
        lines = [(say("派出学校", "Your school"), say(f"{home.name}（{home.county}）", f"{home.name} ({home.county})"))]
        if len(letter.posts) == 1:
            lines += self._particulars(letter, letter.posts[0])
        return tuple(Line(label, value) for label, value in lines if value)

    def _particulars(self, letter: TeacherLetter, post: Post) -> list[tuple[str, str]]:
        say, site = self._say.say, post.site
        return [
            (say("受援学校", "You go to"), say(f"{site.name}（{site.county}）", f"{site.name} ({site.county})")),
            (say("岗位", "Post"), self._work(post)),
            (say("形式和期限", "Mode and term"), self._say.service(post)),
            (say("课时", "Class-hours"), self._hours(post)),
            (say("距派出学校", "Distance"), self._say.km(post)),
            (say("补助", "Subsidy"), self._yuan(post)),
            (say("住宿", "Lodging"), self._beds(post)),
            (say("符合意向", "Wish met"), self._wish(letter, post)),
        ]

    def _work(self, post: Post) -> str:
        kind, work, need = self._say.type(post.need), self._say.work(post.need), post.need.need_id
        return self._say.say(f"{work}（{kind}，岗位 {need}）", f"{work} ({kind}, post {need})")

    def _hours(self, post: Post) -> str:
        part_time = post.placement is not None and post.placement.mode == "part_time"
        hours = post.need.total_hours if part_time else post.need.weekly_hours
        if not hours:
            return ""
        if part_time:
            return self._say.say(f"共 {hours} 课时", f"{hours} in all")
        return self._say.say(f"每周 {hours} 课时", f"{hours} a week")

    def _yuan(self, post: Post) -> str:
        yuan = post.placement.yuan if post.placement else None
        return self._say.say(f"整个期限共 {yuan:,} 元", f"{yuan:,} yuan over the whole term") if yuan else ""

    def _beds(self, post: Post) -> str:
        site = post.site
        offered = any((site.beds, site.beds_men, site.beds_women))
        resident = post.placement is not None and post.placement.mode == "resident"
        return self._say.say("受援学校有宿舍床位", "the school has beds") if offered and resident else ""

    def _wish(self, letter: TeacherLetter, post: Post) -> str:
        met = post.placement.preference if post.placement else None
        if met:
            return ordinal(self._say, met)
        return self._say.say("不在填报的意向中", "none of those you named") if letter.wishes else ""

    def _post(self, post: Post) -> PostLine:
        work = self._say.say(f"{self._say.work(post.need)}（{post.need.need_id}）",
                             f"{self._say.work(post.need)} ({post.need.need_id})")
        yuan = f"{post.placement.yuan:,}" if post.placement and post.placement.yuan else "—"
        return PostLine(post.site.name, post.site.county, work, self._say.service(post), self._say.km(post), yuan)

    def _step(self, step: Step) -> RuleLeft:
        return RuleLeft(self._say.rule(step.rule).strip("“”\""), f"{step.left:,}")

    def _points(self, terms: tuple[Term, ...]) -> tuple[PointLine, ...]:
        if not terms:
            return ()
        lines = [PointLine(self._point(t.name), _signed(t.here), _signed(t.there)) for t in terms]
        if len(terms) == 1:
            return tuple(lines)
        there = None if terms[0].there is None else sum(t.there or 0 for t in terms)
        return (*lines, PointLine(self._say.say("合计", "in all"), _signed(sum(t.here for t in terms)), _signed(there)))

    def _point(self, name: str) -> str:
        return POINT_WORDS[name].get(self._say.lang) if name in POINT_WORDS else POINTS.zh(name)


def _signed(points: int | None) -> str:
    return "" if points is None else f"{points:,}".replace("-", "−")
