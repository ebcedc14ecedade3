"""The rules as data: reading, extending, checking, changing and writing policies (Contract 2).

The package can be called, so that ``matching.policy("base")`` is a policy to `replace` and to solve with.
"""

import sys
from pathlib import Path
from types import ModuleType

from matching.domain.instance import Instance
from matching.policy.changes import replace
from matching.policy.editable import EditablePolicy, load_with_rows, open_policy
from matching.policy.load import load, presets
from matching.policy.parse import condition
from matching.policy.rows import with_rows
from matching.policy.show import diff, show
from matching.policy.toml import to_toml

__all__ = ["condition", "diff", "load", "load_with_rows", "presets", "replace", "show", "to_toml", "with_rows"]


class _CallableRoom(ModuleType):
    """The package, which loads a policy when it is called."""

    def __call__(self, name_or_path: str | Path, *, instance: Instance | None = None) -> EditablePolicy:
        return open_policy(name_or_path, instance=instance)


sys.modules[__name__].__class__ = _CallableRoom
