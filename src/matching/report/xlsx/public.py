"""公示名单: what may be posted on a wall, and nothing else."""

from __future__ import annotations

from matching.domain.text import Lang, Text
from matching.report.content import Report
from matching.report.words import level_word, mode_word, school_years, stage_word, title_word, word
from matching.report.xlsx.grid import Grid, Spec, fill

NAME = Text("公示名单", "public list")
EMPTY = Text("没有安置任何教师。", "Nobody was placed.")
SPECS = (
    Spec(Text("序号", "No."), lambda r: r[0], "plain"),
    Spec(Text("姓名", "Name"), lambda r: r[1]),
    Spec(Text("派出学校", "From"), lambda r: r[2]),
    Spec(Text("职称", "Title"), lambda r: r[3], "centre"),
    Spec(Text("骨干级别", "Backbone"), lambda r: r[4], "centre"),
    Spec(Text("学科", "Subject"), lambda r: r[5], "centre"),
    Spec(Text("学段", "Stage"), lambda r: r[6], "centre"),
    Spec(Text("受援学校", "To"), lambda r: r[7]),
    Spec(Text("支教形式", "Mode"), lambda r: r[8], "centre"),
    Spec(Text("期限", "Period"), lambda r: r[9], "centre"),
)


def public(report: Report, lang: Lang) -> Grid:
    """Return the public list: no id, phone, birth date, health, deferral or score."""
    rows = [_row(report, i, lang) for i in range(len(report.plan.placements))]
    policy = report.policy.title
    title = Text(f"{policy.zh}：教师安置公示名单", f"{policy.en}: public list of placements")
    return Grid(NAME, title, fill(SPECS, rows, lang), empty=EMPTY, frozen=2)


def _row(report: Report, index: int, lang: Lang) -> tuple[str | int, ...]:
    instance, placement = report.instance, report.plan.placements[index]
    teacher, need = instance.teacher[placement.teacher], instance.need[placement.need]
    return (index + 1, teacher.name, instance.site[teacher.home_site].name, title_word(teacher.title, lang),
            level_word(instance.backbone_level(teacher), lang),
            word(instance.vocabularies["subject"], need.subject, lang), stage_word(need.stage, lang),
            instance.site[need.site_id].name, mode_word(placement.mode, lang), school_years(need.term, lang))
