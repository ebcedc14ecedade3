"""Findings on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matching.cli import exits
from matching.cli.context import Context
from matching.domain.findings import Finding, InputError, has_errors
from matching.domain.sheets import BY_KEY
from matching.domain.text import Text

SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "notice": Text("提示", "notice")}
_COLOUR = {"error": "red", "warning": "yellow", "notice": "cyan"}
MOST = 200
"""How many findings are shown on the screen; all of them go into the marked copy and into the JSON answer."""


def show_findings(context: Context, findings: Sequence[Finding]) -> None:
    """Print findings as a table, errors first."""
    from rich.table import Table

    ordered = sorted(findings, key=lambda f: list(SEVERITY).index(f.severity))
    zh = context.lang == "zh"
    table = Table(show_lines=False)
    for heading in ("级别 文件 工作表 行 列 内容 说明 可改为" if zh else
                    "severity file sheet row column value message try").split():
        table.add_column(heading, overflow="fold")
    for f in ordered[:MOST]:
        table.add_row(*_cells(f, context), style=_COLOUR[f.severity])
    console = context.err if context.as_json else context.out
    console.print(table)
    if len(ordered) > MOST:
        context.say(f"……另有 {len(ordered) - MOST} 条，请用 -o 生成标注副本查看。",
                    f"... and {len(ordered) - MOST} more; see them in a marked copy (-o).")


def _cells(f: Finding, context: Context) -> list[str]:
    from rich.markup import escape

    sheet = BY_KEY[f.sheet].zh if f.sheet in BY_KEY and f.sheet is not None and context.lang == "zh" else f.sheet
    cells = (SEVERITY[f.severity].get(context.lang), f.file, sheet, f.row, f.column, f.value,
             f.message(context.lang), " / ".join(f.suggest))
    return ["" if c is None else escape(str(c)) for c in cells]


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    found = Counter(f.severity for f in findings)
    return {"errors": found["error"], "warnings": found["warning"], "notices": found["notice"]}


def findings_answer(findings: Sequence[Finding]) -> dict[str, object]:
    """Return the machine-readable answer of `check`."""
    from matching.tables.reading import finding_to_dict

    return {"findings": [finding_to_dict(f) for f in findings], **counts(findings)}


def refuse(context: Context, failure: InputError) -> int:
    """Print what is wrong with an input or a call; return the exit code."""
    if context.as_json:
        context.answer(findings_answer(failure.findings))
    else:
        show_findings(context, failure.findings)
    assert has_errors(failure.findings)
    return exits.BAD_INPUT
