"""The only place that names and sends a document as a file: safe on every computer, kept by no cache, run nowhere."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from workflow.papers.value import Paper

LONGEST_NAME = 120
"""Characters of a file's name without its ending."""
NOTHING_RUNS = "default-src 'none'; sandbox"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)


def file_name(paper: Paper, ending: str, *, more: str = "") -> str:
    """Return the file's name, `LSG 2026-0014 Mobila team.pdf`; what a computer does not take in names is left out.

    Args:
        paper: the document.
        ending: what kind of file it is.
        more: what tells it from others of the same case.

    """
    return named(" ".join(piece for piece in (paper.reference, paper.title) if piece), ending, more=more)


def named(said: str, ending: str, *, more: str = "") -> str:
    """Return the name of a file that is called so; what a computer does not take in names is left out."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", said).split()).strip(". ")
    name = name[: LONGEST_NAME - len(more)].rstrip(". ") + more
    return f"{'Satsning ' if _RESERVED.match(name) else ''}{name or 'Satsning'}.{ending}"


def sent(made: bytes, content_type: str, name: str) -> HttpResponse:
    """Return the file as a download."""
    response = HttpResponse(made, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cache-Control"] = "private, no-store"
    return response
