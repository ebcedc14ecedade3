"""A sweep's journal: what was reported done is there whatever ended the sweep, and the sweep goes on from it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matching.domain.findings import InputError
from matching.store import Journal, open_store, sweep_id
from tests.store.damage import tamper
from tests.store.sweeping import KEYS, sweep, the_sweep, value_of

ROOT = Path(__file__).parents[2]
ASKED = {"input_sha256": "a", "policy_sha256": "b", "asked": {"vary": {"share.at_least": "0:1:0.5"}, "seeds": [0]}}


def test_points_are_known_later_and_by_their_own_sweep_alone(tmp_path):
    store = open_store(tmp_path, create=True)
    journal = Journal(store, "one", about={"vary": ["x"]}, who="li", why="为什么")
    journal.on_point("a", {"status": "optimal", "share": 0.1})
    journal.on_point("a", {"status": "other"})
    Journal(store, "two").on_point("a", {"status": "infeasible"})
    assert Journal(store, "one").known == {"a": {"status": "optimal", "share": 0.1}}
    assert Journal(store, "two").known == {"a": {"status": "infeasible"}}
    assert [entry.kind for entry in store.entries()] == ["sweep", "point", "sweep", "point"]
    assert (store.entries("sweep")[0].who, store.entries("sweep")[0].why) == ("li", "为什么")
    assert store.verify().ok


def test_a_sweep_is_known_by_all_that_decides_its_results():
    first = sweep_id(**ASKED)
    assert first == sweep_id(**ASKED)
    assert len({first, sweep_id(**ASKED | {"input_sha256": "c"}), sweep_id(**ASKED | {"policy_sha256": "c"}),
                sweep_id(**ASKED | {"asked": {"vary": {}}})}) == 4


def test_points_of_a_damaged_store_are_not_taken_for_known(tmp_path):
    store = open_store(tmp_path, create=True)
    for key in "abc":
        Journal(store, "one").on_point(key, {"fill": 40})
    tamper(store.path, "UPDATE entries SET entry = replace(entry, '40', '41') WHERE number = 3")
    with pytest.raises(InputError) as refused:
        Journal(store, "one")
    assert refused.value.findings[0].code == "entry_changed"


def test_where_nothing_more_can_be_kept_the_sweep_goes_on_and_it_is_told_once(tmp_path):
    journal, told = Journal(open_store(tmp_path, create=True), "one"), []
    on_point = journal.lenient(told.append)
    on_point("a", {"fill": 1})
    (tmp_path / "matching-store.sqlite").write_bytes(b"gone")
    on_point("b", {"fill": 2})
    on_point("c", {"fill": 3})
    assert [problem.findings[0].code for problem in told] == ["store_not_sqlite"]
    with pytest.raises(InputError):
        journal.on_point("b", {"fill": 2})


def test_two_at_the_same_sweep_do_no_harm(tmp_path):
    store = open_store(tmp_path, create=True)
    one, other = Journal(store, "one"), Journal(store, "one")
    with one, other:
        one.on_point("a", {"fill": 1})
        other.on_point("a", {"fill": 1})
        other.on_point("b", {"fill": 2})
    assert Journal(store, "one").known == {"a": {"fill": 1}, "b": {"fill": 2}}
    assert store.verify().ok


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_killed_at_random_moments_nothing_reported_done_is_lost(tmp_path):
    moments = random.Random(6)
    reported: list[str] = []
    for _ in range(6):
        begun = subprocess.Popen([sys.executable, "-m", "tests.store.sweeping", tmp_path], cwd=ROOT,
                                 stdout=subprocess.PIPE, text=True)
        assert begun.stdout.readline() == "begun\n"
        time.sleep(moments.uniform(0, 0.12))
        begun.send_signal(signal.SIGKILL)
        reported += begun.communicate()[0].split("\n")[:-1]
        if (tmp_path / "matching-store.sqlite").exists():
            store = open_store(tmp_path)
            assert store.verify().ok
            assert set(reported) <= {entry.body["key"] for entry in store.entries("point", the_sweep())}
    assert len(reported) == len(set(reported))
    assert sweep(tmp_path) == {key: value_of(key) for key in KEYS}
    assert sorted(entry.body["key"] for entry in open_store(tmp_path).entries("point")) == sorted(KEYS)
    assert open_store(tmp_path).verify().ok
