"""What is done of a sweep, so that it goes on after whatever ended it."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from matching.domain.findings import InputError
from matching.store.chain import canonical
from matching.store.folders import digest
from matching.store.store import Store

if TYPE_CHECKING:
    from matching.domain.instance import Instance

def sweep_id(*, input_sha256: str, policy_sha256: str, asked: Mapping[str, Any]) -> str:
    """Return the id of a sweep: what decides its results, and nothing else.

    Parameters
    ----------
    asked : what is varied and over which values, seeds, engine and whatever else results depend on; plain JSON

    Notes
    -----
    Versions of the solvers, and this library to the letter, are part of it: a point solved by others is not taken over.
    """
    from matching.report.run_folder import PACKAGES

    versions = {name: version(name) for name in PACKAGES}
    whole = canonical({"input": input_sha256, "policy": policy_sha256, "asked": asked, "versions": versions,
                       "library": _library()})
    return _sha256(whole.encode("utf-8", "backslashreplace"))


def sweep_of(instance: Instance, policy_toml: str, asked: Mapping[str, Any]) -> str:
    """Return the id of a sweep over an instance and a policy as a run folder would hold them; see `sweep_id`."""
    from matching.tables import write

    with tempfile.TemporaryDirectory() as passing:
        write(instance, Path(passing) / "input.json")
        given = digest(Path(passing) / "input.json")
    return sweep_id(input_sha256=given, policy_sha256=_sha256(policy_toml.encode()), asked=asked)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _library() -> str:
    """Return a digest of the library's own files."""
    import matching

    root = Path(matching.__file__).parent
    return _sha256(b"".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.suffix in (".py", ".toml")))


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

    def lenient(self, tell: Callable[[InputError], None]) -> Callable[[str, Mapping[str, Any]], None]:
        """Return an `on_point` that tells the first failure and keeps no more, so that the sweep goes on."""
        failed = threading.Event()

        def on_point(key: str, value: Mapping[str, Any]) -> None:
            if not failed.is_set():
                try:
                    self.on_point(key, value)
                except InputError as problem:
                    failed.set()
                    tell(problem)

        return on_point

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
