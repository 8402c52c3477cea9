"""The only place that says which kinds of files are taken, and knows them by what they hold."""

from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

import filetype
from django.core.files.uploadedfile import UploadedFile

Upload: TypeAlias = "UploadedFile[Any]"

HEAD = 8192
LARGEST_INDEX = 1024 * 1024
"""Bytes of the list of contents in a document; nothing larger is unpacked."""
TEXT_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: what it is called, the endings its name may have (the first is its own), its content type."""

    label: str
    endings: tuple[str, ...]
    content_type: str


PDF = FileType("PDF", ("pdf",), "application/pdf")
DOCX = FileType("Word (docx)", ("docx",), f"{_OFFICE}.wordprocessingml.document")
XLSX = FileType("Excel (xlsx)", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet")
PPTX = FileType("PowerPoint (pptx)", ("pptx",), f"{_OFFICE}.presentationml.presentation")
ODT = FileType("OpenDocument text (odt)", ("odt",), f"{_OPEN}.text")
ODS = FileType("OpenDocument kalkylblad (ods)", ("ods",), f"{_OPEN}.spreadsheet")
PNG = FileType("PNG-bild", ("png",), "image/png")
JPEG = FileType("JPEG-bild", ("jpg", "jpeg"), "image/jpeg")
TXT = FileType("text (txt)", ("txt",), "text/plain")
CSV = FileType("CSV", ("csv",), "text/csv")

ALLOWED = (PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, TXT, CSV)

_BY_MAIN_PART = {f"{kind.content_type}.main+xml": kind for kind in (DOCX, XLSX, PPTX)}
_BY_MIMETYPE = {kind.content_type.encode(): kind for kind in (ODT, ODS)}
_BY_SIGNATURE = {kind.content_type: kind for kind in (PDF, PNG, JPEG)}


def recognise(upload: Upload, ending: str) -> FileType | None:
    """Return what the file is, None when it is nothing that is taken; its ending only tells text from a table."""
    upload.seek(0)
    head = upload.read(HEAD)
    guessed = filetype.guess(head)
    found: FileType | None
    if guessed is not None and guessed.mime in _BY_SIGNATURE:
        found = _BY_SIGNATURE[guessed.mime]
    elif head.startswith(b"PK\x03\x04"):
        found = _document(upload)
    elif guessed is None and _is_text(upload):
        found = CSV if ending == "csv" else TXT
    else:
        found = None
    upload.seek(0)
    return found


def _document(upload: Upload) -> FileType | None:
    """Return what kind of office document a zip file is; one with macros is none of them."""
    upload.seek(0)
    file: Any = upload
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return _office(_bounded(archive, "[Content_Types].xml"))
            if "mimetype" in names:
                return _BY_MIMETYPE.get(_bounded(archive, "mimetype").strip())
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, ET.ParseError):
        return None
    return None


def _bounded(archive: ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_INDEX:
        msg = f"{name} is too large"
        raise ValueError(msg)
    with archive.open(name) as part:
        return part.read(LARGEST_INDEX)


def _office(types: bytes) -> FileType | None:
    if any(mark in types for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\x00")) or not _decodes(types, "utf-8"):
        return None
    parts = [element.get("ContentType", "") for element in ET.fromstring(types)]  # noqa: S314 - bounded, declares nothing
    if any("macroEnabled" in part or "vbaProject" in part for part in parts):
        return None
    return next((_BY_MAIN_PART[part] for part in parts if part in _BY_MAIN_PART), None)


def _is_text(upload: Upload) -> bool:
    """Tell whether the whole file is text: no control characters, and UTF-8 or Windows' Swedish."""
    upload.seek(0)
    content = upload.read()
    if TEXT_CONTROLS.intersection(content):
        return False
    return _decodes(content, "utf-8") or _decodes(content, "cp1252")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
