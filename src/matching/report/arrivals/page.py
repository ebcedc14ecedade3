"""The page of a simulation: self-contained, charts included."""

from __future__ import annotations

from typing import Any, NamedTuple

from matching.domain.text import Lang, Text
from matching.explain.naming import kind_name, post_name, teacher_name
from matching.report.arrivals.charts import Range, county_range, curve, histogram
from matching.report.arrivals.grids import listed
from matching.report.arrivals.words import between, model_words, sentences, stated, variant_words
from matching.report.page.headline import Card
from matching.report.templating import templates
from matching.report.words import ENFORCE, decimal, percent
from matching.scenarios.arrivals.records import CountyRisk, Kind, RuleRisk
from matching.scenarios.arrivals.result import Simulation

MOST = 40
"""How many rows of a table are shown; the workbook has them all."""


class RuleLine(NamedTuple):
    """One rule at risk, in words; `share` is of the draws after seats are filled again."""

    title: str
    enforced: str
    before: str
    after: str
    share: float
    groups: str
    in_the_way: str


class CountyLine(NamedTuple):
    """One county's outcomes."""

    name: str
    planned: int
    mean: str
    range: Range
    between: str
    full: str


class KindLine(NamedTuple):
    """How many to choose of one kind."""

    name: str
    seats: int
    number: int
    reserve: int
    lacking: int


class PostLine(NamedTuple):
    """A post's reserve list."""

    name: str
    planned: int
    alone: str
    needed: str
    reached: str
    people: str


def page(found: Simulation, lang: Lang) -> str:
    """Return the page's markup; everything that comes from the data is escaped."""
    return templates(lang).get_template("arrivals/page.html.j2").render(lang=lang, **_view(found, lang))


def _view(found: Simulation, lang: Lang) -> dict[str, Any]:
    short = [p for p in found.posts if p.needed is None or p.needed]
    lines = list(sentences(found))
    return {
        "policy": found.policy.title.get(lang), "plan": found.plan.plan, "draws": found.draws, "seed": found.seed,
        "planned": found.planned, "chance": stated(found.chance), "cards": _cards(found, lang),
        "model": [line.get(lang) for line in model_words(found.model)], "sentences": [line.get(lang) for line in lines],
        "histogram": histogram(found.arrived.counts, found.filled.counts, found.planned),
        "curve": curve(found.number, found.chance), "number": found.number,
        "rules": [_rule(found, risk, lang) for risk in found.rules[:MOST]],
        "counties": [_county(county) for county in found.counties], "kinds": _kinds(found, lang),
        "posts": [_post(found, post, lang) for post in short[:MOST]], "n_posts": len(short),
        "reserve": [teacher_name(found.instance, t).get(lang) for t in found.reserve.teachers[:found.reserve.number]],
        "variant": None if found.variant is None else variant_words(found.variant).get(lang),
        "variant_file": found.variant is not None and found.variant.plan is not None and found.variant.moved > 0,
    }


def _cards(found: Simulation, lang: Lang) -> list[Card]:
    filled, said = found.filled, stated(found.chance)
    whole = len(found.reserve.teachers)
    choose = "—" if found.number.number is None else f"{found.number.number:,}"
    cards = (
        (Text("计划安置", "Planned"), f"{found.planned:,}",
         Text(f"共需 {found.seats:,} 人", f"of {found.seats:,} seats")),
        (Text("平均到岗", "Arrive on average"), decimal(found.arrived.mean),
         Text(f"多在 {found.arrived.low:,} 至 {found.arrived.high:,}",
              f"mostly {found.arrived.low:,} to {found.arrived.high:,}")),
        (Text("递补后平均补足", "Filled on average"), decimal(filled.mean),
         Text(f"多在 {filled.low:,} 至 {filled.high:,}", f"mostly {filled.low:,} to {filled.high:,}")),
        (Text(f"有 {said} 把握补足", f"Filled with a chance of {said}"), f"{found.sure.seats:,}",
         Text("至少", "at the least")),
        (Text("全部补足的可能", "All seats filled"), percent(found.reserve.all_full.share),
         Text("用全部候补", "with all in reserve")),
        (Text("候补总名单", "Reserve list"), f"{found.reserve.number:,} / {whole:,}",
         Text("够用 / 现有", "enough / there are")),
        (Text("最少应选", "Choose at the least"), choose,
         Text(f"使 {found.number.seats:,} 人到岗", f"for {found.number.seats:,} to arrive")),
        (Text("按学段学科备足", "By stage and subject"), f"{found.kinds.number:,}",
         Text("互不替代时", "if none stands in for another")),
    )
    return [Card(name.get(lang), value, note.get(lang)) for name, value, note in cards]


def _rule(found: Simulation, risk: RuleRisk, lang: Lang) -> RuleLine:
    title = found.policy.rule(risk.rule).title.get(lang)
    return RuleLine(title, ENFORCE["hard" if risk.hard else "elastic"].get(lang), percent(risk.before.share),
                    between(risk.after).get(lang), risk.after.share, decimal(risk.groups, 2),
                    decimal(risk.in_the_way, 2))


def _county(county: CountyRisk) -> CountyLine:
    return CountyLine(county.county, county.planned, decimal(county.mean, 2), county_range(county),
                      f"{county.low:,} - {county.high:,}", percent(county.full.share))


def _kinds(found: Simulation, lang: Lang) -> list[KindLine]:
    lines = [_kind(found, kind, lang) for kind in found.kinds.kinds]
    return sorted(lines, key=lambda line: -line.lacking)


def _kind(found: Simulation, kind: Kind, lang: Lang) -> KindLine:
    name = kind_name(found.instance, kind.stage, kind.subject).get(lang)
    return KindLine(name, kind.seats, kind.number, kind.reserve, max(0, kind.number - kind.seats - kind.reserve))


def _post(found: Simulation, post: Any, lang: Lang) -> PostLine:
    names = [found.instance.teacher[stand.teacher].name for _, stand in listed(post)]
    needed = Text("人选不足", "too few").get(lang) if post.needed is None else str(post.needed)
    name = post_name(found.instance, found.instance.need[post.need]).get(lang)
    return PostLine(name, post.planned, percent(post.alone), needed, percent(post.reached),
                    Text("、", ", ").get(lang).join(names) or "—")
