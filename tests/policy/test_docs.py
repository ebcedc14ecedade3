"""What docs/policy.md shows is true."""

import re
from pathlib import Path

import pytest

from matching.domain.records import GoalRow, PolicyRow
from matching.domain.sheets import GOALS, POLICY
from matching.policy import condition, load, with_rows
from tests import builders
from tests.policy.helpers import HEAD, write

TEXT = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
TOML = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
EMPTY = builders.instance([builders.site("A")], [builders.need("N", "A")], [builders.teacher("T", "A")])


def tables(first):
    """The tables whose first heading is `first`, as lists of rows by heading."""
    for block in re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE):
        head, _, *rows = ([c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
                          for line in block.splitlines())
        if head[0] == first:
            yield [dict(zip(head, row, strict=True)) for row in rows]


def record(kind, sheet, row):
    keys = {column.zh: column.key for column in sheet.columns}
    values = {keys[heading]: text or None for heading, text in row.items()}
    return kind(**(dict.fromkeys(kind._fields) | values))


def test_the_example_of_the_readme(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    rule = load(write(tmp_path, text)).rule("backbone-share")
    assert (rule.of, rule.per, float(rule.at_least), rule.enforce) == ("placed", ("host.county",), 0.25, "elastic")


@pytest.mark.parametrize("text", TOML)
def test_examples_in_toml(tmp_path, text):
    known = "" if "backbone-share" not in text or "kind = \"quota\"" in text else next(t for t in TOML if "quota" in t)
    assert load(write(tmp_path, HEAD + known + text)).rules


@pytest.mark.parametrize("rows", tables("规则编号"))
def test_examples_as_rows_of_the_policy_sheet(rows):
    made = EMPTY.__class__(**{**vars(EMPTY), "policy": tuple(record(PolicyRow, POLICY, row) for row in rows)})
    assert {r["规则编号"] for r in rows} <= {rule.id for rule in with_rows(load("base"), made).rules}


@pytest.mark.parametrize("rows", tables("顺序"))
def test_examples_as_rows_of_the_goals_sheet(rows):
    goals = tuple(record(GoalRow, GOALS, row)._replace(order=int(row["顺序"])) for row in rows)
    made = EMPTY.__class__(**{**vars(EMPTY), "goals": goals})
    assert [g.kind for g in with_rows(load("gansu_2014"), made).goals] == ["fill", "shortfall", "points"]


@pytest.mark.parametrize("row", next(tables("写法")))
def test_conditions(row):
    assert condition(row["写法"].strip("`")).clauses
