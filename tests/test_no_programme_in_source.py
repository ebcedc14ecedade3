"""No programme has code of its own: none is named in the source but in its preset."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matching.policy import presets

SOURCE = Path(__file__).parent.parent / "src" / "matching"
PRESETS = SOURCE / "policy" / "presets"
FILES = sorted(path for path in SOURCE.rglob("*")
               if path.suffix in (".py", ".toml", ".html", ".j2", ".css", ".js") and PRESETS not in path.parents)
TOOLS = {"base", "pairs", "mentor_pairs"}
"""Presets that commands take where none is named; none is a programme's."""
WORDS = {"two_way", "mentor"}
"""Ids that are words of the contracts as well: a column of 结对, and one of the two in a pair of teachers."""
PLACES = re.compile(
    "甘肃|玛曲|碌曲|岷县|漳县|兰州|陇南|叶集|合肥|巢湖|肥东|肥西|长丰|庐江|瑶海|包河|蜀山|庐阳|赣州|甘州|张掖|南关|三闸|"
    "甘南|肃南|密云|北京|江西|郑州|新密|尖山|浦城|大连|银龄|gansu|lanzhou|longnan|yeji|hefei|ganzhou|zhangye|miyun|"
    "beijing|jiangxi|zhengzhou|jianshan|pucheng|dalian|yinling")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_programme_is_named(path):
    text = path.read_text(encoding="utf-8")
    ids = set(presets()) - TOOLS - WORDS
    assert sorted(name for name in ids if re.search(rf"\b{name}\b", text)) == []
    assert PLACES.findall(text.lower()) == []
    assert [title.zh for name, title in presets().items() if name not in TOOLS and title.zh in text] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".py"],
                         ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_code_asks_which_policy_it_is(path):
    assert not re.search(r"policy\.id\s*(==|!=|in\b|not\b)", path.read_text(encoding="utf-8"))
