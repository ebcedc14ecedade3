"""What two plans differ in, laid out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from matching.cli.answers import Answer, Grid
from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.report.read_run import Run
    from matching.scoring import Difference

MOST_MOVES = 30


def compared(run: Run, first: str, second: str) -> Answer:
    """Compare two plans of a run by the goals of its policy, by the criteria, county by county, teacher by teacher.

    Raises
    ------
    InputError
        Where no plan has one of the ids; the nearest are suggested.
    """
    from matching.audit import goal_values
    from matching.scoring import difference, words

    one, other = (run.choice(plan) for plan in (first, second))
    found = difference(run.instance, run.policy, one.plan, other.plan,
                       metrics=(one.ranked.metrics, other.ranked.metrics),
                       recount=partial(goal_values, run.instance, run.policy))
    told = words(found, run.instance)
    sentences = told[:len(told) - len(found.changed)]
    return Answer([*sentences, _counties(found), _moves(run, found)], found.to_dict())


def _counties(found: Difference) -> Grid:
    headings = (Text("县", "county"), Text("需求", "seats"), Text(f"安置：{found.first}", f"placed: {found.first}"),
                Text(f"安置：{found.second}", f"placed: {found.second}"),
                Text(f"骨干：{found.first}", f"backbone: {found.first}"),
                Text(f"骨干：{found.second}", f"backbone: {found.second}"), Text("来", "come"), Text("走", "go"))
    return Grid(Text("有变化的县", "Counties in which anything differs"), headings,
                [(c.county, c.seats, *c.filled, *c.backbone, c.come, c.go) for c in found.changed])


def _moves(run: Run, found: Difference) -> Grid:
    more = Text("", "")
    if len(found.moves) > MOST_MOVES:
        more = Text(f"，列出前 {MOST_MOVES} 人，--json 有全部", f", the first {MOST_MOVES}; --json has them all")
    headings = (Text("教师", "teacher"), Text("姓名", "name"), Text(found.first, found.first),
                Text(found.second, found.second))
    return Grid(Text(f"岗位不同的教师（{len(found.moves)} 人{more.zh}）",
                     f"Teachers whose post differs ({len(found.moves)}{more.en})"), headings,
                [(m.teacher, run.instance.teacher[m.teacher].name, _post(run, m.leaves, m.wish[0], m.km[0]),
                  _post(run, m.takes, m.wish[1], m.km[1])) for m in found.moves[:MOST_MOVES]])


def _post(run: Run, need: str | None, wish: int | None, km: float | None) -> Text:
    from matching.explain.people.posts import km_words, wish_words

    if need is None:
        return Text("未安置", "no post")
    site = run.instance.site[run.instance.need[need].site_id].name
    parts = [km_words(km), *([wish_words(wish)] if wish else [])]
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Text(f"{site} {need}（{zh}）", f"{site} {need} ({en})")
