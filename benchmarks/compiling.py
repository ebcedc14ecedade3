"""Times what turns an instance into a program, by size: ``python -m benchmarks.compiling S M MD L XL``."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.synthetic import SIZES, make

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size, each measured in a process of its own so that peaks of memory are its own."""
    options = _parser().parse_args(arguments)
    if options.here:
        print(json.dumps(measured(options.sizes[0], options.seed)))
        return 0
    print("size        arcs     rows   arcs s   compile s  peak MiB")
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.compiling", "--here", "--seed", str(options.seed), size]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("{size:<5} {arcs:>10} {rows:>8} {arcs_seconds:>8.2f} {seconds:>11.2f} {peak_mib:>9}".format(**found))
    return 0


def measured(size: str, seed: int) -> dict[str, Any]:
    """Return the processor's seconds for the eligible pairs alone and for the whole program, and peak memory."""
    from matching.problem import compile
    from matching.problem.arcs import eligible
    from matching.problem.credits import CreditedFields
    from matching.problem.problem import hard_requires

    instance, policy = make(size, seed)
    began = time.process_time()
    eligible(hard_requires(policy), CreditedFields(instance, policy))
    paired = time.process_time()
    problem = compile(instance, policy)
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT // 2**20
    return {"size": size, "arcs": len(problem.arcs), "rows": problem.program.n_rows, "arcs_seconds": paired - began,
            "seconds": ended - paired, "peak_mib": peak}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=tuple(SIZES), metavar="size", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help="measure one size in this process and print JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
