"""The workbook: each year, turns missed, load by teacher and by school, titles waited for, the ledger."""

from __future__ import annotations

from pathlib import Path

from matching.domain.terms import SUBJECT
from matching.domain.text import Lang, Text
from matching.report.words import mode_word, stage_word, word, yes_no
from matching.report.xlsx.grid import Grid, Spec, fill
from matching.report.xlsx.write import write_grids
from matching.scenarios.years.load import school_loads, teacher_loads
from matching.scenarios.years.outcome import Roll
from matching.scenarios.years.words import WHY_NEW, out_of_turn_words, school_year

YEARS = (
    Spec(Text("学年", "School year"), lambda y: school_year(y.year), "centre"),
    Spec(Text("名额", "Seats"), lambda y: y.seats, "integer"),
    Spec(Text("在岗", "Filled"), lambda y: y.filled, "integer"),
    Spec(Text("其中续任", "Continuing"), lambda y: len(y.running), "integer"),
    Spec(Text("其中新派", "Begun"), lambda y: len(y.begun), "integer"),
    Spec(Text("再次服务", "Served before"), lambda y: y.again, "integer"),
    Spec(Text("违反轮次", "Out of turn"), lambda y: len(y.out_of_turn), "integer"),
    Spec(Text("再次到艰苦岗位", "Hardship post again"), lambda y: len(y.hardship_again), "integer"),
    Spec(Text("规则让步", "Rules gave way"), lambda y: sum(line.shortfall for line in y.gave_way), "integer"),
    Spec(Text("退出并新进", "Replaced"), lambda y: len(y.arrivals), "integer"),
    Spec(Text("晋升", "Titles gained"), lambda y: len(y.titles), "integer"),
    Spec(Text("职称等农村任教", "Titles waiting"), lambda y: len(y.backlog.waiting), "integer"),
    Spec(Text("其中本年在农村任教", "Of these serving"), lambda y: y.backlog.serving, "integer"),
)


def load_specs(lang: Lang) -> tuple[Spec, ...]:
    """Return the columns of the load by teacher."""
    return (
        Spec(Text("教师编号", "Teacher ID"), lambda r: r.teacher),
        Spec(Text("姓名", "Name"), lambda r: r.name),
        Spec(Text("派出学校编号", "Home school ID"), lambda r: r.home),
        Spec(Text("学科", "Subject"), lambda r: word(SUBJECT, r.subject, lang)),
        Spec(Text("学段", "Stage"), lambda r: stage_word(r.stage, lang)),
        Spec(Text("此前服务次数", "Services before"), lambda r: r.before, "integer"),
        Spec(Text("模拟期服务次数", "Services"), lambda r: r.times, "integer"),
        Spec(Text("模拟期服务学年", "Years served"), lambda r: r.years, "integer"),
        Spec(Text("艰苦岗位次数", "At hardship posts"), lambda r: r.hard, "integer"),
        Spec(Text("已退出名册", "Left"), lambda r: yes_no(r.left, lang), "centre"),
    )


SCHOOLS = (
    Spec(Text("学校编号", "School ID"), lambda r: r.site),
    Spec(Text("学校名称", "School"), lambda r: r.name),
    Spec(Text("派出人次", "Sent"), lambda r: r.sent, "integer"),
    Spec(Text("派出学年", "School years sent"), lambda r: r.sent_years, "integer"),
    Spec(Text("接收人次", "Received"), lambda r: r.received, "integer"),
    Spec(Text("接收学年", "School years received"), lambda r: r.received_years, "integer"),
)
ARRIVALS = (
    Spec(Text("学年", "School year"), lambda r: school_year(r[0]), "centre"),
    Spec(Text("退出", "Left"), lambda r: r[1].instead_of),
    Spec(Text("接替", "Came"), lambda r: r[1].teacher),
)
LEDGER = (
    Spec(Text("教师编号", "Teacher ID"), lambda s: s.teacher),
    Spec(Text("学校编号", "School ID"), lambda s: s.site),
    Spec(Text("岗位编号", "Post ID"), lambda s: s.need),
    Spec(Text("学年", "School year"), lambda s: school_year(s.year), "centre"),
    Spec(Text("期限(学年)", "Term (school years)"), lambda s: s.term, "integer"),
)


def write_book(path: Path, roll: Roll, lang: Lang) -> None:
    """Write the workbook; text is never read as a formula, a link or a number. Equal simulations give equal bytes."""
    write_grids(path, _grids(roll, lang), lang, roll.policy.title.get(lang))


def _grids(roll: Roll, lang: Lang) -> list[Grid]:
    return [
        Grid(Text("各学年", "years"), Text("各学年情况", "Year by year"), fill(YEARS, roll.years, lang), frozen=1),
        Grid(Text("违反轮次", "out of turn"), Text("违反轮次及原因", "Out of turn, with reasons"),
             fill(_late(roll, lang), roll.out_of_turn, lang), empty=Text("没有违反轮次的。", "None is out of turn.")),
        Grid(Text("教师负担", "load by teacher"), Text("各教师服务情况", "Load by teacher"),
             fill(load_specs(lang), teacher_loads(roll), lang), frozen=2),
        Grid(Text("学校负担", "load by school"), Text("各学校派出与接收", "Load by school"),
             fill(SCHOOLS, school_loads(roll), lang), frozen=2),
        Grid(Text("名册变动", "register"), Text("退出与新进", "Who left and who came"),
             fill(_arrivals(lang), [(y.year, a) for y in roll.years for a in y.arrivals], lang),
             note=Text("新进教师是模拟的，不是真人。", "Those who came are simulated, not real people."),
             empty=Text("没有变动。", "No change.")),
        Grid(Text("服务台账", "ledger"), Text("服务台账", "Ledger of services"),
             fill(_ledger(lang), roll.ledger.services, lang), empty=Text("没有记录。", "No entry.")),
    ]


def _late(roll: Roll, lang: Lang) -> tuple[Spec, ...]:
    return (Spec(Text("学年", "School year"), lambda b: school_year(b.year), "centre"),
            Spec(Text("教师编号", "Teacher ID"), lambda b: b.teacher),
            Spec(Text("岗位编号", "Post ID"), lambda b: b.need),
            Spec(Text("应先派", "Whose turn it was"), lambda b: "、".join(b.peers)),
            Spec(Text("原因", "Reason"), lambda b: out_of_turn_words(roll.policy, b).get(lang), "wrap", 80))


def _arrivals(lang: Lang) -> tuple[Spec, ...]:
    return (*ARRIVALS, Spec(Text("原因", "Why"), lambda r: WHY_NEW[r[1].why].get(lang)))


def _ledger(lang: Lang) -> tuple[Spec, ...]:
    return (*LEDGER, Spec(Text("支教形式", "Mode"), lambda s: mode_word(s.mode, lang)))
