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
_SHARED = ("xl/sharedStrings.xml", "xl/styles.xml")
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
        for name in _SHARED:
            if name in archive.namelist():
                _read_through(archive, name)
    except READ_ERRORS as problem:
        raise DamagedError from problem
    return archive


READ_ERRORS = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, KeyError, NotImplementedError, RuntimeError,
               ValueError, zipfile.zlib.error)  # type: ignore[attr-defined]
"""What reading a member of a damaged, encrypted or oddly packed archive raises."""


def _read_through(archive: zipfile.ZipFile, name: str) -> None:
    """Unpack a member, since only its end shows that its stated length and checksum are true."""
    with archive.open(name) as stream:
        while stream.read(_CHUNK):
            pass


def sheet_members(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the archive's member for each sheet by name; DamagedError where the workbook's parts are broken."""
    try:
        workbook = ElementTree.fromstring(archive.read(_WORKBOOK))
        relations = ElementTree.fromstring(archive.read(_RELATIONS))
    except (*READ_ERRORS, ElementTree.ParseError) as problem:
        raise DamagedError from problem
    targets = {r.get("Id"): r.get("Target", "") for r in relations.iter() if _local(r.tag) == "Relationship"}
    sheets = [element for element in workbook.iter() if _local(element.tag) == "sheet"]
    return {s.get("name", ""): _member(targets.get(_relation(s), "")) for s in sheets}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _member(target: str) -> str:
    path = target.replace("\\", "/")
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path))
