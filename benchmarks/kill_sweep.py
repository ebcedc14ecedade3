"""A sweep killed at random moments, which goes on from what was done: `python -m benchmarks.kill_sweep [moments]`.

Of `tiny`, or of a larger one: `--case instances/pucheng --vary strong-share.at_least=0.3:0.84:0.02`. Prints what was
lost (nothing may be), whether the store verified after every kill, and whether the curve in the end is that of a sweep
which nobody killed.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from matching.store import Journal, open_store, sweep_of
from matching.store.database import NAME

ROOT = Path(__file__).parent.parent
TINY = ROOT / "instances" / "tiny"
VARIED = "backbone-share.at_least=0:0.6:0.02"
STARTED = "begun"


class Asked(NamedTuple):
    """What is swept."""

    case: Path
    vary: str

    @property
    def varied(self) -> dict[str, str]:
        """What is varied, by name."""
        name, _, values = self.vary.partition("=")
        return {name: values}


def sweep(asked: Asked, folder: Path | None, *, told: bool = False) -> dict[str, Any]:
    """Sweep an instance; with a folder, go on from what its store knows, and tell each point that is kept."""
    from matching.cli.case import load_case
    from matching.scenarios.whatif import whatif

    own = asked.case / "policy.toml"
    case = load_case([asked.case / f"{asked.case.name}.xlsx"], str(own) if own.exists() else asked.case.name)
    if folder is None:
        return whatif(case.instance, case.policy, asked.varied).to_dict()
    tell = partial(print, flush=True) if told else str
    sweep_id = sweep_of(case.instance, case.policy_toml, asked.varied)
    tell(STARTED)
    with Journal(open_store(folder, create=True), sweep_id, about=asked.varied) as journal:
        def kept(key: str, value: dict[str, Any]) -> None:
            journal.on_point(key, value)
            tell(key)

        return whatif(case.instance, case.policy, asked.varied, known=journal.known, on_point=kept).to_dict()


def killed_after(asked: Asked, folder: Path, seconds: float) -> tuple[bool, list[str]]:
    """Begin a sweep and kill it after so many seconds; return whether it was at work, and what it reported done."""
    begun = subprocess.Popen([sys.executable, "-m", "benchmarks.kill_sweep", "--child", str(folder), "--case",
                              str(asked.case), "--vary", asked.vary], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert begun.stdout is not None
    begun.stdout.readline()
    time.sleep(seconds)
    at_work = begun.poll() is None
    begun.send_signal(signal.SIGKILL)
    return at_work, begun.communicate()[0].split("\n")[:-1]


def main(asked: Asked, moments: int, seed: int) -> None:
    """Kill sweeps at so many moments, each going on from what was done; one that came to its end begins anew."""
    began = time.monotonic()
    whole = sweep(asked, None)
    length = time.monotonic() - began
    draw, killed, ended, lost, damaged, other = random.Random(seed), 0, 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as passing:
        folder, reported = Path(passing) / "0", set[str]()
        while killed < moments:
            at_work, told = killed_after(asked, folder, draw.uniform(0, length))
            killed, reported = killed + at_work, reported | set(told)
            known = set[str]()
            if (folder / NAME).exists():
                store = open_store(folder)
                damaged += not store.verify().ok
                known = {entry.body["key"] for entry in store.entries("point")}
                lost += len(reported - known)
            print(f"{killed}: {'killed' if at_work else 'at its end'}; reported {len(reported)}, kept {len(known)}")
            if not at_work:
                other += sweep(asked, folder) != whole
                ended += 1
                folder, reported = Path(passing) / str(ended), set()
        other += sweep(asked, folder) != whole
    print(f"killed at work {killed} times; points lost {lost}; stores that did not verify {damaged}; "
          f"sweeps ended {ended + 1}, with another curve {other}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("moments", nargs="?", type=int, default=50)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--child", type=Path)
    parser.add_argument("--case", type=Path, default=TINY)
    parser.add_argument("--vary", default=VARIED)
    given = parser.parse_args()
    swept = Asked(given.case.resolve(), given.vary)
    if given.child:
        sweep(swept, given.child, told=True)
    else:
        main(swept, given.moments, given.seed)
