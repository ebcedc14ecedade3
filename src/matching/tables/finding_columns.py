"""The columns of the sheet 数据问题, which marked copies and reports share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from matching.domain.findings import Finding, Severity
from matching.domain.sheets import BY_KEY
from matching.domain.text import Lang, Text
from matching.tables.write_values import sheet_name

FINDING_SHEET = Text("数据问题", "findings")
FINDING_COLUMNS = (Text("程度", "Severity"), Text("文件", "File"), Text("工作表", "Sheet"), Text("行", "Row"),
                   Text("列", "Column"), Text("现有内容", "Value"), Text("问题", "Problem"), Text("可以填", "Accepted"))
SEVERITIES: Mapping[Severity, Text] = {
    "error": Text("错误", "error"), "warning": Text("警告", "warning"), "notice": Text("提示", "notice"),
}


class FindingRow(NamedTuple):
    """One finding as the cells of its row."""

    severity: str
    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str
    accepted: str | None


def finding_row(finding: Finding, lang: Lang) -> FindingRow:
    """Return the row of one finding in `lang`; the file without its folder, the sheet by its name."""
    sheet = BY_KEY.get(finding.sheet or "")
    return FindingRow(
        SEVERITIES[finding.severity].get(lang), Path(finding.file).name if finding.file else None,
        sheet_name(sheet, lang) if sheet else finding.sheet, finding.row, finding.column, finding.value,
        finding.message(lang), ("、" if lang == "zh" else ", ").join(finding.suggest) or None)
