"""Files in and out: each function here loads what it needs when it is called.

No module of this room may bear the name of a function here (``reader.py``, not ``read.py``): importing
``matching.tables.read`` would put the module in the function's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.domain.instance import Instance
    from matching.domain.text import Lang
    from matching.tables.reading import Reading


def read(paths: str | PathLike[str] | Sequence[str | PathLike[str]], *, today: date | None = None) -> Reading:
    """Read and check workbooks, folders of CSV and JSON files as one instance; see `matching.tables.reader.read`."""
    from matching.tables.reader import read as run

    return run(paths, today=today)


def write(instance: Instance, path: str | PathLike[str], lang: Lang = "zh") -> None:
    """Write `instance` as .xlsx, .json or a folder of CSV; see `matching.tables.writer.write`."""
    from pathlib import Path

    from matching.tables.writer import write as run

    run(instance, Path(path), lang)


def write_template(path: str | PathLike[str], lang: Lang = "zh") -> None:
    """Write an empty workbook to start from; see `matching.tables.template.write_template`."""
    from pathlib import Path

    from matching.tables.template import write_template as run

    run(Path(path), lang)
