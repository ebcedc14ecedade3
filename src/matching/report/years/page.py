"""The page of a simulation over years."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.report.page.headline import Card
from matching.report.templating import templates
from matching.report.years.charts import Chart, chart
from matching.scenarios.years.load import SchoolLoad, school_loads, times_served
from matching.scenarios.years.outcome import Roll
from matching.scenarios.years.words import out_of_turn_words, school_year, share, summary

MOST = 25
"""How many schools and missed turns are shown; the workbook has them all."""


class Share(NamedTuple):
    """So many teachers who have served so many times; `share` from 0 to 1."""

    times: int
    teachers: int
    share: float


class School(NamedTuple):
    """A school's load, and its part of the greatest."""

    load: SchoolLoad
    share: float


def page(roll: Roll, lang: Lang) -> str:
    """Return the page's markup; it refers to no other file or address, and everything from the data is escaped."""
    made = templates(lang)
    made.globals["school_year"] = school_year
    late = [(school_year(b.year), out_of_turn_words(roll.policy, b).get(lang)) for b in roll.out_of_turn]
    return made.get_template("years.html.j2").render(
        roll=roll, policy=roll.policy.title.get(lang), cards=_cards(roll, lang), fill=_fill(roll, lang),
        backlog=_backlog(roll, lang), summary=[text.get(lang) for text in summary(roll)], late=late[:MOST],
        late_total=len(late), times=_times(roll), schools=_schools(roll), span=_span(roll), most=MOST)


def _span(roll: Roll) -> str:
    return f"{school_year(roll.years[0].year)} – {school_year(roll.years[-1].year)}" if roll.years else "—"


def _cards(roll: Roll, lang: Lang) -> list[Card]:
    late, again = len(roll.out_of_turn), roll.again
    seats, filled = sum(y.seats for y in roll.years), sum(y.filled for y in roll.years)
    waiting = [len(y.backlog.waiting) for y in roll.years] or [0]
    cards = (
        (Text("学年", "School years"), f"{len(roll.years)}", Text(_span(roll), _span(roll))),
        (Text("在岗", "Seats filled"), share(filled, seats), Text("各学年合计", "over all years")),
        (Text("开始服务", "Services begun"), f"{roll.begun:,}",
         Text(f"其中再次服务 {again:,} 人次", f"{again:,} of them not the first")),
        (Text("违反轮次", "Out of turn"), f"{late:,}",
         Text(f"占再次服务的 {share(late, again)}", f"{share(late, again)} of services that are not the first")),
        (Text("职称等农村任教", "Titles waiting for rural service"), f"{waiting[0]:,} → {waiting[-1]:,}",
         Text("第一学年 → 最后一学年", "first year to last")),
    )
    return [Card(name.get(lang), value, note.get(lang)) for name, value, note in cards]


def _fill(roll: Roll, lang: Lang) -> Chart:
    years = roll.years
    parts = (
        (Text("续任", "continuing").get(lang), [len(y.running) for y in years]),
        (Text("新派", "begun").get(lang), [y.filled - len(y.running) for y in years]),
        (Text("空缺", "empty").get(lang), [y.seats - y.filled for y in years]),
    )
    return chart(Text("各学年名额", "Seats by school year").get(lang), [str(y.year) for y in years], parts)


def _backlog(roll: Roll, lang: Lang) -> Chart:
    years = roll.years
    parts = (
        (Text("本年正在农村任教", "in rural service this year").get(lang), [y.backlog.serving for y in years]),
        (Text("还没有去", "not yet sent").get(lang), [len(y.backlog.waiting) - y.backlog.serving for y in years]),
    )
    return chart(Text("职称等农村任教的教师", "Teachers whose title waits for rural service").get(lang),
                 [str(y.year) for y in years], parts)


def _times(roll: Roll) -> list[Share]:
    counts = times_served(roll)
    whole = max(1, sum(counts))
    return [Share(k, n, n / whole) for k, n in enumerate(counts)]


def _schools(roll: Roll) -> list[School]:
    loads = sorted(school_loads(roll), key=lambda load: -(load.sent_years + load.received_years))
    most = max((load.sent_years for load in loads), default=0) or 1
    return [School(load, load.sent_years / most) for load in loads]
