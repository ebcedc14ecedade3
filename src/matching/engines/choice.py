"""Which engine takes a program: the default one leaves a pure network to min-cost flow."""

from __future__ import annotations

from typing import NamedTuple

from matching.domain.findings import InputError, error
from matching.domain.machine import free_memory
from matching.domain.text import Text
from matching.engines.flow import Network
from matching.engines.refusal import out_of_memory
from matching.engines.registry import engine_of
from matching.problem.program import Program

DEFAULT = "highs"
FLOW = "mcf"


class Choice(NamedTuple):
    """The engine that runs, by name, and the network where it is min-cost flow."""

    engine: str
    network: Network | None


def choose(program: Program, engine: str, available: int | None = None) -> Choice:
    """Return what takes `program` where `engine` is asked for.

    Parameters
    ----------
    available : bytes of memory that it may take; what this machine has free where None

    Raises
    ------
    InputError
        Where there is no such engine, or it cannot take the program.
    """
    choice, refusals = _taken(program, engine)
    room = free_memory() if available is None else available
    refusals = (*refusals, *out_of_memory(program, choice.engine, room))
    if refusals:
        raise InputError(error("engine_refuses", f"引擎 {engine} 不能求解此问题：{r.zh}。",
                               f"The engine {engine} cannot take this problem: {r.en}.", value=engine)
                         for r in refusals)
    return choice


def _taken(program: Program, engine: str) -> tuple[Choice, tuple[Text, ...]]:
    from matching.engines.network import NotANetworkError, network_of

    if engine in (DEFAULT, FLOW) and program.n_columns:
        try:
            return Choice(FLOW, network_of(program)), ()
        except NotANetworkError as refusal:
            if engine == FLOW:
                return Choice(FLOW, None), (refusal.text,)
    return Choice(engine, None), engine_of(engine).refusals(program)
