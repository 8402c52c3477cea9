"""What lies on the table in one item: the shape that is frozen, read by pages, documents and the minutes alike."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from satsningar.content import canonical_json


@dataclass(frozen=True, slots=True)
class TabledFile:
    """A file among the papers: its table (`bilaga` or `ovrig`), its key there, name, size in bytes and SHA-256.

    One with a secrecy mark is named by the mark alone, and has neither size nor checksum.
    """

    kept_in: str
    id: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Tabled:
    """The papers of one item.

    `parts` is a satsning's content as it was frozen, by part; `changed` are the codes of the parts that differ from
    `last_revision`, the revision that the body last decided on or had before it, None where it sees the case for the
    first time. `gaps` are sentences; `avsteg` as `workflow.avsteg.applied` gives them. `move` and `target` are the
    proposed move and where it leads. For another matter `parts` is empty and `background` holds its text.
    An utlåtande with a secrecy mark is left out, `utlatande_sekretess` is its mark. `damaged` says why nothing could be
    read, for papers that are not what was frozen.
    """

    title: str
    reference: str = ""
    satsning_id: int | None = None
    revision_id: int | None = None
    revision_number: int | None = None
    last_revision: int | None = None
    move: str = ""
    move_name: str = ""
    target: str = ""
    made_by: str = ""
    utlatande: str = ""
    utlatande_sekretess: str = ""
    rekommendation: str = ""
    forslag: str = ""
    background: str = ""
    gaps: tuple[str, ...] = ()
    avsteg: tuple[Mapping[str, Any], ...] = ()
    changed: tuple[str, ...] = ()
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: tuple[TabledFile, ...] = ()
    sekretess: str = ""
    damaged: str = ""
    number: int | None = None
    """Of the `Underlag` it was read from; None while it is not frozen. Not a part of what is frozen."""
    frozen_at: datetime | None = None

    @property
    def is_frozen(self) -> bool:
        """Tell whether this is what was frozen, rather than the matter as it is now."""
        return self.number is not None

    @property
    def no_gaps(self) -> str:
        """Return what is said where there are no gaps: that avsteg let some through is said too."""
        waiving = sum(bool(one.get("lacks")) for one in self.avsteg)
        return f"Inget utöver {'avsteget' if waiving == 1 else 'avstegen'}" if waiving else "Inget"


_AROUND = ("damaged", "number", "frozen_at")
"""What is known of the papers without being in them."""


def as_json(tabled: Tabled) -> str:
    """Return the papers as canonical JSON."""
    value = asdict(tabled)
    return canonical_json({name: said for name, said in value.items() if name not in _AROUND})


def from_json(text: str) -> Tabled:
    """Return the papers that `as_json` wrote."""
    value = json.loads(text)
    value["files"] = tuple(TabledFile(**one) for one in value["files"])
    for name in ("gaps", "avsteg", "changed"):
        value[name] = tuple(value[name])
    return Tabled(**value)
