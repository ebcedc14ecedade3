"""What the keys of rules and goals are called in the sheets 政策 and 目标."""

from __future__ import annotations

from collections.abc import Mapping

from matching.domain.sheets import BY_KEY, GOALS, POLICY

OTHER_NAMES: Mapping[str, str] = {
    "计量": "measure", "起算人数": "from_seats", "同行依据": "by", "补助项目": "item", "金额": "amount",
    "已有": "plus", "活动": "activity", "单位": "unit", "每学期下限": "min_per_term", "学段": "stage",
    "每岗学生数": "pupils_per_post", "可放宽": "bend",
    "规则": "rules", "权重": "weights", "积分": "points",
}
"""Names in the column 其他, each with its key."""
_OTHER_KEYS: Mapping[str, str] = {key: name for name, key in OTHER_NAMES.items()}


def name_in(sheet: str | None, key: str) -> str:
    """Return what `key` is called in a sheet: its column's heading, or its name in 其他; in a file, the key itself."""
    if sheet not in (POLICY.key, GOALS.key):
        return key
    column = BY_KEY[sheet].by_key.get(key)
    return column.zh if column else _OTHER_KEYS.get(key, key)
