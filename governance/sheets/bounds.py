"""The only place that looks through a workbook before a library reads it: every part counted, nothing built of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries

from governance.errors import Refused
from governance.sheets import limits
from governance.sheets.spec import letters

DAMAGED = (
    "Arbetsboken är skadad eller gjord på ett sätt som inte går att läsa. Öppna den i Excel och spara den på nytt."
)
TOO_LARGE = (
    "Arbetsboken är för stor när den packas upp. Flytta raderna till mallen, utan bilder och andra blad, "
    "och ladda upp den."
)
_MOVE = "Flytta raderna till mallen och ladda upp den."
TOO_MANY_CELLS = f"Arbetsboken har fler än {limits.MOST_CELLS} celler, tomma med format inräknade. {_MOVE}"
TOO_MANY_ROWS = f"Arbetsboken har fler än {limits.MOST_ROWS_WRITTEN} rader, tomma med format inräknade. {_MOVE}"
TOO_MUCH_MERGED = f"Arbetsboken har för många sammanfogade celler. Dela upp dem, eller gör så här: {_MOVE}"
_OF_CELLS = frozenset({"v", "f", "is", "t"})
_PER_CELL = 4
"""Elements inside a cell: a formula, a value, or a text and what holds it."""
_MARKS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
"""What a part that is XML begins with, whatever its name says."""


@dataclass(slots=True)
class Part:
    """What is known of a sheet before its cells are read; `merged` is left, top, right, bottom, in figures from 1."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    has_formulas: bool = False
    hides_rows: bool = False


def look_through(data: bytes) -> Mapping[str, Part]:
    """See that the workbook is of a size that can be read; return what its parts have that are XML, by their names.

    Raises:
        Refused: it unpacks to too much, has more cells, rows, merged cells, texts or formats than are taken, or a part
            that no spreadsheet writes.
        BadZipFile, ExpatError, ValueError: it is damaged.

    """
    with ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > limits.MOST_PARTS or sum(info.file_size for info in infos) > limits.MOST_UNPACKED:
            raise Refused(TOO_LARGE, "file")
        counter = _Counter()
        for info in infos:
            text = archive.read(info)
            if info.filename.endswith((".xml", ".rels")) or text.lstrip()[:3].startswith(_MARKS):
                counter.take(info.filename, text)
    return counter.parts


class _Counter:
    """Counts the elements of a workbook's parts, and refuses it at the first that is one too many."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self._cells = self._rows = self._inside = self._strings = self._other = self._area = 0
        self._merged = self._sheets = 0
        self._row = 0
        self._root = ""
        self._part = Part()

    def take(self, name: str, text: bytes) -> None:
        """Count a part."""
        _demand(b"\x00" not in text, DAMAGED)
        self._root, self._row = "", 0
        self._part = self.parts[name] = Part()
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(text, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if not self._root:
            self._root = tag
        if self._root == "worksheet":
            self._take_of_sheet(tag, attributes)
        elif self._root == "sst":
            self._strings += 1
            _demand(self._strings <= limits.MOST_STRINGS, TOO_MANY_CELLS)
        else:
            self._count_other()
            self._sheets += tag == "sheet"
            _demand(self._sheets <= limits.MOST_SHEETS, TOO_LARGE)

    def _take_of_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cells += 1
            _demand(self._cells <= limits.MOST_CELLS, TOO_MANY_CELLS)
        elif tag == "row":
            self._take_row(attributes)
        elif tag in _OF_CELLS:
            self._inside += 1
            self._part.has_formulas = self._part.has_formulas or tag == "f"
            _demand(self._inside <= limits.MOST_CELLS * _PER_CELL, TOO_MANY_CELLS)
        else:
            self._count_other()
            if tag == "mergeCell":
                self._take_merged(attributes.get("ref", ""))

    def _count_other(self) -> None:
        self._other += 1
        _demand(self._other <= limits.MOST_OTHER, TOO_LARGE)

    def _take_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        _demand(self._rows <= limits.MOST_ROWS_WRITTEN, TOO_MANY_ROWS)
        self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        _demand(self._row <= limits.LAST_ROW, DAMAGED)
        self._part.hides_rows = self._part.hides_rows or attributes.get("hidden") in {"1", "true"}

    def _take_merged(self, ref: str) -> None:
        bounds = range_boundaries(ref)
        _demand(None not in bounds, DAMAGED)
        left, top, right, bottom = (int(bound) for bound in bounds if bound is not None)
        self._merged += 1
        self._area += (right - left + 1) * (bottom - top + 1)
        _demand(self._merged <= limits.MOST_MERGED and self._area <= limits.MOST_MERGED_CELLS, TOO_MUCH_MERGED)
        self._part.merged.append((left, top, right, bottom))


def _demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise Refused(sentence, "file")


def _refuse(*_: Any) -> None:
    raise Refused(DAMAGED, "file")


def range_of(bounds: tuple[int, int, int, int]) -> str:
    """Return a range as it is written in a sheet."""
    left, top, right, bottom = bounds
    return f"{letters(left)}{top}:{letters(right)}{bottom}"
