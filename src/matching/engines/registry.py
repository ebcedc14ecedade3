"""The engines by name."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import Protocol

from matching.domain.findings import InputError, error
from matching.domain.text import Text
from matching.engines.goals import Verdict
from matching.engines.ledger import Ledger
from matching.engines.settings import Settings
from matching.problem.program import Program

_MODULES = {
    "highs": ("matching.engines.highs", "Highs"),
    "cpsat": ("matching.engines.cpsat", "CpSat"),
    "mcf": ("matching.engines.mcf", "MinCostFlow"),
    "cbc": ("matching.engines.pulp_solver", "Pulp"),
    "pulp": ("matching.engines.pulp_solver", "Pulp"),
}


class Engine(Protocol):
    """What every engine answers."""

    name: str

    def refusals(self, program: Program) -> tuple[Text, ...]:
        """Say why the engine cannot take `program`; empty where it can."""

    def run(self, ledger: Ledger, settings: Settings) -> Verdict:
        """Work all goals of the ledger's program."""


def available() -> tuple[str, ...]:
    """Return the names of the engines; ``pulp:NAME`` is any solver that PuLP knows and finds on this machine."""
    return tuple(_MODULES)


def engine_of(name: str) -> Engine:
    """Return the engine of that name.

    Raises
    ------
    InputError
        Where there is none; the names there are, nearest first, are suggested.
    """
    kind, _, solver = name.partition(":")
    if kind not in _MODULES or (solver and kind != "pulp"):
        near = difflib.get_close_matches(name, _MODULES, n=len(_MODULES), cutoff=0.0)
        raise InputError([error("unknown_engine", f"没有名为 {name} 的求解引擎。", f"There is no engine called {name}.",
                                value=name, suggest=tuple(near))])
    module, cls = _MODULES[kind]
    made = getattr(import_module(module), cls)
    engine: Engine = made(name, solver or "PULP_CBC_CMD") if kind in ("cbc", "pulp") else made()
    return engine
