"""The only place that looks at what an uploaded file really is, whatever its name says, and has it read."""

from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import filetype

from governance.errors import Refused
from governance.sheets.headings import Headings
from governance.sheets.limits import MOST_BYTES, TOO_LARGE
from governance.sheets.spec import Column, Sheet
from governance.sheets.textfiles import read_csv
from governance.sheets.workbooks import read_xlsx

SAVE = "Öppna den i ditt kalkylprogram och spara som Excel-arbetsbok (.xlsx) eller som CSV."
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = (
    ("xl/vbaProject.bin", "Arbetsboken innehåller makron och läses inte. Spara den som Excel-arbetsbok (.xlsx)."),
    ("xl/workbook.bin", f"Det här är en binär Excel-arbetsbok (.xlsb). {SAVE}"),
    ("word/document.xml", "Det här är ett Word-dokument. Flytta tabellen till mallen och ladda upp den."),
    ("ppt/presentation.xml", "Det här är en PowerPoint-presentation. Fyll i mallen och ladda upp den."),
)


def read_sheet(data: bytes, columns: Sequence[Column], *, most_rows: int) -> Sheet:
    """Return what the file holds; what cannot be read of it is among the sheet's problems.

    Args:
        data: the whole file, XLSX or CSV; the headings stand in one of its first rows, in any order.
        columns: those it may have. A heading that is not among them is told, and its column left out.
        most_rows: rows with something in them that are taken; a longer sheet is refused whole.

    Raises:
        Refused: the file is no sheet, is empty, or larger than is taken; says what to do.

    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("Filen är tom. Fyll i mallen, spara och ladda upp den.", "file")
    if len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE, "file")
    return _reader(data)(data, Headings(columns), most_rows)


def _reader(data: bytes) -> Callable[[bytes, Headings, int], Sheet]:
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        _demand_workbook(data)
        return read_xlsx
    if data.startswith(_OLD_OFFICE):
        raise Refused(f"Filen är sparad i ett äldre Excel-format (.xls) eller skyddad med lösenord. {SAVE}", "file")
    if data.startswith(b"%PDF"):
        raise Refused("Det här är en PDF. Ladda upp kalkylbladet som den gjordes av.", "file")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")):
        raise Refused(f"Det här är en webbsida eller XML-fil, fast den kan heta .xls. {SAVE}", "file")
    if start.startswith(b"{\\rtf"):
        raise Refused("Det här är ett RTF-dokument. Flytta tabellen till mallen och ladda upp den.", "file")
    if (guessed := filetype.guess(data[:8192])) is not None:
        raise Refused(f"Det här är ingen tabell utan en fil av slaget {guessed.mime}. {SAVE}", "file")
    return read_csv


def _demand_workbook(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            is_open_document = "mimetype" in names and "content.xml" in names
    except (BadZipFile, NotImplementedError, OSError, ValueError):
        raise Refused(f"Filen är skadad och går inte att öppna. {SAVE}", "file") from None
    for name, sentence in _INSIDE:
        if name in names:
            raise Refused(sentence, "file")
    if is_open_document:
        raise Refused(f"Det här är ett OpenDocument-kalkylblad eller -dokument. {SAVE}", "file")
    if "xl/workbook.xml" not in names:
        raise Refused(f"Det här är en zip-fil och ingen Excel-arbetsbok. {SAVE}", "file")
