"""The workbook, opened again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from matching.domain.instance import Instance
from matching.domain.plan import Plan
from matching.report import Report, write_report_xlsx
from matching.report.xlsx.grid import display_width
from matching.scoring import Candidate, rank, score
from matching.tables import read_plan
from tests import builders as b
from tests.report.samples import POLICY, sample
from tests.scoring.plans import placement, plan

SHEETS = ["公示名单", "安置明细", "未满足需求", "候补", "配额达标", "受援学校", "派出学校", "方案对比", "数据问题"]
PUBLIC = ["序号", "姓名", "派出学校", "职称", "骨干级别", "学科", "学段", "受援学校", "支教形式", "期限"]


def report_of(instance: Instance, made: Plan) -> Report:
    return Report(instance, POLICY, rank(POLICY, [Candidate(made, "main", score(instance, POLICY, made))]))


def one_teacher(**facts: object) -> Report:
    """One teacher in the only seat."""
    instance = b.instance([b.site("S1", "sender"), b.site("H1", "receiver")], [b.need("N1", "H1")],
                          [b.teacher("T1", "S1", **facts)])
    return report_of(instance, plan("main", placement("T1", "N1", km=38.4, yuan=25000)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_report_xlsx(file, sample(), "zh")
    return file


def rows(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].values]


def test_every_sheet_of_the_contract_in_its_order(path: Path) -> None:
    assert openpyxl.load_workbook(path).sheetnames[:len(SHEETS)] == SHEETS


def test_the_public_list_holds_what_may_be_posted_and_nothing_else(path: Path) -> None:
    made = sample()
    table = rows(path, "公示名单")
    assert table[1] == PUBLIC
    assert len(table) == 2 + len(made.plan.placements)
    first, need = made.instance.teachers[0], made.instance.need[made.plan.placements[0].need]
    assert table[2][:3] == [1, first.name, made.instance.site[first.home_site].name]
    assert table[2][7:] == [made.instance.site[need.site_id].name, "驻点", "1学年"]


def test_private_facts_reach_no_sheet(tmp_path: Path) -> None:
    made = one_teacher(duty="校长", score=61.5, group="某组", deferred_reason="孕期", home_county="秘密县")
    write_report_xlsx(tmp_path / "r.xlsx", made)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        text = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    assert not [word for word in ("校长", "61.5", "某组", "孕期", "秘密县") if word in text]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_placements_can_be_read_back(tmp_path: Path, lang: str) -> None:
    made = sample(30)
    write_report_xlsx(tmp_path / "report.xlsx", made, lang)  # type: ignore[arg-type]
    assert read_plan(tmp_path / "report.xlsx", made.instance).placements == made.plan.placements


@pytest.mark.parametrize("name", ["=1+1", "{=1+1}", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "http://x.example", "001"])
def test_text_is_never_a_formula_a_link_or_a_number(tmp_path: Path, name: str) -> None:
    write_report_xlsx(tmp_path / "r.xlsx", one_teacher(name=name))
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert not [xml for xml in sheets if "<f>" in xml or "<hyperlink" in xml]
    assert name.strip() in strings.replace("_x000D_", "")


def test_sheets_print_on_a4_with_their_headings_on_each_page(path: Path) -> None:
    for page in openpyxl.load_workbook(path):
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.print_title_rows
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_what_falls_short_comes_first_in_colour(path: Path) -> None:
    table = rows(path, "配额达标")
    assert [row[8] for row in table[3:]] == ["否"] * 4 + ["是"] * (len(table) - 7)
    assert openpyxl.load_workbook(path)["配额达标"].conditional_formatting
    county = next(row for row in table if row[2] == "靖远县")
    assert county[:7] == ["各县骨干教师占比", "county-share", "靖远县", 4, 19, "21.1%", "≥ 20%"]


def test_gaps_name_their_cause_and_what_could_be_done(path: Path) -> None:
    made = sample()
    table = rows(path, "未满足需求")
    assert len(table) - 3 == len(made.plan.unfilled)
    assert sum(int(str(row[7])) for row in table[3:]) == sum(line.gap for line in made.plan.unfilled)
    assert all(row[8] and row[-1] for row in table[3:])


def test_reserves_stand_in_the_order_in_which_to_ask(path: Path) -> None:
    table = rows(path, "候补")[3:]
    first = sample().plan.reserve[0]
    assert [(row[0], row[4], row[5]) for row in table[:len(first.teachers)]] == [
        (first.need, place, who) for place, who in enumerate(first.teachers, 1)]


def test_schools_add_up(path: Path) -> None:
    made = sample()
    hosts, homes = rows(path, "受援学校")[3:], rows(path, "派出学校")[3:]
    assert sum(int(str(r[4])) for r in hosts) == made.metrics.seats.whole
    assert sum(int(str(r[5])) for r in hosts) == made.metrics.seats.part == sum(int(str(r[4])) for r in homes)
    assert sum(int(str(r[6])) for r in homes) == len(made.plan.unplaced)


def test_the_best_plan_is_the_first_column(path: Path) -> None:
    made = sample()
    heads = rows(path, "方案对比")[2]
    assert [str(head).split("\n")[-1] for head in heads[1:]] == [p.plan.plan for p in made.ranking.plans]


def test_findings_come_gravest_first(path: Path) -> None:
    assert [row[0] for row in rows(path, "数据问题")[3:]] == ["错误", "警告", "提示"]


def test_empty_sheets_say_so(tmp_path: Path) -> None:
    write_report_xlsx(tmp_path / "r.xlsx", one_teacher())
    assert rows(tmp_path / "r.xlsx", "未满足需求")[-1][0] == "所有岗位都已补足。"
    assert rows(tmp_path / "r.xlsx", "候补")[-1][0] == "没有候补人选。"
    assert rows(tmp_path / "r.xlsx", "数据问题")[-1][0] == "没有发现数据问题。"
    assert len(rows(tmp_path / "r.xlsx", "安置明细")) == 2


def test_a_plan_that_places_nobody_is_written(tmp_path: Path) -> None:
    instance = b.instance([b.site("H1", "receiver")], [b.need("N1", "H1")], [])
    write_report_xlsx(tmp_path / "r.xlsx", report_of(instance, plan("main")))
    assert rows(tmp_path / "r.xlsx", "公示名单")[-1][0] == "没有安置任何教师。"


def test_a_funnel_is_told_by_the_rules_at_which_teachers_drop_out(tmp_path: Path) -> None:
    made = sample()
    need = made.plan.unfilled[0].need
    write_report_xlsx(tmp_path / "r.xlsx", replace(made, funnels={need: [("subject", 9), ("x", 9), ("max-km", 0)]}))
    told = {row[0]: row[9] for row in rows(tmp_path / "r.xlsx", "未满足需求")[3:]}
    assert told[need] == "学科相符 9 → 不超过最远公里 0"


def test_equal_reports_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report_xlsx(tmp_path / name, sample(20))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_english_workbook_has_no_chinese_headings(tmp_path: Path) -> None:
    write_report_xlsx(tmp_path / "r.xlsx", sample(20), "en")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    heads = [str(cell) for page in book for cell in next(page.iter_rows(values_only=True, max_row=1)) if cell]
    assert not [text for text in book.sheetnames + heads if re.search("[\u4e00-\u9fff]", text)]


def test_full_width_characters_are_two_wide() -> None:
    assert display_width("张三a") == 5
