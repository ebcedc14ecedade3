"""A small programme, written into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matching.domain.instance import Instance
from matching.domain.records import LedgerRow
from matching.tables import write
from tests.builders import distance, instance, need, pairing, site, staffing, teacher

POLICY = """
[policy]
id = "small"
title = { zh = "小项目", en = "A small programme" }
extends = "base"
[[rule]]
id = "backbone-share"
kind = "quota"
title = { zh = "骨干占比", en = "Backbone share" }
count = "backbone = yes"
of = "placed"
at_least = 0.5
per = "plan"
enforce = "report"
[[rule]]
id = "allowance"
kind = "subsidy"
title = { zh = "补助", en = "Allowance" }
item = "a"
amount = 1000
[[goal]]
kind = "fill"
[[variant]]
id = "other"
title = { zh = "另一方案", en = "Another plan" }
points = { km = 1 }
"""
CLASH = """
[policy]
id = "clash"
title = "冲突"
extends = "small.toml"
[[rule]]
id = "many"
kind = "quota"
title = "至少五人"
per = "plan"
at_least = 5
"""


def small() -> Instance:
    """Two homes and two hosts; three of four teachers find a post, of five seats three are filled."""
    sites = [site("S1", "sender"), site("S2", "sender", county="Y"),
             site("R1", "receiver", township="A镇", weak=True), site("R2", "receiver", county="Y", township="B镇")]
    needs = [need("N1", "R1", 2, weekly_hours=10), need("N2", "R2", 1, subject="math", weekly_hours=12, term=2.0),
             need("N3", "R2", 2, subject="art")]
    teachers = [teacher("T1", "S1", backbone="city", title="senior"), teacher("T2", "S1", title="second"),
                teacher("T3", "S2", subject="math", group="甲组"), teacher("T4", "S2", subject="music")]
    roads = [distance("S1", "R1", 30.5), distance("S2", "R2", 10.0)]
    ways = [pairing("S1", "R1", "prefer"), pairing("S1", "R2", "must", type="material"),
            pairing("S2", "R2", "must", type="material")]
    ledger = [LedgerRow("T1", "R1", None, "授课", 6.0, None), LedgerRow("T2", "R1", None, "听课", 2.0, None)]
    return instance(sites, needs, teachers, distances=roads, pairings=ways, ledger=ledger,
                    staffing=[staffing("R1", pupils=190, staff=5)])


def save_programme(folder: Path, *cases: dict[str, Any], **keys: Any) -> Path:
    """Write the small workbook, its policies and an expected.json with `cases`; without any, one that holds."""
    folder.mkdir(parents=True)
    write(small(), folder / f"{folder.name}.xlsx")
    (folder / "small.toml").write_text(POLICY, encoding="utf-8")
    (folder / "clash.toml").write_text(CLASH, encoding="utf-8")
    stated = cases or ({"id": "main", "policy": "small.toml", "status": "optimal", "teachers": 4, "seats": 5,
                        "filled": 3},)
    text = json.dumps({"cases": stated} | keys, ensure_ascii=False)
    (folder / "expected.json").write_text(text, encoding="utf-8")
    return folder
