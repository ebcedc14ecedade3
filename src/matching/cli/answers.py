"""Answers on the screen, and the same in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matching.cli import exits
from matching.cli.context import Context
from matching.domain.refused import not_written
from matching.domain.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Places in a line of a text file; a Chinese character takes two."""


class Grid(NamedTuple):
    """A table: `title` above it, headings, rows of texts or figures; columns of figures stand to the right."""

    title: Text
    headings: Sequence[Text]
    rows: Sequence[Sequence[Text | str | int]]


class Answer(NamedTuple):
    """What a question came to: sentences and tables for people, one object for machines, and the exit code."""

    parts: Sequence[Text | Grid]
    value: Mapping[str, Any]
    code: int = exits.DONE


def busy(context: Context) -> AbstractContextManager[object]:
    """Show on a terminal that an answer is being worked out: solving again may take a while."""
    if not context.err.is_terminal:
        return nullcontext()
    said = Text("正在查找原因，必要时重新求解 ……", "Looking for the reason, solving again if need be ...")
    return context.err.status(said.get(context.lang))


def give(context: Context, answer: Answer, output: Path | None) -> None:
    """Print an answer and, where a file is named, write it there too: as JSON by its ending, else as text.

    Raises
    ------
    InputError
        Where the file exists or cannot be written.
    """
    if output is not None:
        _write(context.lang, answer, output)
    if context.as_json:
        context.answer(answer.value)
    else:
        _print(context.out, answer.parts, context.lang)
    if output is not None:
        context.say(f"已写出 {output}。", f"Wrote {output}.")


def _write(lang: Lang, answer: Answer, output: Path) -> None:
    from rich.console import Console

    try:
        with output.open("x", encoding="utf-8") as file:
            if output.suffix.lower() == ".json":
                file.write(json.dumps(answer.value, ensure_ascii=False, indent=2) + "\n")
            else:
                _print(Console(file=file, width=WIDTH, highlight=False, emoji=False), answer.parts, lang)
    except OSError as problem:
        raise not_written(output, problem) from problem


def _print(console: Console, parts: Iterable[Text | Grid], lang: Lang) -> None:
    for part in parts:
        if not isinstance(part, Grid):
            console.print(part.get(lang), markup=False)
        elif part.rows:
            console.print()
            console.print(_table(part, lang))


def _table(grid: Grid, lang: Lang) -> Any:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(grid.title.get(lang)), title_justify="left", title_style="bold")
    for at, heading in enumerate(grid.headings):
        right = all(isinstance(row[at], int) for row in grid.rows)
        table.add_column(heading.get(lang), justify="right" if right else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(escape(_cell(cell, lang)) for cell in row))
    return table


def _cell(cell: Text | str | int, lang: Lang) -> str:
    if isinstance(cell, Text):
        return cell.get(lang)
    return cell if isinstance(cell, str) else f"{cell:,}"
