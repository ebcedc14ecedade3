"""Loading a policy by a preset's id or from a file."""

from __future__ import annotations

from pathlib import Path

from matching.domain.findings import Finding
from matching.domain.terms import VOCABULARIES
from matching.domain.text import Text
from matching.policy.build import build
from matching.policy.draft import Draft
from matching.policy.files import layers, preset_ids
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
    return draft, build(draft, vocabularies, findings)


def presets() -> dict[str, Text]:
    """Return the presets' ids, ``base`` first, with their titles."""
    found = ((name, layers(name, [])[-1].policy) for name in preset_ids())
    return {name: title(raw["title"].value) for name, raw in found}
