"""The tables of a simulation, one a sheet and a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matching.domain.text import Lang, Text
from matching.explain.naming import kind_name
from matching.report.arrivals.words import stated
from matching.report.words import ENFORCE, title_word, yes_no
from matching.report.xlsx.grid import Grid, Spec, fill
from matching.scenarios.arrivals.records import Chance, PostReserve, RuleRisk, Stand
from matching.scenarios.arrivals.result import Simulation

Make = Callable[[Simulation, Lang], Grid]


def posts(found: Simulation, lang: Lang) -> Grid:
    """Return the reserve list of every post, as long as the stated chance asks for, in the order to ask in."""
    rows = [(post, place, stand) for post in found.posts for place, stand in listed(post)]
    said = stated(found.chance)
    note = Text(f"每个岗位列到单独有 {said} 的把握补满为止；一人可列在几个岗位，只递补一次。"
                "单靠原定人选就有这个把握的岗位，和补上会违反硬性规则（如派出上限）的人，都不列。",
                f"Each list is as long as a chance of {said} for the post alone asks for; one person may stand on "
                "several lists and steps in once. Left out are posts that have this chance without a reserve, and "
                "people who would break a hard rule there, such as a release cap.")
    nobody = Text("没有需要候补的岗位，或没有候补人选。", "No post needs a reserve, or nobody is in it.")
    return Grid(Text("候补", "reserve"), Text("各岗位候补名单", "Reserve by post"),
                fill(_post_specs(found, lang), rows, lang), note=note, empty=nobody, frozen=2)


def listed(post: PostReserve) -> list[tuple[int, Stand]]:
    """Return those of a post's list who are needed, with their places; all whom no rule bars where they are too few."""
    many = len(post.free) if post.needed is None else post.needed
    return list(enumerate(post.free[:many], 1))


Row = tuple[PostReserve, int, Stand]


def _post_specs(found: Simulation, lang: Lang) -> list[Spec]:
    needs, sites, teachers = found.instance.need, found.instance.site, found.instance.teacher

    def kind(row: Row) -> str:
        need = needs[row[0].need]
        return kind_name(found.instance, need.stage, need.subject).get(lang)

    return [
        Spec(Text("岗位编号", "Post ID"), lambda r: r[0].need),
        Spec(Text("受援学校", "Receiving school"), lambda r: sites[needs[r[0].need].site_id].name),
        Spec(Text("学段学科", "Stage and subject"), kind, "centre"),
        Spec(Text("计划人数", "Planned"), lambda r: r[0].planned, "integer"),
        Spec(Text("候补顺序", "Order"), lambda r: r[1], "plain"),
        Spec(Text("教师编号", "Teacher ID"), lambda r: r[2].teacher),
        Spec(Text("姓名", "Name"), lambda r: teachers[r[2].teacher].name),
        Spec(Text("派出学校", "From"), lambda r: sites[teachers[r[2].teacher].home_site].name),
        Spec(Text("职称", "Title"), lambda r: title_word(teachers[r[2].teacher].title, lang), "centre"),
        Spec(Text("本人到岗率", "Own rate"), lambda r: r[2].rate, "percent"),
        Spec(Text("模拟中被递补的比例", "Asked here in"), lambda r: r[2].asked / found.draws, "percent"),
        Spec(Text("只用原定人选补满的概率", "Full without a reserve"), lambda r: r[0].alone, "percent"),
        Spec(Text("用名单补满的概率", "Full with the list"), lambda r: r[0].reached, "percent"),
        Spec(Text("够不够", "Enough"), lambda r: _enough(r[0]).get(lang), "centre"),
    ]


def _enough(post: PostReserve) -> Text:
    return Text("人选不足", "too few") if post.needed is None else Text("够", "yes")


def _needed(post: PostReserve) -> Text:
    return _enough(post) if post.needed is None else Text(str(post.needed), str(post.needed))


