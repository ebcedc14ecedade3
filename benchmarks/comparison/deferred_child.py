"""Deferred acceptance by PyPI's ``matching``: preference lists in, pairs (teacher, need) out, both as JSON.

It runs without this project on its path, whose package has the same name.
"""

import json
import sys
import warnings

MISSING = 3


def main() -> int:
    """Answer one question."""
    question = json.load(sys.stdin)
    sys.path.insert(0, question["extra"])
    try:
        from matching.games import HospitalResident
    except ImportError:
        return MISSING
    needs = {f"N{k}": [f"T{t}" for t in teachers] for k, teachers in question["needs"].items()}
    teachers = {f"T{k}": [f"N{n}" for n in needs] for k, needs in question["teachers"].items()}
    seats = {name: question["seats"][int(name[1:])] for name in needs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = HospitalResident.create_from_dictionaries(teachers, needs, seats).solve()
    json.dump([[int(t.name[1:]), int(need.name[1:])] for need, taken in found.items() for t in taken], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
