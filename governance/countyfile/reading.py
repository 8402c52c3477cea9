"""Takes in the text of a county file: its size, its encoding and its TOML, before anything in it is looked at."""

import re
import tomllib
from pathlib import Path

from governance.countyfile.problems import CountyFileError, Problem

MAX_BYTES = 1_000_000
_MAX_LINE = 8_000
_MAX_DOTS = 150
_FILE = "filen"
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_OTHERS = (
    (b"PK\x03\x04", "Filen är ett Word- eller Excel-dokument, eller en zip-fil, och ingen textfil."),
    (b"\xd0\xcf\x11\xe0", "Filen är ett äldre Word- eller Excel-dokument och ingen textfil."),
    (b"{\\rtf", "Filen är ett RTF-dokument och ingen ren text."),
    (b"%PDF", "Filen är en PDF och ingen textfil."),
)
"""How files that are something else begin, whatever they are called."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CAUSES = (
    ("Cannot overwrite", "Nyckeln finns redan i samma tabell.", "Ta bort den ena."),
    ("Cannot declare", "Tabellen finns redan.", "Slå ihop de två, eller skriv [[…]] om det är en post i en lista."),
    ("Expected '=' after a key", "Ett likhetstecken saknas efter nyckeln.", "Skriv nyckel = värde."),
    ("Unterminated string", "En text saknar sitt avslutande citattecken.", 'Avsluta texten med ".'),
    ("Illegal character '\\n'", "En text saknar sitt avslutande citattecken.", 'Avsluta texten med ".'),
    ("Illegal character", "Texten innehåller ett styrtecken.", "Ta bort tecknet."),
    ("Unclosed array", "En lista saknar sin avslutande hakparentes eller ett kommatecken.", 'Skriv ["a", "b"].'),
    ("Invalid date", "Datumet finns inte.", "Skriv ett datum som 2026-01-31."),
    ("Expected newline", "Raden innehåller något mer efter värdet.", "Skriv en nyckel per rad."),
)


def _refuse(message: str, remedy: str, *, line: int | None = None) -> CountyFileError:
    return CountyFileError([Problem(_FILE, message, remedy, line)])


def read_text(path: Path) -> str:
    """Return the text of a county file on disk; a file that is too large is refused unread.

    Raises:
        CountyFileError: when it cannot be read, is too large or is not UTF-8.

    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _refuse(f"{path} är inte en fil.", "Ange sökvägen till en länsfil.")
        if size > MAX_BYTES:
            raise _too_large(size)
        with path.open("rb") as file:
            return decode(file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        raise _refuse(f"{path} finns inte.", "Ange sökvägen till en länsfil.") from None
    except OSError as error:
        raise _refuse(f"{path} kan inte läsas ({error.strerror}).", "Kontrollera filens rättigheter.") from None


def decode(data: bytes) -> str:
    """Return uploaded bytes as text.

    Raises:
        CountyFileError: when there are too many of them or they are not UTF-8.

    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise _refuse(what, "Spara texten som ren text i UTF-8, med namnet lansfil.toml.")
    if data.startswith(_UTF16):
        raise _refuse("Filen är sparad i UTF-16.", "Spara den som UTF-8.")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise _refuse("Filen innehåller ett tecken som inte är text (NUL).", "Ta bort tecknet.", line=line)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refuse("Filen är inte skriven i UTF-8.", "Spara den som UTF-8.", line=line) from None


def refuse_size(size: int) -> None:
    """Refuse a file by its size, before anything of it is read.

    Raises:
        CountyFileError: when it is larger than a county file may be.

    """
    if size > MAX_BYTES:
        raise _too_large(size)


def _too_large(size: int) -> CountyFileError:
    return _refuse(
        f"Filen är {size / 1_000_000:.1f} MB; en länsfil får vara högst {MAX_BYTES / 1_000_000:.0f} MB.".replace(
            ".", ",", 1
        ),
        "Kontrollera att det är rätt fil.",
    )


def read_toml(text: str) -> dict[str, object]:
    """Return the tables of the text.

    Raises:
        CountyFileError: when it is too large, not TOML, or nested beyond reason.

    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        number = text.count("\n", 0, error.start) + 1
        raise _refuse("Filen är inte skriven i UTF-8.", "Spara den som UTF-8.", line=number) from None
    if size > MAX_BYTES:
        raise _too_large(size)
    if not text.strip():
        raise _refuse("Filen är tom.", "Välj en länsfil, eller börja med guiden för nya län.")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MAX_LINE or line.count(".") > _MAX_DOTS:
            raise _refuse("Raden är för lång eller har för många punkter.", "Dela upp den.", line=number)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _refuse("Listor eller tabeller ligger för djupt i varandra.", "Ta bort nivåer.") from None
    except ValueError as error:
        raise _broken(str(error)) from None


def _broken(message: str) -> CountyFileError:
    position = _POSITION.search(message)
    line = int(position[1]) if position else None
    column = f" (kolumn {position[2]})" if position else ""
    for sign, cause, remedy in _CAUSES:
        if sign in message:
            return _refuse(f"Filen är inte giltig TOML{column}: {cause}", remedy, line=line)
    return _refuse(f"Filen är inte giltig TOML{column}.", "Rätta raden; se docs/lansfil.md.", line=line)
