"""Cells that name a site, a need, a teacher or an area: names to ids, and what names nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from matching.domain.findings import Finding, Severity
from matching.domain.sheets import Column, Kind, Ref
from matching.domain.text import Text
from matching.domain.vocabulary import fold, fold_heading
from matching.tables.cells_words import split
from matching.tables.headings import BY_NAME
from matching.tables.known import Book, Known
from matching.tables.table import Table

_MOST_SUGGESTED = 50


class _Kind(NamedTuple):
    """What to say of a cell that names nothing known."""

    severity: Severity
    code: str
    zh: str
    en: str


_KINDS: Mapping[Ref, _Kind] = {
    Ref.SITE: _Kind("error", "unknown_site", "学校表中没有编号为“{}”的学校", "no site has the id {!r}"),
    Ref.NEED: _Kind("error", "unknown_need", "需求表中没有编号为“{}”的岗位", "no need has the id {!r}"),
    Ref.TEACHER: _Kind("error", "unknown_teacher", "教师表中没有编号为“{}”的教师", "no teacher has the id {!r}"),
    Ref.PLACE: _Kind("error", "unknown_place", "“{}”不是已知的学校编号、县、市(州)或办学联合体",
                     "{!r} is no known site, county, prefecture or consortium"),
    Ref.STOP: _Kind("error", "unknown_stop", "“{}”不是已知的学校编号或县", "{!r} is no known site or county"),
    Ref.POST: _Kind("error", "unknown_post", "“{}”不是已知的岗位编号或学校编号", "{!r} is no known need or site"),
    Ref.WISH_SITE: _Kind("warning", "unknown_avoided_site", "学校表中没有编号为“{}”的学校，此项不起作用",
                         "no site has the id {!r}; it is ignored"),
    Ref.WISH_NEED: _Kind("warning", "unknown_last_need", "需求表中没有编号为“{}”的岗位，此项不起作用",
                         "no need has the id {!r}; it is ignored"),
    Ref.WISH: _Kind("warning", "unknown_wish", "“{}”不是已知的学校编号、县或岗位编号，此项不起作用",
                    "{!r} is no known site, county or need; it is ignored"),
}
_BY_ID_OR_NAME = _KINDS[Ref.SITE]._replace(zh="学校表中没有编号或名称为“{}”的学校",
                                           en="no site has the id or the name {!r}")
_IGNORED = frozenset({Ref.WISH_SITE, Ref.WISH_NEED, Ref.WISH})


def resolve_names(book: Book) -> tuple[Book, tuple[Finding, ...]]:
    """Put ids in place of names, under headings that allow a name which only one site has."""
    known = Known(book)
    resolved = dict(book)
    findings: list[Finding] = []
    for sheet, key in (("needs", "site_id"), ("teachers", "home_site")):
        if sheet in book:
            values, ambiguous = _ids(book[sheet], key, known)
            resolved[sheet] = book[sheet].with_column(key, values)
            findings.extend(ambiguous)
    return resolved, tuple(findings)


def _ids(table: Table, key: str, known: Known) -> tuple[list[Any], list[Finding]]:
    values = list(table[key])
    findings = []
    for part in table.parts:
        if fold_heading(part.headed.heading(key)) not in BY_NAME:
            continue
        for index in range(part.start, part.start + len(part.rows)):
            ids = _bearers(values[index], known)
            if len(ids) == 1:
                values[index] = ids[0]
            elif ids:
                text = Text(f"有 {len(ids)} 所学校名为“{values[index]}”，请改填学校编号",
                            f"{len(ids)} sites are named {values[index]!r}; give the id")
                findings.append(table.finding("error", "ambiguous_name", text, index, key, values[index], ids))
                values[index] = None
    return values, findings


def _bearers(name: str | None, known: Known) -> tuple[str, ...]:
    return () if name is None or name in known.sites else known.named.get(fold(name), ())


def check_references(book: Book) -> tuple[Book, tuple[Finding, ...]]:
    """Find what names nothing known, and take it out where it is merely ignored."""
    known = Known(book)
    checked = dict(book)
    findings: list[Finding] = []
    for sheet, table in book.items():
        for column in table.sheet.columns:
            if column.ref is None or not known.complete(column.ref):
                continue
            unknown = _unknown(table[column.key], column, known)
            if unknown:
                findings.extend(_findings(table, column, known, unknown))
                if column.ref in _IGNORED:
                    checked[sheet] = checked[sheet].with_column(column.key, _without(table[column.key], unknown))
    return checked, tuple(findings)


def _unknown(values: Sequence[Any], column: Column, known: Known) -> frozenset[str]:
    assert column.ref is not None
    distinct = set(values) - {None}
    if column.kind is Kind.TEXTS:
        distinct = {member for members in distinct for member in members}
    test: Callable[[str], bool] = known.test(column.ref)
    return frozenset(name for name in distinct if not test(name))


def _without(values: Sequence[Any], unknown: frozenset[str]) -> list[Any]:
    return [tuple(v for v in value if v not in unknown) if isinstance(value, tuple) else
            None if value in unknown else value for value in values]


def _findings(table: Table, column: Column, known: Known, unknown: frozenset[str]) -> Iterator[Finding]:
    assert column.ref is not None
    looked_up = sorted(unknown)[:_MOST_SUGGESTED]
    near = {name: known.near(column.ref, name) for name in looked_up}
    for index, value in enumerate(table[column.key]):
        for name in value if isinstance(value, tuple) else (value,):
            if name in unknown:
                severity, code, zh, en = _kind(table, column, index, name, known)
                suggest = near.get(name, ())
                hint = (f"；是否应为 {'、'.join(suggest)}", f"; perhaps {', '.join(suggest)}") if suggest else ("", "")
                text = Text(zh.format(name) + hint[0], en.format(name) + hint[1])
                yield table.finding(severity, code, text, index, column.key, name, suggest)


def _kind(table: Table, column: Column, index: int, name: str, known: Known) -> _Kind:
    assert column.ref is not None
    if column.ref is Ref.POST and (twice := _locked_twice(name, known)):
        return twice
    heading = table.part_of(index).headed.heading(column.key)
    return _BY_ID_OR_NAME if fold_heading(heading) in BY_NAME else _KINDS[column.ref]


def _locked_twice(name: str, known: Known) -> _Kind | None:
    parts = split(name)
    if len(parts) < 2 or not all(map(known.test(Ref.POST), parts)):
        return None
    return _Kind("error", "teacher_locked_twice", "“{}”是多个岗位，一名教师只能锁定一个",
                 "{!r} are several posts; a teacher can be locked to one")
