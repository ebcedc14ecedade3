"""Time spent by phase, and time left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Counts the seconds of each phase against one limit for all."""

    def __init__(self, limit: float | None) -> None:
        self._start = time.monotonic()
        self._limit = limit
        self.seconds: dict[str, float] = {}

    @property
    def left(self) -> float | None:
        """Seconds left, not below zero; None without a limit."""
        return None if self._limit is None else max(0.0, self._limit - (time.monotonic() - self._start))

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Add the seconds of the block to the phase `name`."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - began
