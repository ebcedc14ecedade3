"""A workbook as the zip archive it is: which member holds which sheet, and that it unpacks to what it says."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from matching.tables.grid import MAX_BYTES

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHARED = ("xl/sharedstrings.xml", "xl/styles.xml")
_CHUNK = 2**20


class DamagedError(Exception):
    """The archive does not hold what a workbook holds."""


class TooLargeError(Exception):
    """The archive unpacks to more than `MAX_BYTES`."""


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a workbook's archive, having checked what it unpacks to.

    Raises
    ------
    DamagedError
        It is no zip archive, or a part that is read for every sheet is broken or longer than stated.
    TooLargeError
    """
    try:
        archive = zipfile.ZipFile(path)
        if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
            raise TooLargeError
        names = part_names(archive)
        for part in _SHARED:
            if part in names:
                _read_through(archive, names[part])
    except READ_ERRORS as problem:
        raise DamagedError from problem
    return archive


READ_ERRORS = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, KeyError, NotImplementedError, RuntimeError,
               ValueError, zipfile.zlib.error)  # type: ignore[attr-defined]
"""What reading a member of a damaged, encrypted or oddly packed archive raises."""


def part_names(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the archive's names by the parts they stand for; some writers use backslashes or other case."""
    return {name.replace("\\", "/").lower(): name for name in archive.namelist()}


def _read_through(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack a member, since only its end shows that its stated length and checksum are true."""
    with archive.open(name) as stream:
        while stream.read(_CHUNK):
            pass


def sheet_members(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the archive's member for each sheet by name; DamagedError where the workbook's parts are broken."""
    names = part_names(archive)
    try:
        workbook = ElementTree.fromstring(archive.read(names[_WORKBOOK]))
        relations = ElementTree.fromstring(archive.read(names[_RELATIONS]))
    except (*READ_ERRORS, ElementTree.ParseError) as problem:
        raise DamagedError from problem
    targets = {r.get("Id"): r.get("Target", "") for r in relations.iter() if _local(r.tag) == "Relationship"}
    sheets = [element for element in workbook.iter() if _local(element.tag) == "sheet"]
    parts = {s.get("name", ""): _part(targets.get(_relation(s), "")) for s in sheets}
    return {sheet: names[part] for sheet, part in parts.items() if part in names}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _part(target: str) -> str:
    path = target.replace("\\", "/").lower()
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path))
