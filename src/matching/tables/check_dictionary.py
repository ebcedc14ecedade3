"""The 字典 sheet: values that exist, and names that can mean what their row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matching.domain.findings import Finding
from matching.domain.records import DictionaryRow
from matching.domain.terms import BACKBONE
from matching.domain.text import Text
from matching.domain.vocabulary import Vocabulary, fold
from matching.tables.table import Table

_OPEN = "subject"
"""The category to which a value may be added."""


def dictionary_rows(table: Table | None) -> tuple[DictionaryRow, ...]:
    """Return the rows that are whole."""
    if table is None:
        return ()
    rows = zip(table["category"], table["name"], table["value"], strict=True)
    return tuple(DictionaryRow(*row) for row in rows if None not in row)


def check_dictionary(table: Table, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Finding]:
    """Check the rows against the vocabularies that they were added to."""
    meant: dict[tuple[str, str], str] = {}
    for index, (category, name, value) in enumerate(
            zip(table["category"], table["name"], table["value"], strict=True)):
        if None in (category, name, value):
            continue
        words = BACKBONE if category == "honour" else vocabularies[category]
        key = words.lookup(value)
        if key is None and category != _OPEN:
            near = words.nearest(value) or tuple(term.zh for term in words.terms)
            text = Text(f"不认识规范值“{value}”；可以填：{'、'.join(near)}",
                        f"unknown value {value!r}; perhaps {', '.join(near)}")
            yield table.finding("error", f"unknown_{words.name}", text, index, "value", value, near)
        elif meant.setdefault((category, fold(name)), key or value) != (key or value):
            text = Text(f"“{name}”在上面另有所指，两行只能保留一行",
                        f"{name!r} means something else above; keep one row")
            yield table.finding("error", "repeated_word", text, index, "name", name)
        elif category != "honour" and words.lookup(name) != key:
            text = Text(f"“{name}”已是“{words.zh(words.lookup(name) or '')}”，这一行不起作用",
                        f"{name!r} already is a word of its own; this row has no effect")
            yield table.finding("warning", "word_taken", text, index, "name", name)
