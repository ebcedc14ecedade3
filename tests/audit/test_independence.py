"""The judge shares nothing with what it judges: neither code nor the reading of conditions."""

import ast
from pathlib import Path

import matching.audit

ROOM = Path(matching.audit.__file__).parent
OPEN = ("matching.audit", "matching.domain", "matching.travel")
DATA = {"matching.policy.model", "matching.policy.conditions"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module, {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)


def test_only_data_and_distances_are_shared():
    for path in ROOM.glob("*.py"):
        for module, names in imported(path):
            assert not module.startswith("matching") or module.startswith(OPEN) or module in DATA, (path.name, module)
            assert not names & {"Clause", "Value", "Op"} or module.startswith("matching.audit"), path.name
