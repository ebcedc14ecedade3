"""What is installed that results depend on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

DECISIVE = ("zhijiao-matching", "highspy", "ortools", "numpy", "scipy", "distributed")
"""This library and the solvers, since two versions may choose different ones among equally good plans."""


def installed() -> dict[str, str]:
    """Return the versions of this machine's packages by name; those that are not installed are left out."""
    found = {}
    for name in DECISIVE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
