"""The smallest shipped instance, and its policy."""

from __future__ import annotations

from pathlib import Path

import pytest

import matching

TINY = Path(__file__).parents[1] / "instances" / "tiny"


@pytest.fixture(scope="module")
def instance():
    return matching.read(TINY / "tiny.xlsx")


@pytest.fixture(scope="module")
def policy(instance):
    return matching.policy(TINY / "policy.toml", instance=instance)
