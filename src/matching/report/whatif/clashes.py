"""Which rules clash where there is no plan: for the screen, the page and the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.domain.text import Lang, Text
from matching.explain.conflicts.conflict import Diagnosis
from matching.policy.model import Policy
from matching.report.clash import clash_lines
from matching.report.whatif.words import point_words, scenario_name
from matching.report.xlsx.grid import Column, Grid
from matching.scenarios.whatif import Clash, Compared, WhatIf

SHEET = Text("规则冲突", "rules that clash")


class Told(NamedTuple):
    """Where there is no plan, and what is said of it: lines, each with those that belong to it."""

    head: str
    lines: list[tuple[str, list[str]]]


def clashes_told(found: WhatIf | None, compared: Compared | None, lang: Lang) -> list[Told]:
    """Return what is said of the first values without a plan, and of scenarios without one.

    That the rules cannot all hold, as `clash_lines` begin, is what the head says already.
    """
    return [*(_of_points(found, lang) if found else ()), *(_of_scenarios(compared, lang) if compared else ())]


def _of_points(found: WhatIf, lang: Lang) -> Iterator[Told]:
    for clash in found.clashes:
        lines = clash_lines(found.instance, clash.policy, clash.diagnosis, lang)
        yield Told(_head(found, clash).get(lang), nested(lines[1:]))


def _head(found: WhatIf, clash: Clash) -> Text:
    value = point_words(found, clash.point)
    if len(found.knobs) == 1 and found.knobs[0].tight:
        return Text(f"所列取值中，从 {value} 起规则无法同时满足",
                    f"Of the values asked for, the rules fail from {value} on")
    return Text(f"取 {value} 时规则无法同时满足", f"At {value} the rules cannot all hold")


def _of_scenarios(compared: Compared, lang: Lang) -> Iterator[Told]:
    several = len({o.point.seed for o in compared.outcomes}) > 1
    for outcome in compared.outcomes:
        if outcome.diagnosis is not None:
            lines = clash_lines(outcome.instance, outcome.policy, outcome.diagnosis, lang)
            name = scenario_name(outcome, several)
            yield Told(Text(f"情形“{name.zh}”：规则无法同时满足",
                            f"Scenario {name.en!r}: the rules cannot all hold").get(lang), nested(lines[1:]))


def nested(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return lines, each with those below it that begin with blanks."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(" ") and found:
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def rules_named(policy: Policy, diagnosis: Diagnosis | None, lang: Lang) -> str:
    """Return the rules that clash, by id and title; a dash without any."""
    if diagnosis is None:
        return "—"
    named = dict.fromkeys(label.rule for conflict in diagnosis.conflicts for label in conflict.rules)
    unknown = Text("时限内没有查明", "not found in time").get(lang)
    words = [f"{rule}（{policy.rule(rule).title.zh}）" if lang == "zh" else f"{rule} ({policy.rule(rule).title.en})"
             for rule in named]
    return Text("、", ", ").get(lang).join(words) or unknown


def clash_grid(told: Sequence[Told], lang: Lang) -> Grid:
    """Return the sheet of what clashes, a line a row."""
    rows = [(one.head, line, below) for one in told for above, under in one.lines
            for line, below in [(above, ""), *(("", each) for each in under)]]
    heads = [row[0] if at == 0 or rows[at - 1][0] != row[0] else "" for at, row in enumerate(rows)]
    columns = [Column(Text("哪里", "Where").get(lang), heads, "wrap", widest=30),
               Column(Text("说明", "What is found").get(lang), [row[1] for row in rows], "wrap", widest=60),
               Column(Text("规则与分组", "Rules and groups").get(lang), [row[2] for row in rows], "wrap", widest=70)]
    return Grid(SHEET, Text("规则冲突与放宽办法", "Rules that clash, and ways out"), columns,
                note=Text("没有方案的取值或情形：哪些规则互相冲突，怎样放宽就可行。",
                          "Values or scenarios without a plan: which rules clash, and what would do."))