def lists(found: Simulation, lang: Lang) -> Grid:
    """Return what list each post needs, whether or not there is anybody for it."""
    needs, sites = found.instance.need, found.instance.site
    specs = [
        Spec(Text("岗位编号", "Post ID"), lambda r: r.need),
        Spec(Text("受援学校", "Receiving school"), lambda r: sites[needs[r.need].site_id].name),
        Spec(Text("县(市、区)", "County"), lambda r: sites[needs[r.need].site_id].county),
        Spec(Text("学段学科", "Stage and subject"),
             lambda r: kind_name(found.instance, needs[r.need].stage, needs[r.need].subject).get(lang), "centre"),
        Spec(Text("计划人数", "Planned"), lambda r: r.planned, "integer"),
        Spec(Text("可递补的人", "In reserve"), lambda r: len(r.free), "integer"),
        Spec(Text("被硬性规则挡住的人", "Barred by a hard rule"), lambda r: len(r.teachers) - len(r.free), "integer"),
        Spec(Text("需要候补", "Needed"), lambda r: _needed(r).get(lang), "centre"),
        Spec(Text("只用原定人选补满的概率", "Full without a reserve"), lambda r: r.alone, "percent"),
        Spec(Text("用名单补满的概率", "Full with the list"), lambda r: r.reached, "percent"),
        Spec(Text("候补共用时补满的比例", "Full with the reserve shared"), lambda r: r.full.share, "percent"),
    ]
    note = Text("“共用”指候补同时应付所有岗位，是模拟的结果；其余是准确概率。",
                '"Shared": the reserve serves all posts at once, as simulated; the others are exact chances.')
    return Grid(Text("岗位候补需求", "reserve needed"), Text("各岗位需要的候补", "The reserve that each post needs"),
                fill(specs, found.posts, lang), note=note, frozen=2)


def order(found: Simulation, lang: Lang) -> Grid:
    """Return the reserve as a whole, who fills most seats first."""
    sites, teachers, number = found.instance.site, found.instance.teacher, found.reserve.number
    came: dict[str, list[int]] = {}
    for post in found.posts:
        for stand in post.teachers:
            came.setdefault(stand.teacher, []).append(stand.came)
    rows = list(enumerate(found.reserve.teachers, 1))
    specs = [
        Spec(Text("顺序", "Order"), lambda r: r[0], "plain"),
        Spec(Text("教师编号", "Teacher ID"), lambda r: r[1]),
        Spec(Text("姓名", "Name"), lambda r: teachers[r[1]].name),
        Spec(Text("派出学校", "From"), lambda r: sites[teachers[r[1]].home_site].name),
        Spec(Text("职称", "Title"), lambda r: title_word(teachers[r[1]].title, lang), "centre"),
        Spec(Text("能递补的岗位", "Posts"), lambda r: len(came.get(r[1], ())), "integer"),
        Spec(Text("模拟中递补到岗的比例", "Stepped in, in"), lambda r: sum(came.get(r[1], ())) / found.draws,
             "percent"),
        Spec(Text("列入总名单", "On the list"), lambda r: yes_no(r[0] <= number, lang), "centre"),
    ]
    note = Text(f"前 {number} 人列入总名单：有 {stated(found.chance)} 的把握做到全部候补能做到的。",
                f"The first {number} are the list: with a chance of {stated(found.chance)} they do all that the whole "
                "reserve could.")
    return Grid(Text("候补总名单", "whole reserve"), Text("候补总名单", "The reserve as a whole"),
                fill(specs, rows, lang), note=note, empty=Text("没有候补人选。", "Nobody is in reserve."), frozen=3)


def kinds(found: Simulation, lang: Lang) -> Grid:
    """Return how many to choose by stage and subject."""
    specs = [
        Spec(Text("学段学科", "Stage and subject"),
             lambda r: kind_name(found.instance, r.stage, r.subject).get(lang)),
        Spec(Text("计划人数", "Planned"), lambda r: r.seats, "integer"),
        Spec(Text("平均到岗率", "Mean rate"), lambda r: r.rate, "percent"),
        Spec(Text("应选人数", "To choose"), lambda r: r.number, "integer"),
        Spec(Text("其中备用", "Of which spare"), lambda r: r.number - r.seats, "integer"),
        Spec(Text("现有候补", "In reserve"), lambda r: r.reserve, "integer"),
        Spec(Text("还差", "Lacking"), lambda r: max(0, r.number - r.seats - r.reserve), "integer"),
    ]
    note = Text(f"各学段学科同时补满的把握为 {stated(found.chance)}；一名候补能任几科的，各科都计一次。",
                f"For a chance of {stated(found.chance)} that all are full together; who could teach several is "
                "counted in each.")
    rows = sorted(found.kinds.kinds, key=lambda k: -(k.number - k.seats - k.reserve))
    return Grid(Text("应选人数", "to choose"), Text("按学段学科应选人数", "How many to choose by stage and subject"),
                fill(specs, rows, lang), note=note, frozen=1)


