"""Small lawful workbooks for tests of reading, to be changed in one place at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from matching.domain.findings import Finding
from matching.domain.sheets import BY_KEY
from matching.tables import read
from matching.tables.reading import Reading

Sheets = dict[str, list[dict[str, Any]]]
TODAY = date(2026, 8, 1)


def sheets() -> Sheets:
    """Sites S1 (sends), R1 (receives) and B1 (both), two needs and two teachers, by Chinese headings."""
    places = [("S1", "城关小学", "派出"), ("R1", "河口小学", "受援"), ("B1", "镇中心小学", "双重")]
    return {
        "学校": [{"学校编号*": i, "学校名称": name, "角色": role, "学段": "小学", "县(市、区)": "甲县",
                  "市(州)": "东市", "办学联合体": "联合体一", "经度": 103.8, "纬度": 36.1} for i, name, role in places],
        "需求": [{"岗位编号": i, "受援学校编号": site, "学科": "数学", "学段": "小学", "人数": 1}
                 for i, site in (("N1", "R1"), ("N2", "B1"))],
        "教师": [{"教师编号": i, "姓名": name, "派出学校编号": "S1", "出生年月": "1985-10", "学段": "小学",
                  "主教学科": "数学", "职称": "一级", "骨干级别": "无", "锁定岗位": None}
                 for i, name in (("T1", "张甲"), ("T2", "李乙"))],
    }


def headings(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Every key of the rows, in order."""
    return list(dict.fromkeys(key for row in rows for key in row))


def save(path: Path, book: Sheets) -> Path:
    """Write a workbook; the n-th row from 0 stands in Excel's row n + 2."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as out:
        for name, rows in book.items():
            page = out.add_worksheet(name)
            heads = headings(rows)
            page.write_row(0, 0, heads)
            for at, row in enumerate(rows, 1):
                page.write_row(at, 0, [row.get(key) for key in heads])
    return path


def save_csv(folder: Path, book: Sheets, encoding: str = "utf-8-sig") -> Path:
    """Write a folder of CSV files, named by key."""
    folder.mkdir()
    keys = {sheet.zh: key for key, sheet in BY_KEY.items()}
    for name, rows in book.items():
        with (folder / f"{keys.get(name, name)}.csv").open("w", encoding=encoding, newline="") as file:
            out = csv.DictWriter(file, headings(rows))
            out.writeheader()
            out.writerows(rows)
    return folder


def save_json(path: Path, book: Sheets) -> Path:
    """Write one JSON file."""
    path.write_text(json.dumps(book, ensure_ascii=False, default=date.isoformat), encoding="utf-8")
    return path


def reading(tmp_path: Path, book: Sheets) -> Reading:
    """Write a workbook and read it."""
    return read(save(tmp_path / "in.xlsx", book), today=TODAY)


def of(findings: Sequence[Finding], code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in findings if finding.code == code]
