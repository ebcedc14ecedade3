"""The words for what a store keeps of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matching.domain.text import Text

if TYPE_CHECKING:
    from matching.store import Entry

STATUS = {"optimal": Text("最优", "optimal"), "feasible": Text("可行", "feasible"),
          "infeasible": Text("规则冲突", "rules clash"), "unknown": Text("未求出", "not solved"),
          "simulated": Text("已模拟", "simulated"), "complete": Text("完成", "complete")}
KEYS = {"command": Text("命令", "command"), "input": Text("输入", "input"), "policy": Text("政策", "policy"),
        "engine": Text("求解引擎", "engine"), "seed": Text("随机种子", "seed"), "status": Text("结果", "status"),
        "stopped": Text("中止", "stopped by"), "versions": Text("版本", "versions"), "plan": Text("方案", "plan"),
        "placed": Text("安置", "placed"), "seats": Text("席位", "seats"), "goal": Text("目标", "goal"),
        "sha256": Text("摘要", "digest"), "files": Text("文件", "files"), "id": Text("编号", "id"),
        "found": Text("补记", "recorded later"), "repeats": Text("重做", "repeats")}
SHORT = 12
"""How many digits of a digest are shown."""


def key_words(key: str) -> Text:
    """Return the words of a key such as ``policy.id``; what has none stands for itself."""
    parts = [KEYS.get(part, Text(part, part)) for part in key.split(".")]
    return Text(" ".join(part.zh for part in parts), " ".join(part.en for part in parts))


def value_words(value: Any) -> str:
    """Return plain JSON as people write it, digests shortened."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {value_words(_short(key, inner))}" for key, inner in value.items())
    return ", ".join(map(value_words, value)) if isinstance(value, list) else "" if value is None else str(value)


def _short(key: str, value: Any) -> Any:
    return value[:SHORT] if key == "sha256" and isinstance(value, str) else value


def status_words(body: Mapping[str, Any]) -> Text | str:
    """Return what came of a run or a plan."""
    status = body.get("status")
    return STATUS.get(status, str(status)) if status else ""


def placed_words(plan: Mapping[str, Any]) -> str:
    """Return how many are placed in how many seats."""
    return "" if plan.get("placed") is None else f"{plan['placed']:,} / {plan['seats']:,}"


def goal_words(plan: Mapping[str, Any]) -> Text:
    """Return the values of a plan's goals, in order."""
    from matching.report.words import goal_word

    lines = plan.get("goals") or []
    return Text("；".join(f"{goal_word(line['goal'], 'zh')} {line['value']:,}" for line in lines),
                "; ".join(f"{goal_word(line['goal'], 'en')} {line['value']:,}" for line in lines))


def when(entry: Entry) -> str:
    """Return when an entry was appended, in the time of this machine."""
    return f"{datetime.fromisoformat(entry.at).astimezone():%Y-%m-%d %H:%M}"
