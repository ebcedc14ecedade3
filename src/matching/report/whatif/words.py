"""What a what-if came to, in sentences, and its values as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from matching.domain.text import Lang, Text
from matching.policy.model import Quota
from matching.report.words import decimal, percent
from matching.scenarios.whatif import Edge, Outcome, Point, Step, WhatIf
from matching.scenarios.whatif.knobs import Knob
from matching.scenarios.whatif.values import shown

STATUS = {
    "optimal": Text("已证明最优", "proven optimal"),
    "feasible": Text("可行，未证明最优", "feasible, not proven optimal"),
    "infeasible": Text("规则无法同时满足", "the rules cannot all hold"), "unknown": Text("没有求完", "not solved"),
}
FIELDS = {"at_least": Text("下限", "at least"), "at_most": Text("上限", "at most")}


def is_share(found: WhatIf, knob: Knob) -> bool:
    """Tell whether a knob's values are shares."""
    rule = found.policy.rule(knob.rule) if knob.rule else None
    return isinstance(rule, Quota) and rule.of is not None and knob.field in FIELDS


def value_words(found: WhatIf, knob: Knob, exact: str | None) -> str:
    """Return a value as people read it; a share as a percentage."""
    if exact is None:
        return "—"
    if not is_share(found, knob):
        return f"{int(exact):,}" if exact.lstrip("-").isdecimal() else _decimal(exact)
    share = Fraction(exact)
    told = percent(share, 2).replace(".00%", "%")
    return told if Fraction(told[:-1]) / 100 == share else f"{exact} ({told})"


def _decimal(exact: str) -> str:
    return shown(Fraction(exact)) if exact.replace("/", "").lstrip("-").isdecimal() else exact


def knob_words(found: WhatIf, knob: Knob, lang: Lang) -> str:
    """Return what is varied, in words."""
    if not knob.rule:
        return knob.name
    title = found.policy.rule(knob.rule).title.get(lang)
    field = FIELDS[knob.field].get(lang) if knob.field in FIELDS else knob.field or (knob.number and knob.number.field)
    return Text(f"{title}（{field}）", f"{title} ({field})").get(lang)


def point_words(found: WhatIf, point: Point) -> str:
    """Return a point's values as people read them."""
    return " · ".join(value_words(found, knob, point.values[knob.name]) for knob in found.knobs)


def sentences(found: WhatIf) -> Iterator[Text]:
    """Yield what is worth saying of the curve, the exact values first."""
    for edge in found.edges:
        yield from _edge_words(found, edge)
    steepest = min((b for b in found.curve if _lost(found, b) < 0), key=lambda b: _lost(found, b), default=None)
    if steepest is not None and len(found.knobs) == 1:
        yield _steepest(found, steepest)
    if not found.complete:
        left = sum(not point.final for point in found.points)
        yield Text(f"{left:,} 个取值没有求完，还可能有更好的方案。", f"{left:,} values were not solved to the end.")
    many, solved = len(found.points), len({p.by for p in found.points if p.by == p.key})
    yield Text(f"共看了 {many:,} 个取值，其中 {solved:,} 个单独求解，其余由更宽的取值得出；每个方案都通过了审计。",
               f"{many:,} values were looked at, {solved:,} of which had to be solved; the others follow from looser "
               "ones. Every plan passed the audit.")


def _lost(found: WhatIf, point: Point) -> int:
    step = found.against_before(point)
    return 0 if step is None else step.placed


def _steepest(found: WhatIf, point: Point) -> Text:
    before, step = found.before[point.key], found.against_before(point)
    assert step is not None
    a, b = point_words(found, before), point_words(found, point)
    zh, en = step_words(step)
    return Text(f"安置人数减少最多的一步是从 {a} 到 {b}：{zh}。",
                f"The step that loses most placements is from {a} to {b}: {en}.")


