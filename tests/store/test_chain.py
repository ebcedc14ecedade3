"""The chain: what is hashed, and that no change of any entry goes unseen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.store.chain import FIRST, Entry, Row, canonical, digest_of, entry_of, first_break, row_of

WORDS = st.text(max_size=12)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), WORDS, st.lists(st.integers(), max_size=3),
                  st.floats(allow_nan=False, allow_infinity=False))
BODIES = st.dictionaries(WORDS, PLAIN, max_size=3)
SAID = st.lists(st.tuples(st.sampled_from(["run", "note", "point"]), st.none() | WORDS, BODIES), min_size=1, max_size=6)


def chained(said):
    """The rows of a chain of entries of these kinds, subjects and bodies."""
    rows, before = [], FIRST
    for number, (kind, about, body) in enumerate(said, 1):
        rows.append(row_of(Entry(number, "2026-11-22T08:00:00Z", kind, about, "li", None, body, ""), before))
        before = rows[-1].digest
    return rows


@given(SAID)
def test_a_chain_holds_and_gives_its_entries_back(said):
    rows = chained(said)
    assert first_break(rows) is None
    assert [(e.kind, e.about, e.body) for e in map(entry_of, rows)] == said


@given(SAID, st.data())
def test_any_byte_changed_in_any_entry_is_found_at_that_entry(said, data):
    rows = chained(said)
    at = data.draw(st.integers(0, len(rows) - 1))
    text = bytearray(rows[at].text)
    where = data.draw(st.integers(0, len(text) - 1))
    text[where] ^= data.draw(st.integers(1, 255))
    rows[at] = rows[at]._replace(text=bytes(text))
    broken = first_break(rows)
    assert broken is not None
    assert broken.number == at + 1
    assert broken.code == ("last" if at == len(rows) - 1 else "changed")


@given(SAID, st.data())
def test_a_change_beside_the_text_is_found(said, data):
    rows = chained(said)
    at = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(["number", "kind", "about", "digest"]))
    rows[at] = rows[at]._replace(**{field: 999 if field == "number" else "0" * 64})
    broken = first_break(rows)
    assert broken is not None
    assert broken.number == at + 1


@given(SAID, st.data())
def test_a_missing_entry_is_found_unless_it_was_the_last(said, data):
    rows = chained(said)
    at = data.draw(st.integers(0, len(rows) - 1))
    del rows[at]
    broken = first_break(rows)
    assert (broken is None) == (at == len(rows))
    assert broken is None or (broken.code, broken.number, broken.last) == ("missing", at + 1, at + 1)


def test_what_is_likely_is_told_apart():
    rows = chained([("note", None, {"n": n}) for n in range(4)])
    assert first_break([rows[0], rows[1]._replace(digest="f" * 64), *rows[2:]]).code == "digest"
    assert first_break([rows[0], rows[1]._replace(text=b"{}"), *rows[2:]]).code == "changed"
    assert first_break([rows[0], rows[1]._replace(text=b"{}", digest="f" * 64), *rows[2:]]).code == "rewritten"
    assert first_break([rows[0], rows[1]._replace(kind="run"), *rows[2:]]).code == "columns"
    assert first_break([rows[0], rows[1], rows[1]]).code == "number"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"number": 1}'])
def test_a_text_that_is_no_entry_is_no_error_of_the_program(text):
    assert first_break([Row(1, "note", None, text, digest_of(FIRST, text))]).code == "columns"


def test_one_value_has_one_text():
    assert canonical({"b": [1.5, "张"], "a": None}) == '{"a":null,"b":[1.5,"张"]}'
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_half_a_character_of_a_path_is_kept():
    row = row_of(Entry(1, "", "run", None, None, None, {"folder": "caf\udce9"}, ""), FIRST)
    assert json.loads(row.text)["body"] == {"folder": "caf\udce9"}
