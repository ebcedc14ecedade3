"""Ten posts and fifteen teachers."""

from __future__ import annotations

from datetime import date

from instances.generator.records import record

from matching.domain.records import LedgerRow, Need, Teacher


def needs() -> tuple[Need, ...]:
    """Return the posts, 13 seats in all."""
    return (
        record(Need, need_id="N1", site_id="R1", subject="math", stage="primary", count=3, weekly_hours=16, priority=1),
        record(Need, need_id="N2", site_id="R1", subject="chinese", stage="primary", count=1, weekly_hours=14,
               min_title="first", backbone_required="yes", priority=2),
        record(Need, need_id="N3", site_id="R2", subject="physics", alt_subjects=("science",), stage="junior", count=1,
               weekly_hours=12, priority=1),
        record(Need, need_id="N4", site_id="R2", subject="english", stage="junior", count=1, total_hours=120,
               modes=("resident", "part_time"), priority=3),
        record(Need, need_id="N5", site_id="R3", subject="chinese", stage="primary", count=2, weekly_hours=15,
               priority=1),
        record(Need, need_id="N6", site_id="R3", subject="足球", alt_subjects=("pe",), stage="primary", count=1,
               language="普通话", priority=4),
        record(Need, need_id="N7", site_id="R4", subject="math", stage="junior", count=1, total_hours=60,
               modes=("online",), priority=3),
        record(Need, need_id="N8", site_id="R4", post_type="secondment", subject="management", stage="junior", count=1,
               term=0.5, min_title="senior", priority=2, note="副校长"),
        record(Need, need_id="N9", site_id="S2", post_type="shadowing", subject="english", stage="junior", count=1,
               term=0.5, priority=5),
        record(Need, need_id="N10", site_id="S3", subject="math", stage="primary", count=1, priority=3),
    )


def teachers() -> tuple[Teacher, ...]:
    """Return the teachers; README.md says where each can go, and why nowhere else."""
    return (*_of_s1(), *_of_s2(), *_others())


def _of_s1() -> tuple[Teacher, ...]:
    return (
        record(Teacher, teacher_id="T01", name="甲老师", home_site="S1", gender="male", birth=date(1986, 3, 1),
               stages=("primary",), subject="math", title="first", title_since=date(2015, 12, 1), backbone="county",
               joined=date(2009, 8, 1), appraisals=("excellent", "pass", "pass"), pref_1="N1", pref_2="青山县"),
        record(Teacher, teacher_id="T02", name="乙老师", home_site="S1", gender="female", birth=date(1994, 10, 1),
               stages=("primary",), subject="math", title="second", backbone="none", joined=date(2017, 8, 1),
               promotion_need=True, pref_1="R1", group="夫妻甲"),
        record(Teacher, teacher_id="T03", name="丙老师", home_site="S1", gender="male", birth=date(1992, 5, 1),
               stages=("primary",), subject="chinese", title="first", title_since=date(2022, 12, 1), backbone="county",
               joined=date(2015, 8, 1), pref_1="R1", group="夫妻甲"),
        record(Teacher, teacher_id="T04", name="丁老师", home_site="S1", gender="female", birth=date(1979, 1, 1),
               stages=("primary",), subject="chinese", title="senior", title_since=date(2014, 12, 1), backbone="none",
               honours=("市级学科带头人",), joined=date(2001, 8, 1), rural_years=2.0, rural_until=date(2004, 7, 1),
               pref_1="N2", pref_2="高原县", score=92.5),
        record(Teacher, teacher_id="T15", name="辰老师", home_site="S1", gender="female", birth=date(1990, 7, 1),
               stages=("primary",), subject="math", title="first", backbone="none", deferred=True,
               deferred_reason="产假"),
    )


def _of_s2() -> tuple[Teacher, ...]:
    return (
        record(Teacher, teacher_id="T05", name="戊老师", home_site="S2", gender="male", birth=date(1995, 2, 1),
               stages=("junior",), subject="physics", alt_subjects=("math",), title="second", backbone="none",
               modes=("resident", "online"), max_km=60.0, pref_1="N3"),
        record(Teacher, teacher_id="T06", name="己老师", home_site="S2", gender="male", birth=date(1984, 9, 1),
               stages=("junior",), subject="physics", title="first", backbone="none", mandatory=True),
        record(Teacher, teacher_id="T07", name="庚老师", home_site="S2", gender="female", birth=date(1982, 4, 1),
               stages=("junior", "primary"), subject="english", title="first", backbone="county",
               modes=("part_time",), max_hours=120),
        record(Teacher, teacher_id="T08", name="辛老师", home_site="S2", gender="female", birth=date(1991, 11, 1),
               stages=("junior",), subject="english", title="first", backbone="none", status="pending"),
        record(Teacher, teacher_id="T12", name="丑老师", home_site="S2", gender="male", birth=date(1976, 6, 1),
               stages=("junior",), subject="management", title="senior", backbone="none", duty="副校长",
               post_types=("secondment",), pref_1="高原县", programme="校长挂职"),
        record(Teacher, teacher_id="T14", name="卯老师", home_site="S2", gender="female", birth=date(1988, 8, 1),
               stages=("junior",), subject="math", title="first", backbone="none", modes=("online",)),
    )


def _others() -> tuple[Teacher, ...]:
    return (
        record(Teacher, teacher_id="T09", name="壬老师", home_site="S3", gender="male", birth=date(1989, 12, 1),
               stages=("primary",), subject="chinese", title="first", backbone="none", languages=("藏语",),
               home_county="高原县", lock_need="N5", last_need="N5"),
        record(Teacher, teacher_id="T10", name="癸老师", home_site="R2", gender="female", birth=date(1998, 1, 1),
               stages=("junior",), subject="english", title="second", backbone="none",
               post_types=("teaching", "shadowing"), pref_1="S2"),
        record(Teacher, teacher_id="T11", name="子老师", home_site="S3", gender="male", birth=date(1996, 6, 1),
               stages=("primary",), subject="足球", alt_subjects=("pe",), title="second", backbone="none"),
        record(Teacher, teacher_id="T13", name="寅老师", home_site="S3", gender="female", birth=date(1987, 3, 1),
               stages=("primary",), subject="math", alt_subjects=("chinese",), title="first", backbone="none",
               avoid_sites=("R3",), pref_1="青山县"),
    )


def ledger() -> tuple[LedgerRow, ...]:
    """Return service that the part-time teacher has given already."""
    return (LedgerRow("T07", "R2", date(2026, 3, 16), "授课", 6.0, "课表"),)
