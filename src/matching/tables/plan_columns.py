"""The columns of the sheet 安置明细 (`placements`), which reports write and `read_plan` reads back."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.text import Text
from matching.domain.vocabulary import Term, Vocabulary

PLACEMENT_SHEET = Text("安置明细", "placements")


class PlanColumn(NamedTuple):
    """One column: its key and its headings in both languages."""

    key: str
    zh: str
    en: str


PLACEMENT_COLUMNS = (
    PlanColumn("teacher", "教师编号", "Teacher ID"),
    PlanColumn("name", "姓名", "Name"),
    PlanColumn("from_site", "派出学校编号", "From site ID"),
    PlanColumn("from_name", "派出学校", "From"),
    PlanColumn("need", "岗位编号", "Post ID"),
    PlanColumn("to_site", "受援学校编号", "To site ID"),
    PlanColumn("to_name", "受援学校", "To"),
    PlanColumn("county", "受援县(市、区)", "Receiving county"),
    PlanColumn("subject", "岗位学科", "Post subject"),
    PlanColumn("stage", "岗位学段", "Post stage"),
    PlanColumn("title", "职称", "Title"),
    PlanColumn("backbone", "骨干级别", "Backbone level"),
    PlanColumn("mode", "支教形式", "Mode"),
    PlanColumn("term", "期限(学年)", "Term (school years)"),
    PlanColumn("km", "公里", "km"),
    PlanColumn("yuan", "补助(元)", "Subsidy (yuan)"),
    PlanColumn("preference", "满足意向", "Wish met"),
    PlanColumn("subject_fit", "学科匹配", "Subject fit"),
    PlanColumn("stage_fit", "学段匹配", "Stage fit"),
    PlanColumn("locked", "锁定", "Locked"),
)
"""In the order of the sheet. Subject and stage are the post's; title and backbone the teacher's."""

SUBJECT_FIT = Vocabulary("subject_fit", (Term("main", "主教"), Term("alt", "兼教"), Term("none", "不匹配")))
STAGE_FIT = Vocabulary("stage_fit", (Term("main", "主学段"), Term("other", "其他学段"), Term("none", "不匹配")))
