"""A store: appended to, read, guarded; by one process or several."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.findings import InputError
from matching.store import Store, database, open_store
from matching.store.chain import FIRST, Entry, digest_of, row_of
from tests.store.damage import bytes_of, filled, tamper


def test_what_was_appended_is_read(tmp_path):
    store = open_store(tmp_path / "runs", create=True)
    first = store.append("run", {"folder": "a", "km": 1.25}, about="a", who="张", why="初稿")
    second = store.append("note", {})
    assert open_store(store.path).entries() == [first, second]
    assert (first.number, first.who, first.why, first.body) == (1, "张", "初稿", {"folder": "a", "km": 1.25})
    assert store.entries("run") == [first] == store.entries(about="a")
    assert store.folder == tmp_path / "runs"


def test_digests_are_what_the_documentation_says(tmp_path):
    store = filled(tmp_path, 2)
    one, two = store.entries()
    whole = [{name: value for name, value in entry._asdict().items() if name != "digest"} for entry in (one, two)]
    texts = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() for entry in whole]
    assert one.digest == digest_of(FIRST, texts[0])
    assert two.digest == digest_of(one.digest, texts[1])


def test_a_body_keeps_the_order_of_its_keys(tmp_path):
    store = open_store(tmp_path, create=True)
    store.append("point", {"value": {"b": 1, "a": {"z": 1, "y": 2}}})
    assert json.dumps(store.entries()[0].body) == '{"value": {"b": 1, "a": {"z": 1, "y": 2}}}'


def test_the_store_is_in_wal_and_leaves_one_file(tmp_path):
    store = filled(tmp_path)
    store.entries()
    store.verify()
    assert set(bytes_of(tmp_path)) == {database.NAME}
    with closing(sqlite3.connect(store.path)) as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_on_a_network_drive_the_log_is_no_wal(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "is_remote", lambda folder: True)
    store = filled(tmp_path)
    with closing(sqlite3.connect(store.path)) as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert store.verify().ok
    monkeypatch.undo()
    store.append("note", {"moved": "to this machine"})
    with closing(sqlite3.connect(store.path)) as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("statement", [
    "UPDATE entries SET entry = '{}' WHERE number = 1", "DELETE FROM entries WHERE number = 5",
    "INSERT OR REPLACE INTO entries SELECT number, kind, about, '{}', digest FROM entries WHERE number = 2",
    "INSERT INTO entries VALUES (9, 'note', NULL, '{}', '')"])
def test_the_file_itself_refuses_changes(tmp_path, statement):
    store = filled(tmp_path)
    before = store.entries()
    with closing(sqlite3.connect(store.path)) as base, pytest.raises(sqlite3.IntegrityError):
        base.execute(statement)
    assert store.entries() == before


def test_appending_goes_on_where_a_reader_reads(tmp_path):
    store = filled(tmp_path)
    with database.reading(store.path) as base:
        base.execute("BEGIN")
        assert len(list(database.rows(base))) == 5
        store.append("note", {})
        assert len(list(database.rows(base))) == 5
    assert len(store.entries()) == 6


def test_a_last_entry_that_was_changed_is_not_built_upon(tmp_path):
    store = filled(tmp_path)
    tamper(store.path, "UPDATE entries SET entry = replace(entry, 'li', 'wu') WHERE number = 5")
    before = bytes_of(tmp_path)
    with pytest.raises(InputError) as refused:
        store.append("note", {})
    assert [f.code for f in refused.value.findings] == ["entry_last"]
    assert bytes_of(tmp_path) == before


def test_bodies_that_json_has_no_word_for_are_refused(tmp_path):
    store = filled(tmp_path, 1)
    with pytest.raises(ValueError, match="JSON"):
        store.append("note", {"x": float("inf")})
    assert len(store.entries()) == 1


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2)), max_size=8))
def test_any_order_of_two_writers_keeps_the_chain(tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("two")
    writers = [open_store(folder, create=True), Store(folder / database.NAME)]
    for second, body in said:
        writers[second].append("note", body, who=str(second))
    assert writers[0].verify().ok
    assert [(e.who == "True", e.body) for e in writers[1].entries()] == said


def test_writers_at_once_keep_the_chain(tmp_path):
    store = open_store(tmp_path, create=True)
    code = ("import sys; from matching.store import open_store\n"
            "for n in range(8): open_store(sys.argv[1]).append('note', {'n': n}, who=sys.argv[2])")
    others = [subprocess.Popen([sys.executable, "-c", code, tmp_path, name]) for name in ("a", "b")]
    for n in range(8):
        store.append("note", {"n": n}, who="here")
        assert store.verify(folders=False).ok
    assert [other.wait() for other in others] == [0, 0]
    entries = store.entries()
    assert store.verify().ok
    for who in ("a", "b", "here"):
        assert [entry.body["n"] for entry in entries if entry.who == who] == list(range(8))


def test_who_comes_while_another_appends_waits_and_follows(tmp_path):
    store = filled(tmp_path, 1)
    waiting = threading.Thread(target=store.append, args=("note", {"who": "second"}))
    with database.appending(store.path) as base:
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        entry = Entry(2, "2026-11-22T08:00:00Z", "note", None, None, None, {"who": "first"}, "")
        database.add(base, row_of(entry, store.entries()[-1].digest))
    waiting.join()
    assert [entry.body.get("who") for entry in store.entries()] == [None, "first", "second"]


def test_made_by_two_at_once_it_is_one_store(tmp_path):
    def make_and_append(name):
        open_store(tmp_path, create=True).append("note", {}, who=name)

    threads = [threading.Thread(target=make_and_append, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entry.who for entry in open_store(tmp_path).entries()) == ["0", "1", "2", "3"]
    assert set(bytes_of(tmp_path)) == {database.NAME}


def test_where_there_is_none_it_says_what_can_be_done(tmp_path):
    with pytest.raises(InputError) as refused:
        open_store(tmp_path)
    finding, = refused.value.findings
    assert finding.code == "no_store"
    assert "rebuild" in finding.text.en
    assert "rebuild" in finding.text.zh
    assert not list(tmp_path.iterdir())
