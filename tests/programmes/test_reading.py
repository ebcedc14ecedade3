"""``expected.json`` read, and said what is wrong with it."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest

from matching.domain.findings import InputError
from matching.programmes import read_expected
from matching.programmes.expected import CountFigure, DifferenceFigure, RuleFigure, StudyFigure

HAN = re.compile(r"[\u4e00-\u9fff]")
COUNT = {"id": "out", "count": "placements", "equals": 8}


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "expected.json"
        path.write_bytes(text if isinstance(text, bytes) else
                         (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)).encode())
        return path

    return write


def case(**keys):
    return {"cases": [{"id": "main"} | keys]}


def figure(**keys):
    return case(figures=[keys])


def test_every_kind_of_figure_is_read(written):
    read = read_expected(written({
        "source": "003.txt 例3",
        "cases": [
            {"id": "main", "workbook": "a.xlsx", "policy": "base", "status": "optimal", "teachers": 4, "seats": 3,
             "filled": 2, "figures": [
                 {"id": "a", "title": {"zh": "派出 8 人", "en": "8 go out"}, "source": "例3", "count": "placements",
                  "when": "home.rural = no", "equals": 8},
                 {"id": "b", "title": {}, "rule": "beds", "ok": True, "shortfall": 1, "value": "9/47"},
                 {"id": "c", "title": "两种文字一样", "count": "needs", "share_of": "", "at_most": 0.2},
                 {"id": "d", "study": "hours", "where": {"lacking": True, "who": ["a", "b"]}, "at_least": "1/3"},
                 {"id": "e", "difference": "filled", "from": "other", "equals": -12}]},
            {"id": "other", "status": "infeasible", "conflict": ["beds"], "relaxation": 3},
            {"id": "plan", "plan": "plan.json", "audit": False, "breaches": ["beds"]}]}))
    a, b, c, d, e = read.cases[0].figures
    assert isinstance(a, CountFigure)
    assert (a.when, a.equals, a.title.get("en")) == (("home.rural = no",), 8, "8 go out")
    assert isinstance(b, RuleFigure)
    assert b.stated == {"value": "9/47", "ok": True, "shortfall": 1}
    assert isinstance(c, CountFigure)
    assert (c.share_of, c.at_most, c.title.zh) == ((), Fraction(1, 5), "两种文字一样")
    assert isinstance(d, StudyFigure)
    assert (d.at_least, d.where) == (Fraction(1, 3), {"lacking": True, "who": ("a", "b")})
    assert isinstance(e, DifferenceFigure)
    assert (e.other, e.equals, e.meets(Fraction(-12))) == ("other", -12, True)
    assert (read.cases[1].conflict, read.cases[2].audit) == (("beds",), False)


WRONG = {
    "no JSON": ("{", "json_invalid", None),
    "not UTF-8": ("例".encode("gb18030"), "not_utf8", None),
    "a list": ([], "model_type", None),
    "no cases": ({"cases": []}, "no_cases", None),
    "missing id": ({"cases": [{"policy": "base"}]}, "missing", "cases[0].id"),
    "misspelt key": (case(filed=3), "extra_forbidden", "cases[0].filed"),
    "misspelt key of a figure": (figure(**COUNT, wen="km < 3"), "extra_forbidden", "cases[0].figures[0].wen"),
    "no kind": (figure(id="a", equals=1), "union_tag_not_found", "cases[0].figures[0]"),
    "two kinds": (figure(**COUNT, rule="beds"), "extra_forbidden", "cases[0].figures[0].rule"),
    "unknown count": (figure(**COUNT | {"count": "seats"}), "literal_error", "cases[0].figures[0].count"),
    "no bound": (figure(id="a", count="needs"), "no_bound", "cases[0].figures[0]"),
    "no number": (figure(**COUNT | {"equals": "9/0"}), "not_a_number", "cases[0].figures[0].equals"),
    "yes for a number": (figure(**COUNT | {"equals": True}), "not_a_number", "cases[0].figures[0].equals"),
    "no condition": (figure(**COUNT, when=3), "not_a_condition", "cases[0].figures[0].when"),
    "km of needs": (figure(**COUNT | {"count": "needs"}, measure="km"), "bad_measure", "cases[0].figures[0]"),
    "condition on rows": (figure(**COUNT | {"count": "ledger"}, when="km < 3"), "no_fields", "cases[0].figures[0]"),
    "object for a value": (figure(**COUNT, where={"a": {}}), "not_a_value", "cases[0].figures[0].where.a"),
    "empty rule": (figure(id="a", rule="beds"), "no_statement", "cases[0].figures[0]"),
    "text for seats": (case(seats="3"), "int_type", "cases[0].seats"),
    "negative": (case(seats=-1), "greater_than_equal", "cases[0].seats"),
    "title": (figure(**COUNT, title=3), "model_type", "cases[0].figures[0].title"),
    "unknown status": (case(status="solved"), "literal_error", "cases[0].status"),
    "conflict without": (case(status="optimal", relaxation=3), "no_conflict", "cases[0]"),
    "breaches without": (case(breaches=["beds"]), "no_breach", "cases[0]"),
    "unknown case": (figure(id="a", difference="filled", equals=1, **{"from": "none"}), "no_case", None),
    "repeated figure": (case(figures=[COUNT, COUNT]), "repeated_id", "cases[0]"),
    "repeated case": ({"cases": [{"id": "a"}, {"id": "a"}]}, "repeated_id", None),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_a_finding_with_its_place(written, name):
    text, code, column = WRONG[name]
    with pytest.raises(InputError) as refused:
        read_expected(written(text))
    finding = next(f for f in refused.value.findings if f.code == code)
    assert finding.column == column
    assert str(finding.file).endswith("expected.json")
    assert "expected.json" in finding.text.zh
    assert "expected.json" in finding.text.en
    assert column is None or column in finding.text.en
    assert HAN.search(finding.text.zh)
    assert not HAN.search(finding.text.en)
    assert "{" not in finding.text.zh.replace("{...}", "")


def test_a_missing_file_is_a_finding(tmp_path):
    with pytest.raises(InputError) as refused:
        read_expected(tmp_path / "expected.json")
    assert refused.value.findings[0].code == "unreadable"


def test_the_nearest_key_is_suggested_and_every_fault_is_told(written):
    with pytest.raises(InputError) as refused:
        read_expected(written(case(filed=3, teacher=2)))
    assert [(f.column, f.suggest[0]) for f in refused.value.findings] == [
        ("cases[0].filed", "filled"), ("cases[0].teacher", "teachers")]
