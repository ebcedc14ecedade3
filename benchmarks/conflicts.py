"""Whether what is said of clashing rules is so: ``python -m benchmarks.conflicts [--large] [--only NAME]``.

Of every conflict that is called irreducible: its rules together have no plan; without any one of them there is one.
Fewer rules allow more plans, so that every proper subset of it then is feasible. Of every way out: it has a plan that
the audit passes; one unit less, where that is said to be proven, has none. Each is a solve from nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain

from benchmarks.clashes.cases import Clash, expected, large, one_more
from benchmarks.clashes.subsets import Subsets
from benchmarks.clashes.ways import seen

from matching.explain.conflicts.conflict import Diagnosis, diagnose
from matching.explain.conflicts.model import Conflict, Relaxation
from matching.problem import compile


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each conflict and each way out, and how many are not as they are said to be."""
    options = _parser().parse_args(arguments)
    cases = chain(expected(), one_more(), large() if options.large else ())
    wrong = 0
    for clash in cases:
        if options.only in clash.name:
            began = time.perf_counter()
            found = diagnose(compile(clash.instance, clash.policy))
            print(f"{clash.name}: {len(found.conflicts)} conflicts{'' if found.complete else ' and perhaps more'}, "
                  f"{len(found.relaxations)} ways out{'' if found.all_tried else ' and perhaps more'}, "
                  f"{time.perf_counter() - began:.1f} s")
            for line, right in _lines(clash, found):
                wrong += not right
                print(f"  {'' if right else 'WRONG '}{line}", flush=True)
    print(f"{wrong} not as they are said to be")
    return int(wrong > 0)


def _lines(clash: Clash, found: Diagnosis) -> Iterator[tuple[str, bool]]:
    for conflict in found.conflicts:
        yield _conflict(clash, conflict)
    for way in found.relaxations:
        yield _way(clash, way)


def _conflict(clash: Clash, conflict: Conflict) -> tuple[str, bool]:
    subsets = Subsets(clash, conflict.rules)
    whole = subsets.status()
    rules = ", ".join(dict.fromkeys(label.rule for label in conflict.rules))
    if not conflict.irreducible:
        return f"conflict of {len(conflict.rules)} ({rules}): {whole}; not said to need all", whole == "infeasible"
    left = [status for _, status in subsets.largest()]
    feasible = left.count("optimal")
    return (f"conflict of {len(conflict.rules)} ({rules}): {whole}; without one of them feasible {feasible} of "
            f"{len(left)}", whole == "infeasible" and feasible == len(left))


def _way(clash: Clash, way: Relaxation) -> tuple[str, bool]:
    does = seen(clash, way)
    what = ", ".join(f"{c.rule} {c.group} {c.bound} {c.before} -> {c.after}" for c in way.changes[:2])
    told = {True: "proven least", False: "not proven least"}[way.proven]
    right = does.feasible and (not way.proven or does.less == "infeasible")
    return f"{way.kind} {way.total} ({told}): feasible {does.feasible}; one less: {does.less}  {what}", right


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also clashes forced on gansu_2014, which take minutes")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    return parser


if __name__ == "__main__":
    sys.exit(main())
