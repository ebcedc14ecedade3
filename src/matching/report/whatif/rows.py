"""The tables of a what-if: points and scenarios, as columns with headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from matching.domain.text import Lang, Text
from matching.report.goal_words import goal_words
from matching.report.whatif.clashes import rules_named
from matching.report.whatif.words import STATUS, county_words, km_words, outcome_words, point_words, value_words
from matching.report.words import percent
from matching.report.xlsx.grid import Column, Grid
from matching.scenarios.whatif import Compared, Outcome, Point, Step, WhatIf

NAME = Text("方案对比", "plans compared")
CURVE = Text("逐点", "points")


class Figure(NamedTuple):
    """One figure of every plan, in words."""

    name: str
    values: list[str]


_FIGURES: tuple[tuple[Text, Callable[[Point], str]], ...] = (
    (Text("安置人数 / 需求人数", "Seats filled / asked for"),
     lambda p: f"{p.placed:,} / {_of(p)['seats']:,}" if p.metrics else "—"),
    (Text("满足率", "Share of seats filled"), lambda p: percent(_of(p)["seats_filled"]) if p.metrics else "—"),
    (Text("满足率（按目标的权重）", "Share of seats filled, weighted"),
     lambda p: percent(_of(p)["fill"]["share"]) if p.metrics else "—"),
    (Text("满足率最低的县", "County with the lowest share"), county_words),
    (Text("骨干教师占比", "Backbone share"), lambda p: percent(_of(p)["backbone"]["share"]) if p.metrics else "—"),
    (Text("平均距离（公里）", "Mean distance (km)"), km_words),
    (Text("公里合计", "Kilometres in all"), lambda p: f"{p.km:,.1f}" if p.metrics else "—"),
    (Text("满足第一意向（人）", "First wish met"), lambda p: f"{_of(p)['wishes']['first']:,}" if p.metrics else "—"),
    (Text("补助总额（元）", "Subsidies in all (yuan)"), lambda p: f"{_of(p)['yuan']:,}" if p.metrics else "—"),
)


def _of(point: Point) -> Any:
    return point.metrics


def figures(points: Sequence[Point], titles: Sequence[str], lang: Lang) -> list[Figure]:
    """Return every figure of the points; `titles` are those of the goals, in order."""
    found = [Figure(Text("求解状态", "Status").get(lang), [STATUS[p.status].get(lang) for p in points])]
    found += [Figure(name.get(lang), [show(p) for p in points]) for name, show in _FIGURES]
    head = Text("目标：", "Goal: ").get(lang)
    for at, title in enumerate(titles):
        values = [f"{p.goals[at].value:,}" if at < len(p.goals) else "—" for p in points]
        found.append(Figure(head + title, values))
    return found


def _titles(found: WhatIf | Compared, points: Sequence[Point], lang: Lang) -> list[str]:
    policy = found.policy if isinstance(found, WhatIf) else found.base.policy
    goals = next((p.goals for p in points if p.goals), ())
    words = goal_words(policy, "main", [line.goal for line in goals], lang)
    return [word.title if not word.level else f"{word.title} {word.level}" for word in words]


def beside(steps: Sequence[Step | None], lang: Lang) -> list[Figure]:
    """Return what each step changes, figure by figure."""
    rows: tuple[tuple[Text, Callable[[Step], str]], ...] = (
            (Text("与现状相比：安置人数", "Against the base: placed"), lambda s: f"{s.placed:+,}"),
            (Text("与现状相比：公里合计", "Against the base: km in all"), lambda s: f"{s.km:+,.1f}"),
            (Text("与现状相比：补助（元）", "Against the base: yuan"), lambda s: f"{s.yuan:+,}"),
            (Text("与现状相比：最低县满足率（百分点）", "Against the base: worst-off county (points)"),
             lambda s: "—" if s.fair is None else f"{100 * s.fair:+.1f}"))
    return [Figure(name.get(lang), ["—" if s is None else show(s) for s in steps]) for name, show in rows]


def scenario_figures(found: Compared, lang: Lang) -> list[Figure]:
    """Return the scenarios side by side, the base first."""
    points = [outcome.point for outcome in found.outcomes]
    changes = [outcome_words(outcome).get(lang) for outcome in found.outcomes]
    changed = Figure(Text("改了什么", "What is changed").get(lang), changes)
    moved = Figure(Text("现状中改派或落空的教师", "Of the base's teachers, moved or without a post").get(lang),
                   ["—" if (n := found.moved(o)) is None else f"{n:,}" for o in found.outcomes])
    clash = Figure(Text("互相冲突的规则", "Rules that clash").get(lang),
                   [rules_named(o.policy, o.diagnosis, lang) for o in found.outcomes])
    clashing = [clash] if any(o.diagnosis for o in found.outcomes) else []
    return [changed, *clashing, *figures(points, _titles(found, points, lang), lang),
            *beside([found.against_base(o) for o in found.outcomes], lang), moved]


def scenario_heads(found: Compared, lang: Lang) -> list[str]:
    """Return what each scenario is called."""
    seeds = {o.point.seed for o in found.outcomes}
    return [_head(o, lang, len(seeds) > 1) for o in found.outcomes]


def _head(outcome: Outcome, lang: Lang, several: bool) -> str:
    title = outcome.scenario.title.get(lang)
    return f"{title}\n{outcome.scenario.id}" + (f" · {outcome.point.seed}" if several else "")


def compared_grid(found: Compared, lang: Lang) -> Grid:
    """Return the sheet of the scenarios."""
    return _side_by_side(scenario_figures(found, lang), scenario_heads(found, lang),
                         Text("左边第一列是现状。", "The first column is the base."), lang)


MOST_COLUMNS = 24


def chosen(found: WhatIf) -> list[Point]:
    """Return the base and the points at which something changes, no more than fit side by side."""
    kept, before = [], None
    for point in found.curve:
        now = (point.status, point.goals)
        if now != before:
            kept.append(point)
        before = now
    base = [] if found.base is None else [found.base]
    every = -(-len(kept) // MOST_COLUMNS)
    return [*base, *(p for p in kept[::max(every, 1)] if found.base is None or p.key != found.base.key)]


def chosen_grid(found: WhatIf, lang: Lang) -> Grid:
    """Return the sheet of plans side by side where something is varied."""
    points = chosen(found)
    base = Text("现状", "As it is").get(lang)
    heads = [f"{base}\n{point_words(found, p)}" if p is found.base else point_words(found, p) for p in points]
    rows = [*figures(points, _titles(found, points, lang), lang),
            *beside([found.against_base(p) for p in points], lang)]
    return _side_by_side(rows, heads, Text("有变化的取值；全部取值见下一张表。",
                                           "Values where something changes; the next sheet has all."), lang)


def _side_by_side(rows: Sequence[Figure], heads: Sequence[str], note: Text, lang: Lang) -> Grid:
    first = Column(Text("项目", "Figure").get(lang), [row.name for row in rows], "wrap", widest=44)
    others = (Column(head, [row.values[at] for row in rows], "wrap_centre", widest=28) for at, head in enumerate(heads))
    return Grid(NAME, Text("方案对比", "The plans compared"), [first, *others], note=note, frozen=1)


Cell = Callable[[Point], Any]


def point_columns(found: WhatIf, lang: Lang) -> list[Column]:
    """Return every point as a row."""
    points, titles = found.points, _titles(found, found.points, lang)
    columns = [Column(knob.name, [value_words(found, knob, p.values[knob.name]) for p in points], "text")
               for knob in found.knobs]
    if len(found.seeds) > 1:
        columns.append(Column(Text("随机种子", "Seed").get(lang), [p.seed for p in points], "integer"))
    plain: tuple[tuple[Text, Cell, str], ...] = (
        (Text("求解状态", "Status"), lambda p: STATUS[p.status].get(lang), "text"),
        (Text("安置人数", "Placed"), lambda p: p.placed if p.metrics else None, "integer"),
        (Text("满足率", "Share filled"), lambda p: p.metrics and p.metrics["seats_filled"], "percent"),
        (Text("公里合计", "Km in all"), lambda p: p.km if p.metrics else None, "km"),
        (Text("补助（元）", "Yuan"), lambda p: p.metrics and p.metrics["yuan"], "integer"),
        (Text("最低县满足率", "Worst-off county"), lambda p: p.metrics and p.metrics["fair"], "percent"),
        (Text("最低的县", "Which county"), lambda p: p.metrics and p.metrics["lowest_county"], "text"),
        (Text("同一方案最优到", "The same plan is best up to"),
         lambda p: value_words(found, found.knobs[0], p.until) if p.until else None, "text"),
    )
    columns += [Column(name.get(lang), [cell(p) for p in points], style) for name, cell, style in plain]
    head = Text("目标：", "Goal: ").get(lang)
    columns += [Column(head + title, [p.goals[at].value if at < len(p.goals) else None for p in points], "integer")
                for at, title in enumerate(titles)]
    return [*columns, *_steps(found, lang)]


def _steps(found: WhatIf, lang: Lang) -> list[Column]:
    made = []
    pairs = ((Text("比现状", "Against base"), found.against_base), (Text("比上一点", "Against the point before"),
                                                                 found.against_before))
    for head, step_of in pairs:
        steps = [step_of(p) for p in found.points]
        for name, part, style in _PARTS:
            cells = [None if s is None else getattr(s, part) for s in steps]
            made.append(Column(f"{head.get(lang)}: {name.get(lang)}", cells, style))
    return made


_PARTS = ((Text("安置", "placed"), "placed", "integer"), (Text("公里", "km"), "km", "km"),
          (Text("元", "yuan"), "yuan", "integer"), (Text("最低县满足率", "worst-off county"), "fair", "percent"))


def points_grid(found: WhatIf, lang: Lang) -> Grid:
    """Return the sheet of all points."""
    return Grid(CURVE, Text("逐点结果", "Every point"), point_columns(found, lang), frozen=len(found.knobs))
