"""Small pieces of sentences that letters share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.domain.records import Need
from matching.domain.terms import POST_TYPE
from matching.domain.text import Lang, Text
from matching.policy.model import Policy
from matching.report.letters.facts import Post
from matching.report.letters.private import rule_title
from matching.report.words import mode_word, plan_title, school_years, stage_word, word

AIMS = {
    "stable": Text("尽量不让教师和岗位都宁愿换成对方", "to leave no teacher and post who would rather have each other"),
    "fill": Text("让尽可能多的岗位有教师，急需的优先",
                 "to give as many posts as possible a teacher, urgent ones first"),
    "shortfall": Text("尽量不突破弹性要求", "to miss the flexible requirements by as little as possible"),
    "fair": Text("让各地补足的程度尽量均衡", "to fill the places as evenly as possible"),
    "points": Text("让所有教师的积分合计最少", "to keep the points of all teachers together lowest"),
}
"""What each goal is after, in plain words."""


class Phrases:
    """Words of one run in one language."""

    def __init__(self, instance: Instance, policy: Policy, plan: Plan, lang: Lang) -> None:
        self.lang = lang
        self._instance, self._policy, self._plan = instance, policy, plan

    def say(self, zh: str, en: str) -> str:
        """Return the sentence in the letter's language."""
        return zh if self.lang == "zh" else en

    def joined(self, parts: Iterable[str]) -> str:
        """Return parts of one sentence behind each other."""
        return self.say("；", "; ").join(parts)

    def site(self, post: Post) -> str:
        """Return a post's school with its county, which many schools bear in their name."""
        name, county = post.site.name, post.site.county
        if county in name:
            return name
        return self.say(f"{county}{name}", f"{name}, {county}")

    def upper(self, text: str) -> str:
        """Return a sentence with its first letter raised, and no other letter touched."""
        return text[:1].upper() + text[1:]

    def one(self, count: int, one: str, many: str) -> str:
        """Return the English word for one, or for many."""
        return one if count == 1 else many

    def posts(self, count: int) -> str:
        """Return a number of posts in English."""
        return f"{count:,} {self.one(count, 'post', 'posts')}"

    def rule(self, rule_id: str) -> str:
        """Return a rule in quotation marks."""
        title = rule_title(self._policy, rule_id)
        return self.say(f"“{title.zh}”", f'"{title.en}"')

    def rules(self, ids: Iterable[str]) -> str:
        """Return rules one after another, each once, all in quotation marks."""
        *all_but, last = dict.fromkeys(map(self.rule, ids))
        if not all_but:
            return last
        return self.say(f"{'、'.join(all_but)}和{last}", f"{', '.join(all_but)} and {last}")

    def leave_room(self, ids: Sequence[str]) -> str:
        """Return that rules would have to leave room."""
        named = self.rules(ids)
        return self.say(f"规则{named}{'都' if len(ids) > 1 else ''}须还有余地",
                        f"the {self.one(len(ids), 'rule', 'rules')} {named} would have to leave room")

    def programme(self) -> str:
        """Return what the scheme is called."""
        return self._policy.title.get(self.lang)

    def foot(self) -> str:
        """Return on what a letter rests."""
        plan = plan_title(self._policy, self._plan.plan, self.lang)
        return self.say(f"本说明依据已通过独立审计的安置方案“{plan}”写成。如有疑问，请向教育局查询。",
                        f'This letter rests on the plan "{plan}", which has passed an independent audit. '
                        "Please ask the education bureau if anything is unclear.")

    def subject(self, need: Need) -> str:
        """Return the post's subject."""
        return word(self._instance.vocabularies["subject"], need.subject, self.lang)

    def stage(self, need: Need) -> str:
        """Return the post's stage."""
        return stage_word(need.stage, self.lang)

    def type(self, need: Need) -> str:
        """Return the post's type."""
        return word(POST_TYPE, need.post_type, self.lang)

    def mode(self, post: Post) -> str:
        """Return the mode of service at a post: the placement's, else the post's first."""
        return mode_word(post.placement.mode if post.placement else post.need.modes[0], self.lang)

    def term(self, need: Need) -> str:
        """Return for how long a post is."""
        return school_years(need.term, self.lang)

    def service(self, post: Post) -> str:
        """Return how, and for how long, one serves at a post."""
        return self.say(f"{self.mode(post)}，{self.term(post.need)}", f"{self.mode(post)}, {self.term(post.need)}")

    def work(self, need: Need) -> str:
        """Return what one teaches at a post."""
        return self.say(f"{self.stage(need)}{self.subject(need)}", f"{self.subject(need)}, {self.stage(need)}")

    def km(self, post: Post) -> str:
        """Return how far a post is from the own school."""
        if post.km is None:
            return self.say("距离未知", "distance unknown")
        return self.say(f"{post.km:,.1f} 公里", f"{post.km:,.1f} km")

    def where(self, post: Post) -> str:
        """Return a post with what tells it from others."""
        name, county, work = post.site.name, post.site.county, self.work(post.need)
        return self.say(f"{name}（{county}，{work}，岗位 {post.need.need_id}，{self.km(post)}）",
                        f"{name} ({county}, {work}, post {post.need.need_id}, {self.km(post)})")

    def aims(self) -> str:
        """Return the goals of the plan in their order; nothing where it states none."""
        stable = any(v.id == self._plan.plan and v.method == "stable" for v in self._policy.variants)
        names = [*(("stable",) if stable else ()), *dict.fromkeys(line.goal for line in self._plan.goals)]
        told = [AIMS[name].get(self.lang) for name in names if name in AIMS]
        return self._in_order(told)

    def _in_order(self, told: Sequence[str]) -> str:
        if len(told) < 2:
            return "".join(told)
        return self.say("；", "; ").join(f"（{k}）{text}" if self.lang == "zh" else f"({k}) {text}"
                                        for k, text in enumerate(told, 1))
