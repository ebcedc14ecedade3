"""`matching pair` as a person calls it."""

from __future__ import annotations

import pytest

from matching.tables import read, write
from tests.builders import instance, site, teacher
from tests.cli.calling import call

SITES = [site("A", "sender", lon=103.0, lat=36.0), site("W", "receiver", weak=True, lon=103.1, lat=36.0),
         site("V", "receiver", weak=True, lon=103.2, lat=36.0)]


@pytest.fixture
def schools(tmp_path):
    """A workbook with only the sheet 学校 filled."""
    write(instance(SITES, [], []), tmp_path / "schools.xlsx")
    return tmp_path / "schools.xlsx"


def test_schools_alone_will_do(capsys, schools):
    out = schools.with_name("结对.xlsx")
    found = call(capsys, "pair", schools, "-o", out, "--json")
    assert found.code == 0
    assert [(p["from"], p["to"], p["km"]) for p in found.json["pairs"]] == [("A", "W", 11.7)]
    assert [(u["id"], u["reason"]) for u in found.json["unpaired"]] == [("V", "all_placed_elsewhere")]
    assert len(read([schools, out]).instance.pairings) == 1


def test_the_sheet_of_schools_is_enough(capsys, tmp_path):
    write(instance(SITES, [], []), tmp_path / "all")
    out = tmp_path / "new" / "folder"
    found = call(capsys, "pair", tmp_path / "all" / "sites.csv", "-o", out, "--json")
    assert (found.code, len(found.json["pairs"])) == (0, 1)
    assert [p.name for p in out.iterdir()] == ["结对.xlsx"]


def test_mentors_need_the_sheet_of_teachers(capsys, tmp_path):
    write(instance(SITES, [], []), tmp_path / "all")
    found = call(capsys, "pair", tmp_path / "all" / "sites.csv", "--teachers", "-o", tmp_path / "a.xlsx")
    assert found.code == 2
    assert "缺少“教师”表" in found.err
    assert "需求" not in found.err


def test_what_may_have_been_edited_is_not_overwritten(capsys, schools):
    out = schools.with_name("结对.xlsx")
    out.write_bytes(b"edited")
    assert call(capsys, "pair", schools, "-o", out).code == 2
    assert out.read_bytes() == b"edited"


def test_it_says_what_was_done_in_both_languages(capsys, schools):
    assert "结成 1 对，未结对 1" in call(capsys, "pair", schools, "-o", schools.with_name("a.xlsx")).out
    assert "proven optimal" in call(capsys, "pair", schools, "-o", schools.with_name("b.xlsx"), lang="en").out


def test_a_policy_of_ones_own(capsys, schools):
    policy = schools.with_name("own.toml")
    policy.write_text('[policy]\nid = "own"\ntitle = "本县"\nextends = "pairs"\n[[rule]]\nid = "small-supporter-max"\n'
                      "at_most = 2\n", encoding="utf-8")
    found = call(capsys, "pair", schools, "-p", policy, "-o", schools.with_name("a.xlsx"), "--json")
    assert len(found.json["pairs"]) == 2
    assert found.json["policy"] == "own"


def test_rules_that_clash_end_with_3_and_nothing_is_written(capsys, schools):
    policy = schools.with_name("clash.toml")
    policy.write_text('[policy]\nid = "clash"\ntitle = "冲突"\nextends = "pairs"\n[[rule]]\nid = "all"\n'
                      'kind = "quota"\ntitle = "每校必有"\nper = "need_id"\nat_least = 1\n', encoding="utf-8")
    found = call(capsys, "pair", schools, "-p", policy, "-o", schools.with_name("a.xlsx"))
    assert found.code == 3
    assert "small-supporter-max" in found.out
    assert not schools.with_name("a.xlsx").exists()


@pytest.mark.parametrize("words", [("-o", "schools.xlsx"), ("-o", "a.csv"), ("--teachers", "-o", "a.xlsx"),
                                   ("-p", "no_such", "-o", "a.xlsx")])
def test_wrong_calls_end_with_2(capsys, schools, words, monkeypatch):
    monkeypatch.chdir(schools.parent)
    before = schools.read_bytes()
    assert call(capsys, "pair", schools, *words).code == 2
    assert schools.read_bytes() == before
    assert [p.name for p in schools.parent.iterdir()] == [schools.name]


def test_mentors(capsys, tmp_path):
    rows = [teacher("M", "A", title="senior"), teacher("Y", "A", title="none")]
    write(instance(SITES, [], rows), tmp_path / "in.xlsx")
    found = call(capsys, "pair", tmp_path / "in.xlsx", "--teachers", "-o", tmp_path / "out.xlsx", "--json")
    assert [(p["mentor"], p["mentee"]) for p in found.json["pairs"]] == [("M", "Y")]
