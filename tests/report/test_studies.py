"""The studies in the workbook and on the page."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from matching.domain.text import Lang
from matching.policy.model import Credit, Quota, Require, Staffing
from matching.report import Report, write_report_xlsx
from matching.report.page.page import page
from matching.report.page.studies import MOST, studies
from matching.report.studies import NOTES, told
from matching.report.xlsx.book import SHEETS
from matching.scoring import Candidate, rank, score
from matching.studies import STUDIES
from tests import builders as b
from tests.report.test_page import Nesting
from tests.report.test_xlsx import one_teacher, rows
from tests.studies.cases import TITLE, case, policy, served, when

ALL = ["师资测算", "学科风险", "选派质量", "派出人员构成", "课时台账", "年限折算", "轮岗任务", "意向满足情况",
       "互换建议", "待核实"]
RULES = policy(
    Staffing(id="ratio", title=TITLE, stage="primary", pupils_per_post=Fraction(19)),
    Credit(id="half", title=TITLE, activity="placement", unit="years", amount=Fraction(2)),
    Credit(id="listening", title=TITLE, activity="听课", unit="class_hours", amount=Fraction(1),
           min_per_term=Fraction(10)),
    Quota(id="hours", title=TITLE, measure="class_hours", per=("teacher_id",), at_least=Fraction(120),
          enforce="report"),
    Quota(id="tenth", title=TITLE, of="eligible", at_least=Fraction(1, 10), enforce="report"),
    Require(id="age", title=TITLE, that=when("age <= 45"), enforce="report"),
)


def made() -> Report:
    """Two teachers who would trade places; the first teaches PE, came last year, and has no birth date."""
    sites = [b.site("S1", "sender", name="一小"), b.site("S2", "sender", name="二小"),
             b.site("H1", "receiver", name="甲小", pupils=100, staff=1), b.site("H2", "receiver", name="乙小")]
    needs = [b.need(f"N{k}", f"H{k}", subject="pe", total_hours=30, weekly_hours=6, term=0.5) for k in (1, 2)]
    people = [b.teacher("T1", "S1", name="张三", subject="pe", joined=date(2026, 2, 1), pref_1="H2"),
              b.teacher("T2", "S2", name="李四", subject="pe", pref_2="H1", birth=date(1990, 1, 1)),
              b.teacher("T3", "S1", name="王五", subject="chinese", alt_subjects=("pe",), birth=date(1990, 1, 1))]
    found = case(b.instance(sites, needs, people, staffing=[b.staffing("S1", subject="pe", staff=1)],
                            ledger=[served("T1", "听课", 4, date(2026, 3, 1))]), RULES, ("T1", "N1"), ("T2", "N2"))
    plans = [Candidate(found.plan, "main", score(found.instance, RULES, found.plan))]
    return Report(found.instance, RULES, rank(RULES, plans))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("studies") / "report.xlsx"
    write_report_xlsx(file, made())
    return file


def test_every_study_is_explained() -> None:
    assert set(NOTES) == set(STUDIES)


def test_each_study_has_a_sheet_behind_the_contracts(path: Path) -> None:
    assert openpyxl.load_workbook(path).sheetnames[len(SHEETS):] == ALL


@pytest.mark.parametrize(("sheet", "row"), [
    ("师资测算", ["H1", "甲小", "小学", 100, 19, 6, 1, 5, 1, 1, "是", "规则"]),
    ("学科风险", ["S1", "一小", "小学", "体育", 1, 1, 0, 0, 0, "该学科将无人任教"]),
    ("选派质量", ["T1", "张三", "S1", "一小", "N1", "甲小 体育", "到本校不满一年、任教非主要学科", "王五（T3）"]),
    ("派出人员构成", ["职称", "一级", 2, 1]),
    ("课时台账", ["T2", "李四", 0, 6, 6, 120, "是", 114, None]),
    ("年限折算", ["T1", "张三", "N1", "甲小 体育", 0.5, 1]),
    ("轮岗任务", ["S1", "一小", 2, 1, 1, 0]),
    ("意向满足情况", ["性别", "未填", 2, 0, 0, 0, 2, 0]),
    ("互换建议", [1, "T1", "张三", "N1", "甲小 体育", "N2", "乙小 体育", "意向：未满足→第一意向"]),
    ("待核实", ["规则", "T1", "张三", "教师的出生年月", 2, "是"]),
])
def test_the_first_row_in_words(path: Path, sheet: str, row: list[object]) -> None:
    assert rows(path, sheet)[3] == row


def test_a_blocking_pair_names_the_rule_that_forbids_it(tmp_path: Path) -> None:
    sites = [b.site("S1", "sender", name="一小"), b.site("H1", "receiver", name="甲小", receive_max=1)]
    people = [b.teacher("T1", "S1", name="张三"), b.teacher("T2", "S1", name="李四", pref_1="N2", backbone="city"),
              b.teacher("T3", "S1", name="王五", pref_1="N1", backbone="city")]
    found = case(b.instance(sites, [b.need("N1", "H1"), b.need("N2", "H1")], people), policy(), ("T1", "N1"))
    plans = [Candidate(found.plan, "main", score(found.instance, found.policy, found.plan))]
    write_report_xlsx(tmp_path / "report.xlsx", Report(found.instance, found.policy, rank(found.policy, plans)))
    first, second, third, *_ = rows(tmp_path / "report.xlsx", "稳定性")[3:]
    assert first == ["T3", "王五", None, None, "N1", "甲小 语文", "第一意向", "T1", "张三", "没有，可避免"]
    assert second[:7] == ["T2", "李四", None, None, "N1", "甲小 语文", None]
    assert third[-1]


def test_a_terms_least_is_told_in_words(path: Path) -> None:
    second = rows(path, "课时台账")[4]
    assert second[2:] == [4, 6, 10, 120, "是", 110, "2026 年春季学期听课 4/10"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_names_people_by_school_and_never_by_id(lang: Lang) -> None:
    markup = page(made(), lang)
    assert "studies" in Nesting(markup).ids
    section = markup.split('<section id="studies"')[1].split("</section>")[0]
    assert "张三" in section
    assert not re.search(r"\b[TN][123]\b", section)


def test_a_long_study_is_cut_short_on_the_page() -> None:
    sites = [b.site("S1", "sender"), b.site("H1", "receiver")]
    people = [b.teacher(f"T{i}", "S1", subject="pe") for i in range(20)]
    many = case(b.instance(sites, [b.need("N1", "H1", 20, subject="pe")], people), policy(),
                *((f"T{i}", "N1") for i in range(20)))
    report = Report(many.instance, many.policy, rank(many.policy, [
        Candidate(many.plan, "main", score(many.instance, many.policy, many.plan))]))
    table = next(t for t in studies(report, "zh") if t.id == "selection")
    assert (len(table.rows), table.total) == (MOST, 20)
    assert "共 20 行，其余见 report.xlsx 的“选派质量”表。" in page(report, "zh")


def test_without_anything_to_tell_there_is_neither_sheet_nor_section(tmp_path: Path) -> None:
    plain = one_teacher()
    assert not told(plain)
    write_report_xlsx(tmp_path / "r.xlsx", plain)
    assert len(openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames) == len(SHEETS)
    assert 'id="studies"' not in page(plain, "zh")


def test_neither_scores_nor_deferral_nor_home_counties_are_told(tmp_path: Path) -> None:
    report = made()
    private = {"score": 61.57, "deferred_reason": "孕期", "group": "某组", "home_county": "秘密县"}
    people = tuple(t._replace(**private) for t in report.instance.teachers)
    write_report_xlsx(tmp_path / "r.xlsx", replace(report, instance=replace(report.instance, teachers=people)))
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        text = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    assert not [value for value in map(str, private.values()) if value in text]


def test_the_english_sheets_have_no_chinese_headings(tmp_path: Path) -> None:
    write_report_xlsx(tmp_path / "r.xlsx", made(), "en")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    heads = [str(c) for page in book.worksheets[len(SHEETS):] for r in page.iter_rows(values_only=True, max_row=3)
             for c in r if c]
    assert not [text for text in book.sheetnames + heads if re.search("[\u4e00-\u9fff]", text)]


@pytest.mark.parametrize(("unknown", "zh", "en"), [("refuse", "本次按不符合处理", "not keeping to it"),
                                                   ("accept", "本次按符合处理", "read as keeping to it")])
def test_it_is_said_how_what_is_missing_was_read(unknown, zh, en):
    report = made()
    note = {one.study.id: one.note for one in told(replace(report, policy=replace(RULES, unknown=unknown)))}
    assert zh in note["unverified"].zh
    assert en in note["unverified"].en
    assert "本次" not in note["duty"].zh
