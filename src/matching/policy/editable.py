"""A policy as the library hands it out: one that can be changed in place of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from matching.domain.instance import Instance
from matching.domain.terms import VOCABULARIES
from matching.policy.changes import replace
from matching.policy.literals import Vocabularies
from matching.policy.load import load
from matching.policy.model import Policy
from matching.policy.rows import Places, with_rows
from matching.policy.toml import to_toml


@dataclass(frozen=True)
class EditablePolicy(Policy):
    """A policy with `replace` as a method."""

    def replace(self, changes: Mapping[str, object] | None = None, /, *, vocabularies: Vocabularies = VOCABULARIES,
                **by_rule: object) -> EditablePolicy:
        """Return the policy with single values changed: ``policy.replace(backbone_share=0.25)``.

        See `matching.policy.changes.replace` for what may be named and for what is raised.
        """
        return editable(replace(self, changes, vocabularies=vocabularies, **by_rule))


def editable(policy: Policy) -> EditablePolicy:
    """Return `policy` with `replace` as a method."""
    return EditablePolicy(**{f.name: getattr(policy, f.name) for f in fields(policy)})


def open_policy(name_or_path: str | Path, *, instance: Instance | None = None) -> EditablePolicy:
    """Return a preset or a policy file; with an `instance`, its dictionary is known and its 政策 sheet laid over.

    Raises
    ------
    InputError
        With every finding.
    """
    if instance is None:
        return editable(load(name_or_path))
    return editable(with_rows(load(name_or_path, vocabularies=instance.vocabularies), instance))


def load_with_rows(name_or_path: str | Path, instance: Instance, places: Places | None = None) -> tuple[Policy, str]:
    """Return the policy with the instance's own sheets laid over it, and the whole of it as TOML.

    Raises
    ------
    InputError
        With every finding, those of the sheets by `places`: (sheet key, index of the record) -> (file, Excel row).
    """
    policy = with_rows(load(name_or_path, vocabularies=instance.vocabularies), instance, places=places)
    return policy, to_toml(policy)