def step_words(step: Step) -> Text:
    """Return what a step changes."""
    fair = "" if step.fair is None else f"，最低县满足率 {100 * step.fair:+.1f} 个百分点"
    fair_en = "" if step.fair is None else f", the worst-off county {100 * step.fair:+.1f} points"
    return Text(f"安置 {step.placed:+,} 人，公里合计 {step.km:+,.1f}，补助 {step.yuan:+,} 元{fair}",
                f"{step.placed:+,} placed, {step.km:+,.1f} km in all, {step.yuan:+,} yuan{fair_en}")


def _edge_words(found: WhatIf, edge: Edge) -> Iterator[Text]:
    (knob,) = found.knobs
    zh, en = knob_words(found, knob, "zh"), knob_words(found, knob, "en")
    what = _WHAT[edge.of]
    if not edge.proven:
        known = "" if edge.last is None else value_words(found, knob, str(edge.last))
        more = Text(f"，只知道到 {known} 还可以", f"; it is known to hold up to {known}") if known else Text("", "")
        yield Text(f"{zh}：{what.zh}的准确界限没有求完{more.zh}。", f"{en}: {what.en} was not found exactly{more.en}.")
    elif edge.unlimited:
        yield Text(f"{zh}：取任何值都{_ALWAYS[edge.of].zh}。", f"{en}: {_ALWAYS[edge.of].en} at every value.")
    elif edge.last is None:
        yield Text(f"{zh}：取任何值，硬性规则都不能同时满足。", f"{en}: at no value can the hard rules all hold.")
    else:
        yield _found_words(found, edge, zh, en)


_WHAT = {
    "fill": Text("补足开始减少", "where fill first drops"),
    "feasible": Text("规则无法同时满足", "where the rules fail"),
}
_ALWAYS = {
    "fill": Text("不影响补足", "fill stays as it is"),
    "feasible": Text("能同时满足各条硬性规则", "the hard rules can hold"),
}


def _found_words(found: WhatIf, edge: Edge, zh: str, en: str) -> Text:
    (knob,) = found.knobs
    last = value_words(found, knob, str(edge.last))
    first = None if edge.first is None else value_words(found, knob, str(edge.first))
    tighter = Text("再高一点" if knob.tight > 0 else "再低一点", "any higher" if knob.tight > 0 else "any lower")
    from_zh = f"{tighter.zh}就" if first is None else f"从 {first} 起"
    from_en = f"at {tighter.en} value" if first is None else f"from {first} on"
    if edge.of == "fill":
        return Text(f"{zh}：到 {last} 为止（含），补足不减；{from_zh}减少。已证明。",
                    f"{en}: up to {last}, itself included, fill does not drop; {from_en} it does. Proven.")
    return Text(f"{zh}：到 {last} 为止（含），硬性规则还能同时满足；{from_zh}无法满足。已证明。",
                f"{en}: up to {last}, itself included, the hard rules can all hold; {from_en} they cannot. Proven.")


def outcome_words(outcome: Outcome) -> Text:
    """Return what a scenario changes, in one line."""
    return Text("；".join(t.zh for t in outcome.told) or "不变", "; ".join(t.en for t in outcome.told) or "nothing")


def scenario_name(outcome: Outcome, several: bool) -> Text:
    """Return what a scenario is called; with its seed where there are several."""
    seed = f" · {outcome.point.seed}" if several else ""
    title = outcome.scenario.title
    return Text(f"{title.zh}（{outcome.scenario.id}）{seed}", f"{title.en} ({outcome.scenario.id}){seed}")


def county_words(point: Point) -> str:
    """Return the county that is worst off, and its share."""
    metrics = point.metrics
    if metrics is None or metrics["lowest_county"] is None:
        return "—"
    return f"{metrics['lowest_county']} {percent(metrics['fair'])}"


def km_words(point: Point) -> str:
    """Return the mean distance."""
    return "—" if point.metrics is None else decimal(point.metrics["km"]["mean"])
