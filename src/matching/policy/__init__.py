"""The rules as data: reading, extending, checking, changing and writing policies (Contract 2)."""

from matching.policy.changes import replace
from matching.policy.load import load, presets
from matching.policy.parse import condition
from matching.policy.rows import with_rows
from matching.policy.show import diff, show
from matching.policy.toml import to_toml

__all__ = ["condition", "diff", "load", "presets", "replace", "show", "to_toml", "with_rows"]
