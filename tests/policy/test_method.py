"""A variant that is asked for by its method."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.domain.findings import InputError
from matching.policy import load
from matching.policy.toml import to_toml

STATED = '[policy]\nid = "p"\n[[variant]]\nid = "firm"\ntitle = { zh = "稳定", en = "Stable" }\nmethod = "%s"\n'


def test_a_variant_may_be_stable(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(STATED % "稳定", encoding="utf-8")
    policy = load(tmp_path / "p.toml")
    assert [v.method for v in policy.variants] == ["stable"]
    (tmp_path / "again.toml").write_text(to_toml(policy), encoding="utf-8")
    assert load(tmp_path / "again.toml") == policy


def test_another_word_is_an_error_that_suggests_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(STATED % "stabel", encoding="utf-8")
    with pytest.raises(InputError) as found:
        load(tmp_path / "p.toml")
    assert "stable" in found.value.findings[0].suggest
