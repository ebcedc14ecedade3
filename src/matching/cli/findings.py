"""Findings on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matching.cli import exits
from matching.cli.context import Context
from matching.domain.findings import Finding, InputError, Severity
from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "notice": "cyan"}
"""The gravest first."""
MOST = 200
"""How many findings are shown on the screen; all of them go into the marked copy and into the JSON answer."""


def show_findings(findings: Sequence[Finding], lang: Lang, console: Console) -> None:
    """Print findings, the gravest first: as a table where they stand in sheets, else as sentences."""
    ordered = sorted(findings, key=lambda f: list(COLOURS).index(f.severity))
    if any(f.sheet for f in ordered):
        console.print(_table(ordered[:MOST], lang))
    else:
        for finding in ordered[:MOST]:
            console.print(_sentence(finding, lang), style=COLOURS[finding.severity], markup=False)
    if len(ordered) > MOST:
        more = len(ordered) - MOST
        rest = Text(f"……另有 {more} 条，标注副本（check -o）和 --json 中有全部。",
                    f"... and {more} more; a marked copy (check -o) and --json have them all.")
        console.print(rest.get(lang), markup=False)


def _table(findings: Sequence[Finding], lang: Lang) -> Table:
    """Return a table of the columns that any finding fills; a file that all share is its title."""
    from rich.markup import escape
    from rich.table import Table

    from matching.tables.finding_columns import FINDING_COLUMNS, finding_row

    rows = [finding_row(f, lang) for f in findings]
    files = {f.file for f in findings} - {None}
    if len(files) == 1:
        rows = [row._replace(file=None) for row in rows]
    elif len({row.file for row in rows} - {None}) < len(files):  # thirty schools may each send a file of one name
        rows = [row._replace(file=f.file) for row, f in zip(rows, findings, strict=True)]
    used = [at for at in range(len(FINDING_COLUMNS)) if any(row[at] is not None for row in rows)]
    title = Path(files.pop() or "").name if len(files) == 1 else None
    table = Table(title=title and escape(title), title_justify="left")
    for at in used:
        table.add_column(FINDING_COLUMNS[at].get(lang), overflow="fold", no_wrap=at in (0, 3))
    for finding, row in zip(findings, rows, strict=True):
        cells = ("" if row[at] is None else escape(str(row[at])) for at in used)
        table.add_row(*cells, style=COLOURS[finding.severity])
    return table


def _sentence(finding: Finding, lang: Lang) -> str:
    from matching.tables.finding_columns import finding_row

    row = finding_row(finding, lang)
    colon = "：" if lang == "zh" else ": "
    where = (row.file,) if row.file and row.file not in row.message else ()
    accepted = Text(f"（可用：{row.accepted}）", f" (try {row.accepted})").get(lang) if row.accepted else ""
    return colon.join((row.severity, *where, row.message)) + accepted


def tally(findings: Sequence[Finding]) -> Text:
    """Return how many findings there are, as a sentence."""
    n = counts(findings)
    one = (f"{number} {word if number != 1 else word.removesuffix('s')}" for word, number in n.items())
    return Text(f"{n['errors']} 个错误，{n['warnings']} 个警告，{n['notices']} 个提示。", f"{', '.join(one)}.")


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
        show_findings(failure.findings, context.lang, context.err)
    return exits.BAD_INPUT
