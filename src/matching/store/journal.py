"""What is done of a sweep, so that it goes on after whatever ended it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.metadata import version
from typing import Any, Self

from matching.store.chain import canonical
from matching.store.store import Store


def sweep_id(*, input_sha256: str, policy_sha256: str, asked: Mapping[str, Any]) -> str:
    """Return the id of a sweep: what decides its results, and nothing else.

    Parameters
    ----------
    asked : what is varied and over which values, seeds, engine and whatever else results depend on; plain JSON

    Notes
    -----
    Versions of this library and of the solvers are part of it: a point solved by another version is not taken over.
    """
    from matching.report.run_folder import PACKAGES

    versions = {name: version(name) for name in PACKAGES}
    whole = canonical({"input": input_sha256, "policy": policy_sha256, "asked": asked, "versions": versions})
    return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()


class Journal:
    """The points of one sweep in a store; each is on the disk when `on_point` returns, quicker within a ``with`` block.

    Parameters
    ----------
    about : what a reader of the store is to know of the sweep; appended once, when it begins

    Raises
    ------
    InputError
        Where the store is damaged or cannot be written.
    """

    def __init__(self, store: Store, sweep: str, *, about: Mapping[str, Any] | None = None, who: str | None = None,
                 why: str | None = None) -> None:
        self._store, self._sweep = store, sweep
        self._writing, self._holding = threading.Lock(), ExitStack()
        entries = store.entries(about=sweep)
        self.known: dict[str, Any] = {}
        for entry in entries:
            if entry.kind == "point":
                self.known.setdefault(entry.body["key"], entry.body["value"])
        self._kept = set(self.known)
        if not entries:
            store.append("sweep", about or {}, about=sweep, who=who, why=why)

    def __enter__(self) -> Self:
        self._holding.enter_context(self._store.held())
        return self

    def __exit__(self, *_: object) -> None:
        self._holding.close()

    def on_point(self, key: str, value: Mapping[str, Any]) -> None:
        """Append a point that is done for good; one that is known stays as it is.

        Raises
        ------
        InputError
            Where the store can no longer be written.
        """
        with self._writing:
            if key in self._kept:
                return
            self._store.append("point", {"key": key, "value": value}, about=self._sweep)
            self._kept.add(key)
