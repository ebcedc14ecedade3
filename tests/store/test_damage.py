"""A damaged store: a clear finding, and nothing written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.store import Store, database, open_store
from tests.store.damage import bytes_of, filled, tamper


def codes(store):
    return [finding.code for finding in store.verify().findings]


def spoil(store, how):
    """Harm a store; return the codes of what is to be found."""
    path, content = store.path, store.path.read_bytes()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "not_sqlite":
        path.write_bytes("不是数据库".encode() * 500)
    elif how == "beginning":
        path.write_bytes(bytes(100) + content[100:])
    elif how == "cut":
        path.write_bytes(content[:len(content) // 2])
    elif how == "one_page":
        path.write_bytes(content[:4096])
    elif how == "zeros":
        path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    elif how == "schema":
        path.write_bytes(content.replace(b"INDEX entries_about", b"\xa7NDEX entries_about"))


@pytest.mark.parametrize(("how", "code"), [
    ("empty", "store_empty"), ("not_sqlite", "store_not_sqlite"), ("beginning", "store_not_sqlite"),
    ("cut", "store_cut"), ("one_page", "store_cut"), ("zeros", "store_malformed"),
    ("schema", "store_malformed")])
def test_each_kind_of_damage_is_named_and_left_as_it_is(tmp_path, how, code):
    store = filled(tmp_path, 40)
    spoil(store, how)
    before = bytes_of(tmp_path)
    assert code in codes(store)
    for attempt in (store.entries, lambda: store.append("note", {})):
        with pytest.raises(InputError) as refused:
            attempt()
        assert refused.value.findings[0].severity == "error"
        assert "rebuild" in refused.value.findings[0].text.zh
        assert "rebuild" in refused.value.findings[0].text.en
    assert bytes_of(tmp_path) == before


def test_another_programs_database_is_none_of_ours(tmp_path):
    with closing(sqlite3.connect(tmp_path / database.NAME)) as base:
        base.execute("CREATE TABLE entries (number)")
        base.commit()
    before = bytes_of(tmp_path)
    for attempt in (lambda: open_store(tmp_path), lambda: open_store(tmp_path, create=True)):
        with pytest.raises(InputError) as refused:
            attempt()
        assert [f.code for f in refused.value.findings] == ["store_foreign"]
    assert bytes_of(tmp_path) == before


def test_a_store_of_a_later_version_is_left_alone(tmp_path):
    store = filled(tmp_path)
    with closing(sqlite3.connect(store.path)) as base:
        base.execute("PRAGMA user_version = 2")
    assert codes(store) == ["store_newer"]


@pytest.mark.parametrize(("statement", "code", "row"), [
    ("UPDATE entries SET entry = replace(entry, '支', '坏') WHERE number = 3", "entry_changed", 3),
    ("UPDATE entries SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE number = 2", "entry_digest", 2),
    ("UPDATE entries SET kind = 'run' WHERE number = 4", "entry_columns", 4),
    ("UPDATE entries SET about = NULL WHERE number = 4", "entry_columns", 4),
    ("UPDATE entries SET entry = CAST(entry AS BLOB) || x'ff' WHERE number = 1", "entry_changed", 1),
    ("DELETE FROM entries WHERE number IN (2, 3)", "entry_missing", 2),
    ("DELETE FROM entries WHERE number = 1", "entry_missing", 1),
    ("UPDATE entries SET number = 17 WHERE number = 5", "entry_missing", 5)])
def test_a_row_that_was_tampered_with_is_named(tmp_path, statement, code, row):
    store = filled(tmp_path)
    tamper(store.path, statement)
    found = store.verify().findings[0]
    assert (found.code, found.row) == (code, row)
    assert str(row) in found.text.zh
    assert str(row) in found.text.en
    assert len(store.verify().intact) == row - 1


def test_guards_taken_away_are_missed(tmp_path):
    store = filled(tmp_path)
    with closing(sqlite3.connect(store.path)) as base:
        base.execute("DROP TRIGGER no_removal")
    assert codes(store) == ["store_guards"]
    assert len(store.verify().intact) == 5


def test_a_lost_end_is_found_by_an_earlier_head(tmp_path):
    store = filled(tmp_path)
    head = store.verify().head
    tamper(store.path, "DELETE FROM entries WHERE number = 5")
    assert store.verify().ok
    assert [f.code for f in store.verify(head=head).findings] == ["head_lost"]
    with pytest.raises(InputError):
        store.verify(head="5")


def test_an_earlier_head_is_still_there(tmp_path):
    store = filled(tmp_path)
    head = store.verify().head
    store.append("note", {})
    assert store.verify(head=head).ok
    assert store.verify(head=head[:12]).ok


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_of_the_file_changed_changes_no_entry_unseen(tmp_path, data):
    if not (tmp_path / "good").exists():
        (tmp_path / "good").mkdir()
        (tmp_path / "bad").mkdir()
        filled(tmp_path / "good")
    good = open_store(tmp_path / "good")
    content = bytearray(good.path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    bad = tmp_path / "bad" / database.NAME
    bad.write_bytes(content)
    found = Store(bad).verify()
    assert not found.ok or Store(bad).entries() == good.entries()


def killed_with_a_log(folder):
    """A store whose last entry is still in the log, as a process leaves it that is killed."""
    filled(folder)
    code = ("import os, sys; from matching.store import open_store, database\n"
            "store = open_store(sys.argv[1]); held = store.held(); held.__enter__()\n"
            "store.append('note', {'n': 6}); os.kill(os.getpid(), 9)")
    subprocess.run([sys.executable, "-c", code, folder], check=False)
    return folder / database.NAME


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_reading_after_a_kill_sees_all_and_writes_nothing(tmp_path):
    path = killed_with_a_log(tmp_path)
    before = bytes_of(tmp_path)
    assert database.log_of(path).name in before
    found = open_store(path).verify()
    assert found.ok
    assert found.rows == 6
    now = bytes_of(tmp_path)
    assert {name: now[name] for name in before if not name.endswith("-shm")} == {
        name: content for name, content in before.items() if not name.endswith("-shm")}
    open_store(path).append("note", {})
    assert len(open_store(path).entries()) == 7


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_log_without_its_store_is_told_and_no_store_is_made(tmp_path):
    path = killed_with_a_log(tmp_path)
    shutil.move(path, tmp_path / "elsewhere")
    before = bytes_of(tmp_path)
    with pytest.raises(InputError) as refused:
        open_store(tmp_path, create=True)
    assert refused.value.findings[0].code == "store_gone"
    assert bytes_of(tmp_path) == before
