"""Ids: each once, none an identity number, none that differs from another by leading zeros alone."""

from __future__ import annotations

from collections.abc import Iterator

from matching.domain.findings import Finding
from matching.domain.text import Text
from matching.tables.examples import is_example
from matching.tables.id_card import birth_month
from matching.tables.known import Book
from matching.tables.table import Table


def check_ids(book: Book) -> Iterator[Finding]:
    """Check the ids of every sheet that has them."""
    for table in book.values():
        key = table.sheet.unique
        if key is not None:
            yield from _repeated(table, key)
            yield from _zeros(table, key)
            yield from _examples(table, key)
    if "teachers" in book:
        yield from _identity_numbers(book["teachers"])


def _repeated(table: Table, key: str) -> Iterator[Finding]:
    ids = table[key]
    if len(set(ids)) == len(ids):
        return
    first: dict[str, int] = {}
    heading = table.sheet.by_key[key].zh
    for index, name in enumerate(ids):
        if name is None or first.setdefault(name, index) == index:
            continue
        where = table.earlier(first[name], index)
        text = Text(f"{heading}“{name}”重复，{where.zh}已经有了", f"{name!r} is given twice, first in {where.en}")
        yield table.finding("error", "repeated_id", text, index, key, name)


def _zeros(table: Table, key: str) -> Iterator[Finding]:
    """Warn of ids such as 001 and 1, the second of which Excel often makes of the first."""
    ids = {name for name in table[key] if name is not None and name.isascii() and name.isdigit()}
    bare = [name.lstrip("0") for name in ids]
    if len(set(bare)) == len(bare):
        return
    shortest: dict[str, str] = {}
    for name in sorted(ids, key=lambda i: (len(i), i)):
        shortest.setdefault(name.lstrip("0"), name)
    for index, name in enumerate(table[key]):
        if name in ids and (other := shortest[name.lstrip("0")]) != name:
            text = Text(f"“{name}”和“{other}”按两个编号处理；若是同一个，请把该列设为文本格式后改成一致",
                        f"{name!r} and {other!r} count as two ids; if they are one, write them alike, as text")
            yield table.finding("warning", "ids_differ_by_zeros", text, index, key, name, (other,))


def _examples(table: Table, key: str) -> Iterator[Finding]:
    text = Text("这是模板里的示例行，请改写或删除", "this is the template's example row: overwrite or delete it")
    for index in [i for i, name in enumerate(table[key]) if name is not None and is_example(name)]:
        yield table.finding("warning", "example_row", text, index, key, table[key][index])


def _identity_numbers(table: Table) -> Iterator[Finding]:
    ids = table["teacher_id"]
    for index in [i for i, name in enumerate(ids) if name is not None and len(name) in (15, 18)]:
        if birth_month(ids[index]) is not None:
            text = Text("教师编号不能用身份证号，请另编号", "an identity number must not serve as a teacher's id")
            yield table.finding("error", "identity_number_as_id", text, index, "teacher_id")
