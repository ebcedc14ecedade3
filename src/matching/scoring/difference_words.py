"""What two plans differ in, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy.goal_words import goal_title, value_words
from matching.scoring.criteria import CRITERIA
from matching.scoring.difference import CountyChange, Difference, Figure, Move, levels


def _percent(value: Fraction) -> Text:
    return _same(f"{100 * float(value):.1f}%")


def _same(shown: str) -> Text:
    return Text(shown, shown)


SHOWN: Mapping[str, Callable[[Fraction], Text]] = {
    "fill": _percent, "backbone": _percent, "preference": _percent, "fair": _percent,
    "km": lambda v: Text(f"{float(v):,.1f} 公里", f"{float(v):,.1f} km"),
    "yuan": lambda v: Text(f"{int(v):,} 元", f"{int(v):,} yuan"),
    "envy": lambda v: Text(f"{int(v):,} 人", f"{int(v):,}"),
}
"""How a criterion's value is written."""
_TITLES = {"fill": Text("需求满足（按优先级加权）", "Fill, weighted by priority")}
"""Criteria that call for a longer name here, beside shares that are not weighted."""
_NONE = Text("无", "none")


def words(found: Difference, instance: Instance) -> tuple[Text, ...]:
    """Return the difference in sentences: how many move, the goals, the criteria, and county by county.

    Teacher by teacher it is told by `move_words`.
    """
    goals = (_goal(g, level) for g, level in zip(found.goals, levels(g.name for g in found.goals), strict=True))
    criteria = (_line(_TITLES.get(c.name, CRITERIA[c.name].title), c, SHOWN[c.name]) for c in found.criteria)
    return (_summary(found), *goals, *criteria, *map(county_words, found.changed))


def _summary(found: Difference) -> Text:
    swapped, new, gone = found.counts
    return Text(
        f"从方案 {found.first} 改为方案 {found.second}：{swapped} 人换岗，{new} 人由未安置变为安置，"
        f"{gone} 人由安置变为未安置。",
        f"From plan {found.first} to plan {found.second}: {swapped} change their post, {new} are placed who were not, "
        f"{gone} are no longer placed.")


def _goal(goal: Figure, level: int) -> Text:
    title = goal_title(goal.name, level)
    return _line(Text(f"目标“{title.zh}”", f'Goal "{title.en}"'), goal,
                 lambda value: _same(value_words(goal.name, level, int(value))))


def _line(title: Text, figure: Figure, show: Callable[[Fraction], Text]) -> Text:
    first, second = (_NONE if v is None else show(v) for v in (figure.first, figure.second))
    verdict = Text("", "") if figure.gain is None else Text("（不变）", " (the same)")
    if figure.gain:
        verdict = Text("（更好）", " (better)") if figure.gain > 0 else Text("（更差）", " (worse)")
    return Text(f"{title.zh}：{first.zh} → {second.zh}{verdict.zh}",
                f"{title.en}: {first.en} → {second.en}{verdict.en}")


def county_words(change: CountyChange) -> Text:
    """Return what one county gains and loses."""
    (a, b), (c, d) = change.filled, change.backbone
    return Text(
        f"{change.county}（需求 {change.seats} 人）：安置 {a} → {b} 人，其中骨干 {c} → {d} 人；"
        f"来 {change.come} 人，走 {change.go} 人。",
        f"{change.county} ({change.seats} seats): placed {a} → {b}, backbone teachers {c} → {d}; "
        f"{change.come} come, {change.go} go.")


def move_words(move: Move, instance: Instance) -> Text:
    """Return where one teacher goes, with the wish met and the distance before and after."""
    name = instance.teacher[move.teacher].name
    before, after = (_post(need, wish, km, instance) for need, wish, km in
                     zip((move.leaves, move.takes), move.wish, move.km, strict=True))
    return Text(f"{name}（{move.teacher}）：{before.zh} → {after.zh}",
                f"{name} ({move.teacher}): {before.en} → {after.en}")


def _post(need_id: str | None, wish: int | None, km: float | None, instance: Instance) -> Text:
    if need_id is None:
        return Text("未安置", "no post")
    site = instance.site[instance.need[need_id].site_id].name
    zh = [f"第{'一二三'[wish - 1]}意向"] if wish else []
    en = [f"wish {wish}"] if wish else []
    if km is not None:
        zh.append(f"{km:g} 公里")
        en.append(f"{km:g} km")
    return Text(f"{site} {need_id}（{'，'.join(zh)}）" if zh else f"{site} {need_id}",
                f"{site} {need_id} ({', '.join(en)})" if en else f"{site} {need_id}")
