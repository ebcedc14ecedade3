"""The few formats that all sheets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.domain.text import Lang

_FONT = {"zh": "宋体", "en": "Calibri"}
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}

BODY: Mapping[str, dict[str, Any]] = {
    "text": {"num_format": "@", "align": "left", "indent": 1},
    "wrap": {"num_format": "@", "align": "left", "indent": 1, "text_wrap": True},
    "centre": {"num_format": "@", "align": "center"},
    "wrap_centre": {"num_format": "@", "align": "center", "text_wrap": True},
    "plain": {"align": "center"},
    "integer": {"num_format": "#,##0", "align": "right", "indent": 1},
    "number": {"num_format": "General", "align": "right", "indent": 1},
    "km": {"num_format": "#,##0.0", "align": "right", "indent": 1},
    "percent": {"num_format": "0.0%", "align": "right", "indent": 1},
}
"""Text is marked as text, so that Excel keeps it so when a cell is edited."""

MARKS: Mapping[str, dict[str, Any]] = {
    "bad": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "fair": {"bg_color": "#FFEB9C", "font_color": "#5C4300"},
    "good": {"bg_color": "#C6EFCE", "font_color": "#006100"},
}


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook."""

    title: Any
    note: Any
    heading: Any
    body: Mapping[str, Any]
    marks: Mapping[str, Any]


def add_styles(book: Any, lang: Lang) -> Styles:
    """Make the formats in an XlsxWriter workbook."""
    font = {"font_name": _FONT[lang], "font_size": 11}
    return Styles(
        title=book.add_format(font | {"bold": True, "font_size": 16, "font_color": "#1F4E78", "valign": "vcenter"}),
        note=book.add_format(font | {"font_size": 10, "font_color": "#595959"}),
        heading=book.add_format(font | _BORDER | {"bold": True, "font_color": "white", "bg_color": "#1F4E78",
                                                  "align": "center", "text_wrap": True}),
        body={name: book.add_format(font | _BORDER | style) for name, style in BODY.items()},
        marks={name: book.add_format(style) for name, style in MARKS.items()},
    )
