"""What a PDF says of itself to other programs: its claims, its language, its tags and its bookmarks."""

import re
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

ARCHIVED_AND_ACCESSIBLE = {
    "archive": "2A",
    "accessible": "1",
    "tagged": True,
    "language": "sv-SE",
    "shows its title": True,
    "encrypted": False,
}
"""What each of the house's documents claims: PDF/A-2a and PDF/UA-1, tagged, in Swedish."""


def claims_of(read: PdfReader) -> dict[str, object]:
    """Return what the document claims to be."""
    catalog: Any = read.trailer["/Root"]
    said = catalog["/Metadata"].get_data().decode()
    archive = [*re.findall(r"<pdfaid:part>(\d)</pdfaid:part>", said), *re.findall(r"<pdfaid:conformance>(\w)<", said)]
    return {
        "archive": "".join(archive),
        "accessible": "".join(re.findall(r"<pdfuaid:part>(\d)</pdfuaid:part>", said)),
        "tagged": bool(catalog["/MarkInfo"]["/Marked"]),
        "language": catalog["/Lang"],
        "shows its title": bool(catalog["/ViewerPreferences"]["/DisplayDocTitle"]),
        "encrypted": read.is_encrypted,
    }


def tags_of(read: PdfReader) -> list[str]:
    """Return what the tags of the document are, in the order it is read."""
    root: Any = read.trailer["/Root"]
    return _roles(root["/StructTreeRoot"]["/K"])


def _roles(node: Any) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        return [role for inner in node for role in _roles(inner)]
    if not hasattr(node, "get"):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (_roles(node["/K"]) if "/K" in node else [])


def skipped_levels(tags: list[str]) -> list[tuple[int, int]]:
    """Return where a heading stands more than one level below the one before it; the first is to be of level 1."""
    levels = [0, *(int(role[2:]) for role in tags if re.fullmatch(r"/H\d", role))]
    return [(before, after) for before, after in pairwise(levels) if after > before + 1]


def bookmarks_of(read: PdfReader) -> list[str]:
    """Return the bookmarks of the highest level."""
    return [str(one.title) for one in read.outline if not isinstance(one, list)]
