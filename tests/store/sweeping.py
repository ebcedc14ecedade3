"""A sweep in a process of its own, to be killed: prints each point's key once it is reported done."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from matching.store import Journal, open_store, sweep_id

KEYS = tuple(f"seed=0 share.at_least={at}/30" for at in range(30))


def value_of(key: str) -> dict[str, object]:
    """What a point comes to; some work, and the same for everyone."""
    digest = key.encode()
    for _ in range(3000):
        digest = hashlib.sha256(digest).digest()
    return {"key": key, "status": "optimal", "goals": [{"goal": "fill", "value": digest[0]}], "words": ["支教"] * 200}


def the_sweep() -> str:
    """The id of this sweep."""
    return sweep_id(input_sha256="a" * 64, policy_sha256="b" * 64, asked={"vary": {"share.at_least": "0:1:1/30"}})


def sweep(folder: Path) -> dict[str, object]:
    """Do what is not known yet."""
    with Journal(open_store(folder, create=True), the_sweep(), about={"vary": ["share.at_least=0:1:1/30"]}) as journal:
        known = dict(journal.known)
        for key in KEYS:
            if key not in known:
                known[key] = value_of(key)
                journal.on_point(key, known[key])
                print(key, flush=True)
        return known


if __name__ == "__main__":
    print("begun", flush=True)
    sweep(Path(sys.argv[1]))
