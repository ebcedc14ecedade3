"""Deferred acceptance by PyPI's ``matching``: preference lists in, pairs (teacher, need) out, both as JSON.

It runs without this project on its path, whose package has the same name.
"""

import json
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

MISSING = 3
DEPTH, STACK = 10**6, 2**29
"""The package copies all players by recursion, which a thousand of them take beyond the usual stack."""


def main() -> int:
    """Answer one question."""
    question = json.load(sys.stdin)
    sys.path.insert(0, question["extra"])
    try:
        from matching.games import HospitalResident
    except ImportError:
        return MISSING
    sys.setrecursionlimit(DEPTH)
    threading.stack_size(STACK)
    with ThreadPoolExecutor(1) as deep:
        pairs = deep.submit(matched, HospitalResident, question).result()
    json.dump(pairs, sys.stdout)
    return 0


def matched(game, question):
    """Return the pairs that the package's game of hospitals and residents ends with."""
    needs = {f"N{k}": [f"T{t}" for t in teachers] for k, teachers in question["needs"].items()}
    teachers = {f"T{k}": [f"N{n}" for n in needs] for k, needs in question["teachers"].items()}
    seats = {name: question["seats"][int(name[1:])] for name in needs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = game.create_from_dictionaries(teachers, needs, seats).solve()
    return [[int(t.name[1:]), int(need.name[1:])] for need, taken in found.items() for t in taken]


if __name__ == "__main__":
    sys.exit(main())
