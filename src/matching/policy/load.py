"""Loading a policy by a preset's id or from a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matching.domain.findings import Finding, InputError
from matching.domain.terms import VOCABULARIES
from matching.domain.text import Text
from matching.policy.build import build
from matching.policy.draft import Draft
from matching.policy.files import EXTENDS, layers, preset_ids
from matching.policy.layers import stack
from matching.policy.literals import Vocabularies
from matching.policy.model import Policy
from matching.policy.values import title


def load(name_or_path: str | Path, *, vocabularies: Vocabularies = VOCABULARIES) -> Policy:
    """Return the policy of a preset's id or of a TOML file.

    Parameters
    ----------
    vocabularies
        The words that conditions may use; an instance's own (`Instance.vocabularies`) know its dictionary.

    Raises
    ------
    InputError
        With every finding at once: an unknown name, bad TOML, unknown keys and words, rules without a meaning.
    """
    return load_draft(name_or_path, vocabularies=vocabularies)[1]


def load_draft(name_or_path: str | Path, *, vocabularies: Vocabularies = VOCABULARIES) -> tuple[Draft, Policy]:
    """Return a policy with its raw values, each of which knows the file that it stands in.

    Raises
    ------
    InputError
        As `load`.
    """
    findings: list[Finding] = []
    draft = stack(layers(name_or_path, findings), findings)
    try:
        return draft, build(draft, vocabularies, findings)
    except InputError as problem:
        raise InputError(_without_echoes(problem.findings)) from None


def _without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what seems to be missing only because the policy that would hold it was not found."""
    found = list(findings)
    lost = any(f.column == ".".join(EXTENDS) for f in found)
    return [f for f in found if not (lost and f.code in ("missing_key", "no_bound"))]


def presets() -> dict[str, Text]:
    """Return the presets' ids, ``base`` first, with their titles."""
    found = ((name, layers(name, [])[-1].policy) for name in preset_ids())
    return {name: title(raw["title"].value) for name, raw in found}
