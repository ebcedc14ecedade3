"""Who does something, as far as it is to be known."""

from __future__ import annotations

import getpass
import os

VARIABLE = "MATCHING_WHO"
"""Set to a name, or to nothing where no name is to be kept."""


def who_now(given: str | None = None) -> str | None:
    """Return the name that was given, else that of `VARIABLE`, else the login name; None where none is kept."""
    name = given if given is not None else os.environ.get(VARIABLE)
    if name is None:
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):  # a user that the system has no name for
            return None
    return name.strip() or None
