"""What each form of a document says, read back by other means than it was made with."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

_UNSEEN = re.compile(r"[\s\u00ad\u200b-]+")
_MARK = re.compile(rb"/[A-Za-z]+(<<.*?>>\s*BDC|\s+BMC)|EMC", re.DOTALL)


def squeezed(text: str) -> str:
    """Return the text without what a line's end may change: spaces, line breaks, hyphens."""
    return _UNSEEN.sub("", text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.said.append(data)


def of_html(html: str) -> str:
    """Return what HTML says."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)


def of_docx(made: bytes) -> str:
    """Return what the body of a Word document says."""
    body = Document(BytesIO(made)).element.body
    return "".join(piece.text or "" for piece in body.iter(qn("w:t")))


def of_pdf(made: bytes) -> str:
    """Return what a PDF says, without what is repeated on its pages."""
    reader = PdfReader(BytesIO(made))
    said = []
    for page in reader.pages:
        page[NameObject("/Contents")] = _without_artifacts(page)
        said.append(page.extract_text())
    return "\n".join(said)


def _without_artifacts(page: Any) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(_outside_artifacts(page.get_contents().get_data()))
    return stream


def _outside_artifacts(data: bytes) -> bytes:
    kept, at = [], 0
    marks: list[bool] = []
    for found in _MARK.finditer(data):
        if not any(marks):
            kept.append(data[at : found.start()])
        at = found.end()
        if found[0] == b"EMC":
            marks.pop()
        else:
            marks.append(found[0].startswith(b"/Artifact"))
    return b" ".join([*kept, data[at:]])
