"""What became of a wish, in plain words."""

from __future__ import annotations

from matching.report.letters.facts import Wish
from matching.report.letters.phrases import Phrases

ORDINALS = {1: ("第一意向", "your first wish"), 2: ("第二意向", "your second wish"), 3: ("第三意向", "your third wish")}


def ordinal(say: Phrases, place: int) -> str:
    """Return which wish it is."""
    return say.say(*ORDINALS[place])


def wish_words(say: Phrases, wish: Wish, placed: bool) -> str:
    """Return one wish with what became of it."""
    first = ordinal(say, wish.place)
    return say.say(f"{first}“{wish.name}”：{_outcome(say, wish, placed)}",
                   f'{first.removeprefix("your ").capitalize()} "{wish.name}": {_outcome(say, wish, placed)}')


def _outcome(say: Phrases, wish: Wish, placed: bool) -> str:
    rule = say.rule(wish.rule) if wish.rule else ""
    posts, open_ = wish.posts, wish.eligible
    if wish.outcome == "met":
        return say.say("已满足。", "met.")
    if wish.outcome == "no_post":
        return say.say("那里本次没有岗位。", "there is no post there this time.")
    if wish.outcome == "refused":
        return _refused(say, posts, rule)
    if wish.outcome == "full":
        return say.say(f"那里可供您选择的岗位有 {open_} 个，席位都已排满。",
                       f"{say.posts(open_)} there could be yours; every seat is taken.")
    if wish.outcome == "rule":
        return say.say(f"那里可供您选择的岗位有 {open_} 个；剩下的空席位若安排您，会违反规则{rule}。",
                       f"{say.posts(open_)} there could be yours; giving you a seat that is "
                       f"free would break the rule {rule}.")
    tail = say.say("；按方案的先后次序没有选它。", "; by the order of its aims the plan did not choose it.")
    return say.say(f"那里可供您选择的岗位有 {open_} 个，还有空席位{tail}",
                   f"{say.posts(open_)} there could be yours, and a seat is free{tail}")


def _refused(say: Phrases, posts: int, rule: str) -> str:
    if posts == 1:
        return say.say(f"这个岗位按规则{rule}不能安排您。", f"by the rule {rule} this post cannot be yours.")
    return say.say(f"那里有 {posts} 个岗位，逐条筛选到规则{rule}时，已没有您可去的。",
                   f"of the {posts} posts there none is left to you after the rule {rule}.")
