"""`matching explain`: every question, for people and for machines, and every way to ask wrongly."""

from __future__ import annotations

import json
import shutil

import pytest

from matching.cli.main import run
from tests.cli.calling import call
from tests.tables.books import save, sheets


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two teachers of mathematics, posts of mathematics and of physics, and a run with two plans."""
    place = tmp_path_factory.mktemp("asked")
    book = sheets()
    book["需求"].append({"岗位编号": "N3", "受援学校编号": "R1", "学科": "物理", "学段": "小学", "人数": 1})
    book["教师"][0]["意向1"] = "N2"
    save(place / "in.xlsx", book)
    (place / "policy.toml").write_text(
        '[policy]\nid = "two"\ntitle = { zh = "两案", en = "Two" }\nextends = "base"\n'
        '[[variant]]\nid = "against"\ntitle = { zh = "反着来", en = "Against wishes" }\n'
        'points = { preference = [90, 0, 0, 0] }\n', encoding="utf-8")
    assert run(["solve", str(place / "in.xlsx"), "-p", str(place / "policy.toml"), "-o", str(place / "run")]) == 0
    return place / "run"


def test_a_teacher_for_people(capsys, folder):
    found = call(capsys, "explain", folder, "--teacher", "T1", "--plan", "main")
    assert found.code == 0
    assert "方案 main（主方案，名次 " in found.out
    assert "张甲（T1），城关小学，小学数学。" in found.out
    assert "是本人第 1 意向" in found.out
    assert "学科相符" in found.out
    assert f"matching explain {folder} --teacher T1 --need N1" in "".join(found.out.split("\n"))
    english = call(capsys, "explain", folder, "--teacher", "T1", "--plan", "main", lang="en")
    assert "wish no. 1; rules on eligibility" in english.out


def test_a_teacher_for_machines(capsys, folder):
    answer = call(capsys, "explain", folder, "--teacher", "T1", "--plan", "main", "--json").json
    (placed,) = answer["placed"]
    assert (answer["plan"], placed["need"], placed["preference"]) == ("main", "N2", 1)
    assert {rule["rule"] for rule in placed["rules"]} >= {"subject", "stage", "max-km"}
    assert all(rule["met"] for rule in placed["rules"])
    assert [post["need"] for post in answer["others"]] == ["N1"]
    assert answer["wishes"][0] == {"rank": 1, "place": "N2", "met": True, "posts": 1, "open": ["N2"], "free": 0,
                                   "refused_by": None}


def test_why_not_by_the_contract(capsys, folder):
    def asked(teacher, need):
        answer = call(capsys, "explain", folder, "--teacher", teacher, "--need", need, "--plan", "main", "--json").json
        return {key: answer[key] for key in ("verdict", "rules", "cost", "exact")}

    def cost(points):
        return [{"goal": "fill", "value": 0}, {"goal": "shortfall", "value": 0}, {"goal": "points", "value": points}]

    assert asked("T1", "N2") == {"verdict": "placed", "rules": [], "cost": cost(0), "exact": True}
    assert asked("T1", "N3") == {"verdict": "refused", "rules": ["subject"], "cost": [], "exact": True}
    assert asked("T1", "N1") == {"verdict": "possible", "rules": [], "cost": cost(80), "exact": True}


def test_why_not_for_people(capsys, folder):
    refused = call(capsys, "explain", folder, "--teacher", "T1", "--need", "N3", "--plan", "main")
    assert "不能去。不符合 1 条硬性规则：“学科相符”：教师教数学，岗位要物理（要求：学科相同或可兼）。" in refused.out
    possible = call(capsys, "explain", folder, "--teacher", "T1", "--need", "N1", "--plan", "main")
    assert "可以去。整个方案要付的代价：安置积分（越少越好）多 80（变差）" in possible.out
    assert "+80" in possible.out
    assert "李乙" in possible.out
    english = call(capsys, "explain", folder, "--teacher", "T1", "--need", "N1", "--plan", "main", lang="en")
    assert "80 more (worse)" in english.out


def test_a_wish_and_the_price_of_other_posts(capsys, folder):
    met = call(capsys, "explain", folder, "--teacher", "T1", "--wish", "1", "--plan", "main")
    assert (met.code, "第 1 意向 甲县镇中心小学（岗位 N2）：已满足。" in met.out) == (0, True)
    asked = ("explain", folder, "--teacher", "T1", "--wish", "1", "--plan", "against")
    price = call(capsys, *asked, "--json").json
    assert (price["verdict"], price["need"], price["cost"][-1]) == ("possible", "N2", {"goal": "points", "value": 90})
    assert "安置积分（越少越好）多 90（变差）" in call(capsys, *asked).out
    costs = call(capsys, "explain", folder, "--teacher", "T1", "--plan", "main", "--costs", "2")
    assert "整个方案的目标怎样变化" in costs.out
    assert "+80" in costs.out
    told = call(capsys, "explain", folder, "--teacher", "T1", "--plan", "main", "--costs", "2", "--json").json
    assert [(one["need"], one["exact"]) for one in told["costs"]] == [("N1", True)]


def test_an_empty_post(capsys, folder):
    found = call(capsys, "explain", folder, "--need", "N3")
    assert found.code == 0
    assert "空 1 个" in found.out
    answer = call(capsys, "explain", folder, "--need", "N3", "--json").json
    assert (answer["need"], answer["gap"], answer["eligible"]) == ("N3", 1, 0)


def test_a_rule(capsys, folder):
    assert "学科相符" in call(capsys, "explain", folder, "--rule", "subject").out
    assert "Subject" in call(capsys, "explain", folder, "--rule", "subject", lang="en").out
    assert call(capsys, "explain", folder, "--rule", "subject", "--json").json["rule"] == "subject"


def test_rules_that_hold_and_those_that_fall_short(capsys, tmp_path):
    book = sheets()
    book["政策"] = [{"规则编号": "nobody", "类型": "配额", "上限": 1, "执行方式": "弹性", "分组": "host.county"}]
    save(tmp_path / "in.xlsx", book)
    assert call(capsys, "solve", tmp_path / "in.xlsx", "-o", tmp_path / "run").code == 0
    found = call(capsys, "explain", tmp_path / "run", "--conflict")
    assert found.code == 0
    assert "全部硬性规则可以同时满足，没有冲突。" in found.out
    assert "如果把“nobody”也作为硬性规则：" in found.out
    assert "补足岗位（按优先级加权）少 3（变差）" in found.out
    assert "少安置 1 人" in found.out
    answer = call(capsys, "explain", tmp_path / "run", "--conflict", "--json").json
    assert (answer["clash"], answer["short"][0]["rule"]) == (False, "nobody")
    assert {"goal": "fill", "value": -3} in answer["cost"]


def test_what_falls_short_may_clash_if_it_were_hard(capsys, tmp_path):
    book = sheets()
    book["政策"] = [{"规则编号": "more", "类型": "配额", "下限": 3, "执行方式": "弹性"}]
    save(tmp_path / "in.xlsx", book)
    assert call(capsys, "solve", tmp_path / "in.xlsx", "-o", tmp_path / "run").code == 0
    found = call(capsys, "explain", tmp_path / "run", "--conflict", lang="en")
    assert "there is no conflict" in found.out
    assert "The rules cannot all hold." in found.out
    assert "more (more) [whole plan] at least: 3 -> 2" in found.out
    assert call(capsys, "explain", tmp_path / "run", "--conflict", "--json").json["conflict"][0]["rule"] == "more"


def test_an_input_whose_rules_clash(capsys, tmp_path, folder):
    book = sheets()
    book["政策"] = [{"规则编号": "many", "类型": "配额", "下限": 9}]
    save(tmp_path / "in.xlsx", book)
    found = call(capsys, "explain", tmp_path / "in.xlsx", "--conflict")
    assert found.code == 3
    assert "many（many）[全部安置] 下限：9 → 2" in found.out
    told = call(capsys, "explain", tmp_path / "in.xlsx", "--conflict", "--json")
    assert (told.code, told.json["clash"]) == (3, True)
    fine = call(capsys, "explain", folder.parent / "in.xlsx", "--conflict", lang="en")
    assert (fine.code, fine.out) == (0, "All hard rules can hold together, there is no conflict.\n")
    assert call(capsys, "explain", tmp_path / "none.xlsx", "--conflict").code == 2


def test_what_one_more_is_worth(capsys, folder):
    found = call(capsys, "explain", folder, "--prices", "--plan", "main")
    assert found.code == 0
    for said in ("教师：先动员谁", "岗位：一个席位值多少", "依据"):
        assert said in found.out
    english = call(capsys, "explain", folder, "--prices", "--plan", "main", lang="en")
    assert "Teachers: whom to recruit first" in english.out
    told = call(capsys, "explain", folder, "--prices", "--plan", "main", "--json").json
    assert (told["plan"], told["proven"]) == ("main", True)
    one = next(post for post in told["posts"] if post["need"] == "N1")
    assert one["fewer"]["goals"][0]["value"] == -3
    assert one["fewer"]["exact"]


def test_two_plans(capsys, folder):
    found = call(capsys, "explain", folder, "--compare", "main", "against")
    assert found.code == 0
    assert "从方案 main 改为方案 against：2 人换岗" in found.out
    assert "张甲" in found.out
    answer = call(capsys, "explain", folder, "--compare", "main", "against", "--json").json
    assert [(m["teacher"], m["from"], m["to"]) for m in answer["moves"]] == [("T1", "N2", "N1"), ("T2", "N1", "N2")]
    assert [(g["name"], g["gain"]) for g in answer["goals"]][-1] == ("points", -80)


def test_the_answer_goes_into_a_new_file(capsys, folder, tmp_path):
    found = call(capsys, "explain", folder, "--teacher", "T1", "-o", tmp_path / "why.txt")
    assert "张甲（T1）" in (tmp_path / "why.txt").read_text(encoding="utf-8")
    assert "why.txt" in "".join(found.out.split("\n"))
    call(capsys, "explain", folder, "--teacher", "T1", "-o", tmp_path / "why.json")
    assert json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))["teacher"] == "T1"
    again = call(capsys, "explain", folder, "--teacher", "T1", "-o", tmp_path / "why.txt")
    assert (again.code, again.out) == (2, "")
    assert "不会覆盖" in again.err


def test_letters_go_into_a_new_folder(capsys, folder, tmp_path):
    written = call(capsys, "explain", folder, "--letters", "teachers", "--form", "docx", "-o", tmp_path / "letters")
    assert (written.code, "教师信 2 封、学校信 0 封" in written.out) == (0, True)
    names = sorted(path.name for path in (tmp_path / "letters" / "teachers").iterdir())
    assert names == ["T1 张甲.docx", "T2 李乙.docx"]
    again = call(capsys, "explain", folder, "--letters", "teachers", "--form", "docx", "-o", tmp_path / "letters")
    assert (again.code, "不会覆盖" in again.err) == (2, True)
    own = call(capsys, "template", tmp_path / "own.docx", "--letters", "teachers", lang="en")
    assert "--letters teachers --template" in " ".join(own.out.split("\n"))
    filled = call(capsys, "explain", folder, "--letters", "teachers", "--form", "docx", "--plan", "against", "--json",
                  "--template", tmp_path / "own.docx", "-o", tmp_path / "more")
    assert filled.json["letters"] == {"teachers": 2, "schools": 0}
    assert filled.json["plan"] == "against"


@pytest.mark.parametrize(("words", "zh", "en"), [
    (("--wish", "1"), "一次问一个问题", "ask one question"),
    (("--teacher", "T1", "--need", "N1", "--wish", "1"), "一次问一个问题", "ask one question"),
    (("--teacher", "T1", "--wish", "2"), "没有填第 2 意向，或所填的不在数据里。（可用：1", "named no wish no. 2"),
    (("--teacher", "T1", "--wish", "4"), "--wish 的值不对", "the value of --wish will not do"),
    (("--letters", "both"), "请加上 -o 文件夹", "add -o DIR"),
    (("--letters", "both", "--teacher", "T1", "-o", "x"), "一次问一个问题", "ask one question"),
    (("--letters", "pupils"), "--letters 的值不对", "the value of --letters will not do"),
    (("--teacher", "T9"), "没有编号为 T9 的教师。（可用：", "No teacher has the id T9. (try "),
    (("--teacher", "李乙"), "（可用：T2", "(try T2"),
    (("--need", "n01"), "（可用：N1", "(try N1"),
    (("--teacher", "T1", "--need", "N9"), "没有编号为 N9 的岗位", "No post has the id N9"),
    (("--rule", "subjekt"), "（可用：subject", "(try subject"),
    (("--rule", "宿舍床位"), "（可用：beds", "(try beds"),
    (("--need", "河口小学"), "（可用：N1、N3", "(try N1"),
    (("--compare", "main", "agianst"), "（可用：against", "(try against"),
    (("--teacher", "T1", "--plan", "mian"), "没有编号为 mian 的方案。（可用：main", "(try main"),
    ((), "一次问一个问题", "ask one question"),
    (("--teacher", "T1", "--rule", "subject"), "一次问一个问题", "ask one question"),
    (("--teacher", "T1", "--group", "甲县"), "一次问一个问题", "ask one question"),
])
def test_a_wrong_question_ends_with_2_and_a_sentence(capsys, folder, words, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        found = call(capsys, "explain", folder, *words, lang=lang)
        assert (found.code, found.out) == (2, "")
        assert said in " ".join(found.err.split("\n"))
    to_program = call(capsys, "explain", folder, *words, "--json")
    assert to_program.json["errors"] == 1


def test_a_folder_that_is_no_run(capsys, folder):
    nowhere = call(capsys, "explain", folder.parent / "rum", "--teacher", "T1")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert f"可用：{folder}" in "".join(nowhere.err.split("\n"))
    above = call(capsys, "explain", folder.parent, "--teacher", "T1")
    assert "没有 run.json" in " ".join(above.err.split("\n"))


def test_a_run_whose_input_has_since_changed_is_refused(capsys, folder, tmp_path):
    shutil.copytree(folder.parent, tmp_path / "copy")
    book = sheets()
    book["教师"][0]["主教学科"] = "物理"
    (tmp_path / "copy" / "in.xlsx").unlink()
    save(tmp_path / "copy" / "in.xlsx", book)
    sentences = {"zh": "输入文件 in.xlsx 在这次运行之后改动过", "en": "the input in.xlsx has been changed since"}
    for lang, said in sentences.items():
        found = call(capsys, "explain", tmp_path / "copy" / "run", "--teacher", "T1", lang=lang)
        assert (found.code, found.out) == (2, "")
        assert said in " ".join(found.err.split("\n"))
