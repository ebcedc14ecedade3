"""The templates of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from jinja2 import Environment


def templates(lang: Lang) -> Environment:
    """Return the templates of pages in one language; everything that comes from the data is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    folder = PackageLoader("matching.report", "templates")
    made = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["t"] = lambda zh, en: Text(zh, en).get(lang)
    return made
