"""Wrong calls end with exit code 2 and a plain sentence in the language asked for."""

from __future__ import annotations

import re

import pytest

from matching.cli.main import run
from tests.cli.calling import call
from tests.tables.books import save, sheets

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def workbook(tmp_path):
    return save(tmp_path / "in.xlsx", sheets())


WRONG = [
    (("check",), "缺少 INPUT...（工作簿", "INPUT... is missing"),
    (("check", "{in}", "--bogus"), "没有 --bogus 这个选项", "there is no option --bogus"),
    (("bogus",), "没有“bogus”这个命令", "there is no command 'bogus'"),
    (("policy", "bogus"), "没有“bogus”这个命令", "there is no command 'bogus'"),
    (("policy", "show", "base", "more"), "多出了“more”", "'more' is too much"),
    (("policy", "show", "nope"), "没有名为“nope”的政策", "no preset and no file is called 'nope'"),
    (("policy", "show", "{in}"), "in.xlsx：文件不是 UTF-8", "not UTF-8"),
    (("solve", "{in}", "--workers", "0"), "--workers 的值不对（求解线程数）", "of --workers will not do (threads)"),
    (("solve", "{in}", "--time-limit", "soon"), "--time-limit 的值不对", "the value of --time-limit will not do"),
    (("solve", "{tmp}/none.xlsx"), "找不到文件", "there is no file"),
    (("solve", "{in}", "-o", "{tmp}"), "已经存在，不会覆盖", "exists and is not overwritten"),
    (("solve", "{in}", "-o", "{in}/runs/x"), "无法写入", "cannot write"),
    (("solve", "{in}", "--policy", "nope"), "没有名为“nope”的政策", "no preset and no file is called 'nope'"),
    (("template", "{in}"), "已经存在，不会覆盖", "exists and is not overwritten"),
    (("template", "{tmp}/no/t.xlsx"), "上级文件夹不存在", "its folder does not exist"),
    (("template", "{tmp}/t.csv"), "可用：", "t.xlsx"),
    (("check", "{in}", "-o", "{in}"), "已经存在，不会覆盖", "exists and is not overwritten"),
    (("check", "{in}", "-o", "{tmp}/no/m.xlsx"), "上级文件夹不存在", "its folder does not exist"),
    (("audit", "{in}"), "缺少方案", "the plan is missing"),
    (("audit", "{in}", "{tmp}/plan.json"), "找不到文件", "there is no file"),
    (("audit", "{in}", "{in}"), "没有“安置明细”表", "has no sheet 'placements'"),
]


@pytest.mark.parametrize(("words", "zh", "en"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_call_ends_with_2_and_a_sentence(capsys, tmp_path, workbook, words, zh, en):
    before = sorted(tmp_path.rglob("*"))
    given = [word.format(tmp=tmp_path, **{"in": workbook}) for word in words]
    for lang, sentence in (("zh", zh), ("en", en)):
        found = call(capsys, *given, lang=lang)
        assert (found.code, found.out) == (2, "")
        assert sentence in " ".join(found.err.split("\n"))
        if lang == "zh":
            assert HAN.search(found.err)
            assert "Error" not in found.err
    assert sorted(tmp_path.rglob("*")) == before


def test_to_a_program_a_wrong_call_is_a_finding(capsys):
    found = call(capsys, "chekc", "--json")
    assert (found.code, found.err) == (2, "")
    assert found.json["errors"] == 1
    assert "check" in found.json["findings"][0]["suggest"]


def test_the_language_is_known_however_it_is_written(capsys):
    assert run(["policy", "show", "nope", "--lang=en"]) == 2
    assert not HAN.search(capsys.readouterr().err)
    assert run(["policy", "show", "nope", "--lang=zh"]) == 2
    assert HAN.search(capsys.readouterr().err)


@pytest.mark.parametrize("words", [[], ["policy"]])
def test_without_a_command_the_help_is_printed(capsys, words):
    assert run(words) == 2
    assert "Commands:" in capsys.readouterr().err


def test_an_interrupt_is_a_stop_without_a_plan(capsys, monkeypatch, workbook):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("matching.tables.read", interrupted)
    assert call(capsys, "check", workbook).code == 5


def test_a_failure_of_the_program_is_told_from_a_wrong_call(capsys, monkeypatch, workbook):
    monkeypatch.setattr("matching.tables.read", lambda *_: 1 / 0)
    found = call(capsys, "check", workbook)
    assert found.code == 1
    assert "程序出错：ZeroDivisionError" in found.err
