"""Letters as Word files to send, one each, from a template that a bureau may replace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matching.report.letters.blank import People, blank
from matching.report.letters.files import file_names
from matching.report.letters.pages import Page, TeacherPage
from matching.report.letters.template import Template, opened


def write_docx(folder: Path, pages: Sequence[Page], template: Path | None = None) -> None:
    """Write each letter into a file of its own in `folder`, named by whom it is for.

    Parameters
    ----------
    template : a .docx with placeholders; None for the one of `matching.report.letters.blank`

    Raises
    ------
    InputError
        Where the template cannot be read, or names what a letter does not have.
    """
    if not pages:
        return
    people: People = "teachers" if isinstance(pages[0], TeacherPage) else "schools"
    made = opened(template, type(pages[0])) if template else Template.of(blank(people), type(pages[0]))
    for page, name in zip(pages, file_names([page.file for page in pages]), strict=True):
        made.write(folder / f"{name}.docx", page)


