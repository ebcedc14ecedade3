"""An input and a policy as a command names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from matching.domain.findings import Finding, InputError
from matching.domain.instance import Instance
from matching.policy.model import Policy
from matching.policy.rows import Places

Inputs = Annotated[list[Path], typer.Argument(metavar="INPUT...", help="工作簿、CSV 文件夹或 JSON / what to read")]
PolicyOption = Annotated[str, typer.Option("--policy", "-p", help="预置政策编号或 TOML 文件 / a preset's id or a file")]


@dataclass(frozen=True)
class Case:
    """What a command works on."""

    instance: Instance
    policy: Policy
    policy_toml: str
    findings: tuple[Finding, ...]
    places: Places


def load_case(inputs: Sequence[Path], policy: str) -> Case:
    """Read an input and the policy laid under the rules that its own sheets state.

    Raises
    ------
    InputError
        With every finding, where the input or the policy cannot be used.
    """
    from matching.policy import load_with_rows
    from matching.tables import read

    reading = read(inputs)
    if reading.instance is None:
        raise InputError(reading.findings)
    loaded, toml = load_with_rows(policy, reading.instance, reading.places)
    return Case(reading.instance, loaded, toml, reading.findings, reading.places)
