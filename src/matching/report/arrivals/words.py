"""A simulation in sentences, for the screen and the page."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from matching.domain.text import Text
from matching.policy.conditions import Conditions
from matching.policy.literals import decimal as exact
from matching.report.words import goal_word, percent
from matching.scenarios.arrivals.model import ONE, Arrivals
from matching.scenarios.arrivals.records import Chance, Spread
from matching.scenarios.arrivals.result import Simulation, Variant
from matching.scenarios.arrivals.tails import TINY

FINE = 0.005
"""Chances nearer to 0 or 1 than this are told with two decimals."""
IN_THE_WAY = 3
"""How many rules that keep people from vacant seats are named in a sentence."""


def number(value: float) -> str:
    """Return a mean with two decimals."""
    return f"{value:,.2f}"


def small(value: float) -> str:
    """Return a difference with its sign, two decimals; what rounds to nothing as 0."""
    return "0" if abs(value) < 0.005 else f"{value:+,.2f}"


def between(chance: Chance) -> Text:
    """Return a chance with its interval."""
    digits = 2 if chance.high < FINE or chance.low > 1 - FINE else 1
    share, low, high = (percent(value, digits) for value in (chance.share, chance.low, chance.high))
    return Text(f"{share}（95% 区间 {low} 至 {high}）", f"{share} (95% interval {low} to {high})")


def stated(chance: float) -> str:
    """Return the stated chance: ``95%``, ``99.5%``."""
    return f"{100 * chance:.4g}%"


def mean_words(spread: Spread) -> Text:
    """Return a mean with its interval, and where the outcome itself lies."""
    mean, low, high = number(spread.mean), number(spread.mean_low), number(spread.mean_high)
    return Text(f"平均 {mean}（平均数的 95% 区间 {low} 至 {high}）；"
                f"每一百次约有九十五次在 {spread.low:,} 到 {spread.high:,} 之间",
                f"{mean} on average (95% interval of the mean {low} to {high}); in some 95 of 100 outcomes between "
                f"{spread.low:,} and {spread.high:,}")


def sentences(found: Simulation) -> Iterator[Text]:
    """Yield what the simulation comes to, one sentence a line."""
    plan, planned, seats, draws = found.plan.plan, f"{found.planned:,}", f"{found.seats:,}", f"{found.draws:,}"
    yield Text(f"方案 {plan} 安置 {planned} 人（共需 {seats} 人），模拟 {draws} 次。",
               f"Plan {plan} places {planned} ({seats} seats are asked for); {draws} draws.")
    arrived, filled = mean_words(found.arrived), mean_words(found.filled)
    yield Text(f"到岗人数：{arrived.zh}；按公式的准确平均数是 {number(found.expected[0])}。",
               f"Arrive: {arrived.en}; the exact mean by formula is {number(found.expected[0])}.")
    yield Text(f"由候补递补后，补足的岗位：{filled.zh}。", f"Filled once the reserve has stepped in: {filled.en}.")
    yield _sure(found)
    yield _hard(found)
    yield from _reserve(found)
    yield from _numbers(found)
    if found.variant is not None:
        yield variant_words(found.variant)


def _sure(found: Simulation) -> Text:
    tested, said = between(found.sure.tested), stated(found.chance)
    return Text(f"有 {said} 的把握至少补足 {found.sure.seats:,} 个岗位；换一批新的抽样检验，做到的占 {tested.zh}。",
                f"With a chance of {said} at least {found.sure.seats:,} seats are filled; on fresh draws it came true "
                f"in {tested.en}.")


def _hard(found: Simulation) -> Text:
    chance = between(found.any_hard)
    return Text(f"递补后仍有硬性规则不成立的：{chance.zh}。", f"Some hard rule does not hold in the end: {chance.en}.")


def _reserve(found: Simulation) -> Iterator[Text]:
    reserve, many = found.reserve, len(found.reserve.teachers)
    full = between(reserve.all_full)
    yield Text(f"候补共 {many:,} 人，都用上时，方案的全部岗位都补足的占 {full.zh}。",
               f"There are {many:,} in reserve; with all of them every seat of the plan is filled in {full.en}.")
    blocking = sorted((r for r in found.rules if r.in_the_way >= FINE), key=lambda r: -r.in_the_way)[:IN_THE_WAY]
    if blocking:
        titles = [(found.policy.rule(r.rule).title, f"{r.in_the_way:,.2f}") for r in blocking]
        zh, en = ("、".join(f"“{t.zh}”（每次 {n} 人次）" for t, n in titles),
                  ", ".join(f'"{t.en}" ({n} times a draw)' for t, n in titles))
        yield Text(f"有空岗、有候补人选却不能补，是因为补上会违反 {zh}。",
                   f"What keeps people in reserve from vacant seats that they could take: {en}.")
    if many:
        tested, said = between(reserve.tested), stated(found.chance)
        yield Text(f"其中 {reserve.number:,} 人就够：有 {said} 的把握，凡全部候补能补上的岗位，他们都能补上；"
                   f"换一批新的抽样检验，做到的占 {tested.zh}。",
                   f"Of these {reserve.number:,} suffice: with a chance of {said} they fill every seat that the whole "
                   f"reserve could; on fresh draws it came true in {tested.en}.")


def _numbers(found: Simulation) -> Iterator[Text]:
    one, kinds, said = found.number, found.kinds, stated(found.chance)
    if one.number is None or one.tested is None:
        yield Text(f"按这样的到岗率，选多少人也不能有 {said} 的把握让 {one.seats:,} 人到岗。",
                   f"At these rates no number gives a chance of {said} that {one.seats:,} arrive.")
    else:
        tested = between(one.tested)
        more = max(0, one.number - one.there)
        extra = (Text(f"，比现有的多 {more:,} 人", f", {more:,} more than there are") if more else Text("", ""))
        yield Text(f"要有 {said} 的把握让 {one.seats:,} 人到岗，若谁都能顶任何岗位，最少选 {one.number:,} 人{extra.zh}"
                   f"（准确概率 {percent(one.reached, 2)}）；换一批新的抽样检验，做到的占 {tested.zh}。",
                   f"For {one.seats:,} to arrive with a chance of {said}, could everybody take any seat, choose "
                   f"{one.number:,} at the least{extra.en} (exact chance {percent(one.reached, 2)}); on fresh draws it "
                   f"came true in {tested.en}.")
    if kinds.reached < found.chance - TINY:
        return
    tested = between(kinds.tested)
    yield Text(f"若各学段学科互不替代、各自备足，共选 {kinds.number:,} 人（准确概率 {percent(kinds.reached, 2)}）；"
               f"换一批新的抽样检验，做到的占 {tested.zh}。",
               f"If no stage and subject stands in for another and each has its own spare people, choose "
               f"{kinds.number:,} in all (exact chance {percent(kinds.reached, 2)}); on fresh draws it came true in "
               f"{tested.en}.")


def variant_words(variant: Variant) -> Text:
    """Return whether the plan made for drop-out is any better."""
    if variant.note is not None:
        return variant.note
    if variant.worth is None or variant.seats is None:
        return Text("没有可比的方案。", "There is no plan to compare.")
    if not variant.moved:
        return Text("把不到岗也算进去再求，得到的还是原方案。",
                    "Solved again with drop-out in mind, the plan is the plain one.")
    worth, seats = variant.worth, variant.seats
    zh = (f"按不到岗的情形另求的方案有 {variant.moved:,} 人岗位不同；在同一批新的抽样上，补足的岗位与原方案平均相差 "
          f"{small(seats.mean)} 个（95% 区间 {small(seats.low)} 至 {small(seats.high)}），按目标的权重相差 "
          f"{small(worth.mean)}（{small(worth.low)} 至 {small(worth.high)}）")
    en = (f"The plan made for drop-out has other posts for {variant.moved:,}; on the same fresh draws it fills "
          f"{small(seats.mean)} seats compared with the plain one (95% interval {small(seats.low)} to "
          f"{small(seats.high)}), {small(worth.mean)} as the goal weighs them ({small(worth.low)} to "
          f"{small(worth.high)})")
    if variant.better:
        cost = _cost(variant)
        return Text(f"{zh}：到岗打折扣后确实更好{cost.zh}。", f"{en}: under drop-out it is better{cost.en}.")
    return Text(f"{zh}：看不出更好，不值得换。", f"{en}: no better that could be told, and not worth changing to.")


def _cost(variant: Variant) -> Text:
    """Return what the policy's goals become, everybody arriving; nothing where they stay."""
    changed = [g for g in variant.goals if g.plain != g.variant]
    if not changed:
        return Text("，各目标的计划值不变", "; the goals as planned stay as they are")
    zh = "，".join(f"{goal_word(g.goal, 'zh')}由 {g.plain:,} 变为 {g.variant:,}" for g in changed)
    en = ", ".join(f"{goal_word(g.goal, 'en')} from {g.plain:,} to {g.variant:,}" for g in changed)
    return Text(f"；代价是计划的 {zh}", f"; its price, as planned: {en}")


