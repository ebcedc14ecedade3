"""A path as grids, by what the file holds rather than by what it is called."""

from __future__ import annotations

import zipfile
from pathlib import Path

from matching.tables import source_findings as say
from matching.tables.csv_in import read_csv, read_folder
from matching.tables.grid import Loaded, joined
from matching.tables.json_in import read_json
from matching.tables.xls_in import read_xls
from matching.tables.xlsx_archive import part_names
from matching.tables.xlsx_in import read_xlsx

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKERS = {"xl/workbook.bin": "xlsb", "content.xml": "ods", "word/document.xml": "Word", "ppt/presentation.xml": "PPT"}
_XLSX_SUFFIXES = (".xlsx", ".xlsm")


def load(path: Path) -> Loaded:
    """Read what is at `path`; whatever is wrong with it becomes a finding."""
    try:
        return read_folder(path) if path.is_dir() else _load_file(path)
    except FileNotFoundError:
        return Loaded(findings=(say.no_such_file(path),))
    except OSError as problem:
        return Loaded(findings=(say.unreadable_file(path, problem),))


def _load_file(path: Path) -> Loaded:
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        return Loaded(findings=(say.empty_file(path),))
    if head.startswith(_ZIP):
        return _load_zip(path)
    if head.startswith(_OLE):
        return read_xls(path)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return Loaded(findings=(say.web_page(path),))
    reader = {".csv": read_csv, ".json": read_json}.get(path.suffix.lower())
    return reader(path) if reader else Loaded(findings=(say.not_a_workbook(path),))


def _load_zip(path: Path) -> Loaded:
    other = _other_format(path)
    if other is not None:
        return Loaded(findings=(say.other_format(path, other),))
    loaded = read_xlsx(path)
    if path.suffix.lower() in _XLSX_SUFFIXES:
        return loaded
    return joined([Loaded(findings=(say.odd_suffix(path),)), loaded])


def _other_format(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = part_names(archive)
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return None
    found = [name for marker, name in _MARKERS.items() if marker in names]
    return found[0] if found else None if "xl/workbook.xml" in names else "zip"
