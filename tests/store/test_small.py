"""Who does something, and where a folder is."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest

from matching.store.drives import is_remote
from matching.store.folders import from_store
from matching.store.who import VARIABLE, who_now

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/school\\040office cifs rw 0 0
server:/export /home nfs4 rw 0 0
tmpfs /home/local tmpfs rw 0 0
"""


def test_who_is_the_one_named_else_the_login_and_may_be_nobody(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: "li")
    assert (who_now("王 "), who_now(), who_now("")) == ("王", "li", None)
    monkeypatch.setenv(VARIABLE, "教育局")
    assert who_now() == "教育局"
    monkeypatch.setenv(VARIABLE, "")
    assert who_now() is None


def test_a_user_without_a_name_is_nobody(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert who_now() is None


@pytest.mark.skipif(sys.platform == "win32", reason="mount points")
@pytest.mark.parametrize(("folder", "remote"), [
    ("/mnt/school office/runs", True), ("/home/li/runs", True), ("/home/local/runs", False), ("/work", False),
    ("/mnt/school", False)])
def test_a_network_drive_is_known_by_its_kind(tmp_path, folder, remote):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_remote(Path(folder), mounts) is remote


def test_where_it_cannot_be_told_a_folder_is_here(tmp_path):
    assert not is_remote(tmp_path, tmp_path / "none")


def test_folders_are_named_from_the_store(tmp_path):
    assert from_store(tmp_path / "runs" / "a", tmp_path / "runs") == "a"
    assert from_store(tmp_path / "b", tmp_path / "runs") == "../b"
