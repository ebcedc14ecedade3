"""The rules as data: reading, extending, checking and writing policies (Contract 2)."""

from matching.policy.load import load, presets
from matching.policy.parse import condition

__all__ = ["condition", "load", "presets"]
