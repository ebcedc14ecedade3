"""A policy changed in a workbook's own sheets, as Excel stores them, is the policy changed so in a file."""

import pytest

from matching.policy import load, load_with_rows
from matching.tables import read
from tests.policy.helpers import rule, write
from tests.policy.test_rows import meaning
from tests.tables.books import save, sheets

HEAD = '[policy]\nid = "gansu_2014"\nextends = "gansu_2014"\n'
SHARE = {"规则编号": "backbone-share", "类型": "配额", "下限": 0.25}
SHEETS = [
    ({"政策": [SHARE]}, rule(id='"backbone-share"', at_least="0.25")),
    ({"政策": [SHARE | {"下限": "25％", "执行方式": "弹性", "罚分": 3, "启用": True}]},
     rule(id='"backbone-share"', at_least="0.25", enforce='"elastic"', penalty="3")),
    ({"policy": [{"id": "budget", "kind": "quota", "at_most": 30000000}]}, rule(id='"budget"', at_most="30000000")),
    ({"政策": [{"规则编号": "reserve", "类型": "配额", "启用": True, "上限": 1300.0}]},
     rule(id='"reserve"', on="true", at_most="1300")),
    ({"目标": [{"顺序": 2, "类型": "积分"}, {"顺序": 1, "类型": "补足岗位", "松弛": 0.5}]},
     '[[goal]]\nkind = "fill"\nslack = 0.5\n[[goal]]\nkind = "points"\n'),
    ({"目标": [{"顺序": 1, "类型": "补足岗位", "松弛": "1%", "其他": "权重 = 9|7|5|3|1"}]},
     '[[goal]]\nkind = "fill"\nslack = "1%"\nweights = [9, 7, 5, 3, 1]\n'),
    ({"积分": [{"名称": "公里", "分值": 3}, {"名称": "意向2", "分值": "25"}]},
     "[points]\nkm = 3\npreference = [0, 25, 40, 80]\n"),
]


@pytest.mark.parametrize(("added", "text"), SHEETS)
def test_sheets_of_a_workbook_equal_the_same_change_in_toml(tmp_path, added, text):
    reading = read(save(tmp_path / "in.xlsx", sheets() | added))
    assert reading.findings == ()
    in_sheet, toml = load_with_rows("gansu_2014", reading.instance, reading.places)
    in_file = load(write(tmp_path, HEAD + text))
    assert meaning(in_sheet) == meaning(in_file)
    assert meaning(load(write(tmp_path, toml))) == meaning(in_file)
