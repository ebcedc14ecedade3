"""An instance back into files, in any of the three forms that are read."""

from __future__ import annotations

from pathlib import Path

from matching.domain.findings import InputError, error
from matching.domain.instance import Instance
from matching.domain.refused import not_written
from matching.domain.text import Lang
from matching.tables.write_csv import write_csv
from matching.tables.write_json import write_json
from matching.tables.write_xlsx import write_xlsx


def write(instance: Instance, path: Path, lang: Lang = "zh") -> None:
    """Write `instance` so that reading the result gives an equal one.

    Parameters
    ----------
    path : Path
        ``NAME.xlsx``, ``NAME.json``, or without a suffix a folder of CSV files, new or empty. A file is replaced.
    lang : {"zh", "en"}
        Chinese headings and words, or English keys. JSON always has keys.

    Raises
    ------
    InputError
        The suffix is another one, the place cannot be written to, or a text is longer than a cell holds.
    """
    writers = {".xlsx": write_xlsx, ".json": write_json, "": write_csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError([error(
            "unknown_format", f"不能写成“{path.suffix}”文件", f"cannot write a {path.suffix} file",
            file=str(path), value=path.suffix, suggest=(".xlsx", ".json"))])
    try:
        writer(instance, path, lang)
    except OSError as problem:
        raise not_written(path, problem) from problem