def model_words(model: Arrivals) -> Iterator[Text]:
    """Yield what the model says, one line each."""
    yield Text(f"到岗率 {share(model.rate)}", f"rate {share(model.rate)}")
    for group in model.groups:
        when, rate = _when(group.when), share(group.rate)
        yield Text(f"其中 {when}：{rate}", f"of whom {when}: {rate}")
    for row in model.odds:
        when, by = _when(row.when), exact(row.times)
        yield Text(f"{when}：到岗的胜算乘 {by}", f"{when}: odds times {by}")
    if model.distance.per_100_km != ONE:
        by = exact(model.distance.per_100_km)
        yield Text(f"每远 100 公里，胜算乘 {by}", f"each 100 km: odds times {by}")
    for band in model.distance.bands:
        end = Text("更远", "farther") if band.up_to is None else Text(f"{exact(band.up_to)} 公里以内",
                                                                     f"up to {exact(band.up_to)} km")
        yield Text(f"{end.zh}：胜算乘 {exact(band.times)}", f"{end.en}: odds times {exact(band.times)}")
    yield from _wish(model)
    if model.reserve != ONE:
        by = exact(model.reserve)
        yield Text(f"临时递补的：胜算乘 {by}", f"asked late, from the reserve: odds times {by}")
    if model.mean is not None:
        mean = share(model.mean)
        yield Text(f"整体调到平均到岗率 {mean}", f"shifted as a whole to a mean rate of {mean}")


def _wish(model: Arrivals) -> Iterator[Text]:
    wish = model.wish
    names = (Text("第一意向", "first wish"), Text("第二意向", "second wish"), Text("第三意向", "third wish"),
             Text("不在意向内", "none of the wishes"))
    for name, times in zip(names, (wish.first, wish.second, wish.third, wish.none), strict=True):
        if times != ONE:
            yield Text(f"{name.zh}：胜算乘 {exact(times)}", f"{name.en}: odds times {exact(times)}")


def _when(conditions: Conditions) -> str:
    return " | ".join(c.text for c in conditions)


def share(rate: Fraction) -> str:
    """Return a rate in percent, exact where it is a short decimal."""
    text = exact(rate * 100)
    return f"{text if '/' not in text and len(text) < 8 else f'{float(rate * 100):.4g}'}%"
