"""A store damaged anywhere ends what follows a plan before it begins: a clear error, and nothing written."""

from __future__ import annotations

import pytest

from matching.cli.main import run
from matching.store import open_store
from matching.tables import write
from tests.cli.calling import call
from tests.scenarios.years.cases import town
from tests.store.damage import bytes_of, tamper

IN_THE_MIDDLE = "UPDATE entries SET entry = replace(entry, '初稿', '终稿') WHERE number = 2"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workbook, and a store of its run and three remarks of which the first was changed since."""
    folder = tmp_path_factory.mktemp("runs")
    write(town(teachers=2), folder / "in.xlsx")
    assert run(["solve", str(folder / "in.xlsx"), "-o", str(folder / "base")]) == 0
    store = open_store(folder)
    for why in ("初稿", "报会", "定稿"):
        store.append("note", {}, about="base", why=why)
    tamper(store.path, IN_THE_MIDDLE)
    return folder


@pytest.mark.parametrize("words", [
    ("replan", "{run}", "--withdraw", "T1"), ("simulate", "{run}", "--rate", "0.9", "--draws", "300"),
    ("roll", "{book}", "--years", 2, "--from", 2030)])
def test_it_ends_the_command_and_nothing_is_written(place, capsys, words):
    before, names = bytes_of(place), sorted(path.name for path in place.iterdir())
    asked = [str(word).format(run=place / "base", book=place / "in.xlsx") for word in words]
    found = call(capsys, *asked, "-o", place / "out", "--json", lang="en")
    assert found.code == 2
    [finding] = found.json["findings"]
    assert (finding["code"], finding["row"]) == ("entry_changed", 2)
    assert "runs rebuild" in str(finding)
    assert bytes_of(place) == before
    assert sorted(path.name for path in place.iterdir()) == names


def test_a_store_that_is_none_of_ours_is_no_damage(tmp_path, capsys):
    write(town(teachers=2), tmp_path / "in.xlsx")
    store = open_store(tmp_path, create=True)
    tamper(store.path, "PRAGMA user_version = 2")
    found = call(capsys, "roll", tmp_path / "in.xlsx", "--years", 2, "--from", 2030, "-o", tmp_path / "out", lang="en")
    assert found.code == 0
    assert "another version" in found.err
    assert (tmp_path / "out" / "roll.json").exists()
