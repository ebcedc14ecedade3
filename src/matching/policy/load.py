"""Loading a policy by a preset's id or from a file."""

from __future__ import annotations

from pathlib import Path

from matching.domain.terms import VOCABULARIES
from matching.domain.text import Text
from matching.policy.build import build
from matching.policy.draft import Draft, stack
from matching.policy.files import layers, preset_ids
from matching.policy.model import Policy
from matching.policy.parse import Vocabularies
from matching.policy.values import title


def draft(name_or_path: str | Path) -> Draft:
    """Return a policy's raw values, each with the file that it stands in, inheritance carried out."""
    return stack(layers(name_or_path))


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
    return build(draft(name_or_path), vocabularies)


def presets() -> dict[str, Text]:
    """Return the presets' ids with their titles."""
    return {name: title(draft(name).policy["title"].value) for name in preset_ids()}