def rules(found: Simulation, lang: Lang) -> Grid:
    """Return how often rules do not hold."""
    titles = {rule.id: rule.title.get(lang) for rule in found.policy.rules}

    def enforced(risk: RuleRisk) -> str:
        return ENFORCE["hard" if risk.hard else "elastic"].get(lang)

    specs = [
        Spec(Text("规则", "Rule"), lambda r: titles[r.rule], "wrap"),
        Spec(Text("规则编号", "Rule ID"), lambda r: r.rule),
        Spec(Text("执行方式", "Enforced"), enforced, "centre"),
        Spec(Text("方案中未达标的组", "Groups short in the plan"), lambda r: r.in_plan, "integer"),
        Spec(Text("递补前不成立的比例", "Does not hold, before"), lambda r: r.before.share, "percent"),
        Spec(Text("递补后不成立的比例", "Does not hold, after"), lambda r: r.after.share, "percent"),
        *_interval(lambda r: r.after),
        Spec(Text("递补后平均不成立的组", "Groups after, on average"), lambda r: round(r.groups, 3), "number"),
        Spec(Text("平均每次挡住的递补", "Kept somebody out, times a draw"), lambda r: round(r.in_the_way, 3), "number"),
    ]
    note = Text("“挡住的递补”：有空岗、有候补人选，但补上会违反这条规则。",
                '"Kept out": a seat was vacant and somebody in reserve, but to fill it would have broken the rule.')
    return Grid(Text("规则风险", "rules at risk"), Text("规则不成立的可能", "How likely rules are not to hold"),
                fill(specs, found.rules, lang), note=note, empty=Text("没有规则受影响。", "No rule is touched."),
                frozen=1)


def _interval(of: Callable[[RuleRisk], Chance]) -> list[Spec]:
    return [Spec(Text("95% 区间下限", "95% interval, from"), lambda r: of(r).low, "percent"),
            Spec(Text("95% 区间上限", "95% interval, to"), lambda r: of(r).high, "percent")]


def counties(found: Simulation, lang: Lang) -> Grid:
    """Return what is filled by county, the least share first."""
    specs = [
        Spec(Text("县(市、区)", "County"), lambda r: r.county),
        Spec(Text("计划人数", "Planned"), lambda r: r.planned, "integer"),
        Spec(Text("平均补足", "Filled on average"), lambda r: round(r.mean, 2), "number"),
        Spec(Text("95% 的情形：最少", "95% of outcomes, from"), lambda r: r.low, "integer"),
        Spec(Text("95% 的情形：最多", "95% of outcomes, to"), lambda r: r.high, "integer"),
        Spec(Text("全部补足的比例", "All filled in"), lambda r: r.full.share, "percent"),
        Spec(Text("95% 区间下限", "95% interval, from"), lambda r: r.full.low, "percent"),
        Spec(Text("95% 区间上限", "95% interval, to"), lambda r: r.full.high, "percent"),
    ]
    return Grid(Text("各县", "counties"), Text("各县补足情况", "Seats filled by county"),
                fill(specs, found.counties, lang), frozen=1)


def outcomes(found: Simulation, lang: Lang) -> Grid:
    """Return how many draws came to each number of arrivals and of filled seats."""
    values = sorted({*found.arrived.counts, *found.filled.counts})
    specs = [
        Spec(Text("人数", "Number"), lambda v: v, "integer"),
        Spec(Text("到岗：次数", "Arrived: draws"), lambda v: found.arrived.counts.get(v, 0), "integer"),
        Spec(Text("递补后补足：次数", "Filled in the end: draws"), lambda v: found.filled.counts.get(v, 0), "integer"),
    ]
    return Grid(Text("分布", "outcomes"), Text("到岗和补足的分布", "How arrivals and filled seats are spread"),
                fill(specs, values, lang))


SHEETS: Mapping[str, Make] = {"reserve": posts, "reserve_order": order, "reserve_needed": lists, "to_choose": kinds,
                              "rules": rules, "counties": counties, "outcomes": outcomes}
"""By the name of the CSV file, in the order of the workbook."""
