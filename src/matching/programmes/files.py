"""Results in files: programmes.json and programmes.xlsx."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from matching.domain.text import Lang, Text
from matching.programmes.programme import Programme
from matching.programmes.results import programmes_to_dict
from matching.programmes.rows import HEADINGS, row
from matching.programmes.words import main_standings, shortfall_words
from matching.report.new_folder import new_folder
from matching.report.words import ENFORCE, yes_no
from matching.report.xlsx.grid import Column, Grid, Mark, Spec, fill
from matching.report.xlsx.write import write_grids

_STYLES = ("wrap", "integer", "integer", "integer", "centre", "centre", "centre", "centre", "number")
_NONE = Text("没有。", "None.")


def write_programmes(folder: Path, programmes: Sequence[Programme], lang: Lang) -> None:
    """Write the results of programmes into a new folder, as JSON and as a workbook.

    Raises
    ------
    FileExistsError
        Where `folder` exists.
    """
    with new_folder(folder) as beside:
        text = json.dumps(programmes_to_dict(programmes), ensure_ascii=False, indent=2) + "\n"
        (beside / "programmes.json").write_text(text, encoding="utf-8")
        _write_book(beside / "programmes.xlsx", programmes, lang)


def _write_book(path: Path, programmes: Sequence[Programme], lang: Lang) -> None:
    grids = [sheet(programmes, lang) for sheet in (_programmes, _figures, _rules)]
    write_grids(path, grids, lang, Text("项目", "Programmes").get(lang))


def _programmes(programmes: Sequence[Programme], lang: Lang) -> Grid:
    rows = [row(programme, lang) for programme in programmes]
    short = ["\n".join(r.short) for r in rows]
    remarks = ["\n".join(f.message(lang) for f in programme.findings) for programme in programmes]
    columns = [Column(heading.get(lang), [r[:-1][at] for r in rows], style)
               for at, (heading, style) in enumerate(zip(HEADINGS, _STYLES, strict=True))]
    columns.append(Column(Text("未达标的规则", "rules that fall short").get(lang), short, "wrap", 60))
    columns.append(Column(Text("说明", "remarks").get(lang), remarks, "wrap", 60))
    return Grid(Text("项目", "programmes"), Text("各项目的结果", "Programmes"), columns, empty=_NONE, frozen=1)


def _figures(programmes: Sequence[Programme], lang: Lang) -> Grid:
    rows = [(programme.id, check, yes_no(check.ok, lang)) for programme in programmes for check in programme.checks]
    specs = (
        Spec(Text("项目", "programme"), lambda r: r[0]), Spec(Text("算例", "case"), lambda r: r[1].case),
        Spec(Text("编号", "id"), lambda r: r[1].id),
        Spec(Text("数字", "figure"), lambda r: r[1].title.get(lang), "wrap", 60),
        Spec(Text("应为", "expected"), lambda r: r[1].expected, "wrap"),
        Spec(Text("实为", "found"), lambda r: r[1].found, "wrap"),
        Spec(Text("相符", "met"), lambda r: r[2], "centre"))
    return Grid(Text("数字", "figures"), Text("各项数字", "Figures"), fill(specs, rows, lang), empty=_NONE,
                marks=_marks(6, lang), frozen=1)


def _rules(programmes: Sequence[Programme], lang: Lang) -> Grid:
    rows = [(p.id, s, yes_no(s.ok, lang)) for p in programmes for s in main_standings(p)]
    specs = (
        Spec(Text("项目", "programme"), lambda r: r[0]), Spec(Text("规则编号", "rule"), lambda r: r[1].rule.id),
        Spec(Text("规则", "title"), lambda r: r[1].rule.title.get(lang), "wrap", 60),
        Spec(Text("执行方式", "enforced"), lambda r: ENFORCE[r[1].rule.enforce].get(lang), "centre"),
        Spec(Text("组数", "groups"), lambda r: r[1].groups, "integer"),
        Spec(Text("达标", "met"), lambda r: r[2], "centre"),
        Spec(Text("缺口", "shortfall"),
             lambda r: "" if r[1].ok else shortfall_words(r[1].rule, r[1].shortfall, lang).strip(), "centre"))
    return Grid(Text("规则", "rules"), Text("各规则达标情况", "How the rules stand"), fill(specs, rows, lang),
                empty=_NONE, marks=_marks(5, lang), frozen=1)


def _marks(column: int, lang: Lang) -> tuple[Mark, ...]:
    return Mark(column, yes_no(False, lang), "bad"), Mark(column, yes_no(True, lang), "good")
