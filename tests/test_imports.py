"""The direction of imports: a room knows only the rooms above it, and the library loads lightly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "matching"
ABOVE: dict[str, set[str]] = {"domain": set()}
ABOVE["policy"] = ABOVE["travel"] = {"domain"}
ABOVE["problem"] = ABOVE["audit"] = ABOVE["scoring"] = ABOVE["tables"] = {"domain", "policy", "travel"}
ABOVE["engines"] = {"domain", "problem"}
ABOVE["explain"] = {"domain", "policy", "travel", "problem", "audit", "engines"}
ABOVE["preflight"] = {"domain", "policy", "problem", "explain"}
ABOVE["studies"] = {"domain", "policy", "travel", "problem", "audit", "scoring", "explain", "engines"}
ABOVE["planner"] = ABOVE["explain"] | {"explain", "scoring", "preflight", "studies"}
ABOVE["executors"] = {"domain"}
ABOVE["pairs"] = ABOVE["planner"] | {"planner", "tables"}
ABOVE["scenarios"] = ABOVE["planner"] | {"planner", "executors"}
ABOVE["report"] = ABOVE["scenarios"] | {"scenarios", "tables"}
ABOVE["store"] = ABOVE["programmes"] = ABOVE["report"] | {"report"}
ABOVE["cli"] = ABOVE["face"] = ABOVE["programmes"] | {"programmes", "pairs", "store"}
FORBIDDEN_TO_AUDIT = {"matching.policy.parse", "matching.policy.fields"}
HEAVY = {"numpy", "scipy", "pandas", "highspy", "ortools", "pulp", "networkx", "xlsxwriter", "python_calamine",
         "openpyxl", "jinja2", "rich", "typer", "pydantic", "docx", "docxtpl", "typst", "dask", "distributed"}

FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The modules of this library that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.startswith("matching.")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_above_it(path):
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    rooms = {name.split(".")[1] for name in imported(path)} & (set(ABOVE) | {"face"})
    assert rooms - {here} <= ABOVE[here]


def test_the_audit_reads_conditions_by_itself():
    known = {name for path in FILES if room(path) == "audit" for name in imported(path)}
    assert not {name for name in known if name.startswith(tuple(FORBIDDEN_TO_AUDIT))}


def test_no_import_circles():
    graph = {module(path): {n for n in imported(path) if n in MODULES} for path in FILES}
    assert not circle(graph)


def module(path: Path) -> str:
    return ".".join(("matching", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module(path) for path in FILES if path.name != "__init__.py"}


def circle(graph: dict[str, set[str]]) -> list[str]:
    import networkx as nx

    try:
        return [a for a, _ in nx.find_cycle(nx.DiGraph([(a, b) for a, found in graph.items() for b in found]))]
    except nx.NetworkXNoCycle:
        return []


def test_importing_the_library_loads_nothing_heavy():
    code = "import sys, matching; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_a_command_begins_without_the_rooms_that_only_some_commands_need():
    code = "import sys, matching.cli.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {f"matching.{room}" for room in ("engines", "planner", "problem", "explain", "scenarios")} & set(loaded)
