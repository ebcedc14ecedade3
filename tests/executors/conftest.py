"""Real clusters: a scheduler and two workers on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from benchmarks.loopback import Cluster, two_workers


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for tests that leave it as it is."""
    with two_workers(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster
