"""Posts that the pupils of a stage call for, beside the stated needs (readings 47)."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import NamedTuple

from matching.audit.staffing import strengths
from matching.domain.instance import Instance
from matching.domain.text import Text
from matching.policy.model import Staffing
from matching.studies.case import Case
from matching.studies.study import Column, Study


class StaffingRow(NamedTuple):
    """One stage of one site under one staffing rule.

    `posts` are pupils over `per_post`, rounded up; `estimated` is posts less staff; `stated` the seats asked for there,
    `filled` those that the plan fills. `estimated` is None where no staff is given.
    """

    site: str
    stage: str
    pupils: int
    per_post: float
    posts: int
    staff: int | None
    estimated: int | None
    stated: int
    filled: int
    short: bool
    rule: str


COLUMNS = (
    Column("site", Text("学校", "School"), "site"),
    Column("stage", Text("学段", "Stage"), "stage"),
    Column("pupils", Text("学生数", "Pupils"), "integer"),
    Column("per_post", Text("生师比标准", "Pupils per post"), "number"),
    Column("posts", Text("应有教师数", "Posts called for"), "integer"),
    Column("staff", Text("现有教师数", "Staff"), "integer"),
    Column("estimated", Text("测算缺口", "Estimated need"), "integer"),
    Column("stated", Text("申报需求", "Stated need"), "integer"),
    Column("filled", Text("已安置", "Filled"), "integer"),
    Column("short", Text("申报少于测算", "Stated below estimate"), "yes_no"),
    Column("rule", Text("依据规则", "Rule"), "rule"),
)


def rows(case: Case) -> tuple[StaffingRow, ...]:
    """Return one row for each staffing rule and site with pupils of its stage, in the order of the sites."""
    asked = Counter[tuple[str, str]]()
    for need in case.instance.needs:
        asked[need.site_id, need.stage] += need.count
    filled = Counter(_place(case.instance, p.need) for p in case.placements)
    return tuple(
        _row(rule, site.site_id, pupils, staff, asked, filled)
        for rule in case.policy.active(Staffing)
        for site, pupils, staff in strengths(case.instance, rule.stage) if pupils is not None)


def _place(instance: Instance, need_id: str) -> tuple[str, str]:
    need = instance.need[need_id]
    return need.site_id, need.stage


def _row(rule: Staffing, site: str, pupils: int, staff: int | None, asked: Counter[tuple[str, str]],
         filled: Counter[tuple[str, str]]) -> StaffingRow:
    posts = ceil(pupils / rule.pupils_per_post)
    estimated = None if staff is None else posts - staff
    stated = asked[site, rule.stage]
    return StaffingRow(site, rule.stage, pupils, float(rule.pupils_per_post), posts, staff, estimated, stated,
                       filled[site, rule.stage], estimated is not None and estimated > stated, rule.id)


STAFFING = Study("staffing", Text("师资测算", "Staffing by pupils"), COLUMNS, rows)
