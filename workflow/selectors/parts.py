"""One part as a person meets it: how it may be written, the value to begin from, and the parts before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from satsningar import content
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.references import named
from satsningar.vocabulary import PartCode
from workflow import facts
from workflow.edits import NO_PROPOSAL, proposal_of
from workflow.facts import Facts
from workflow.rights import Access, Viewer, access, own_organisations


@dataclass(frozen=True, slots=True)
class PartPage:
    """A part, what stands in it, and how the person may write it."""

    code: PartCode
    content: Content
    facts: Facts
    access: Access
    value: Mapping[str, Any]
    version: int
    proposed: bool
    organisations: tuple[int, ...]
    """Those the person answers for, where only their own lines are written."""


def part_page(who: Viewer, satsning: Satsning, code: str) -> PartPage:
    """Return what a part's page shows; the open proposal is begun from where one is written."""
    read, known = content.read(satsning.pk), facts.read(satsning.pk)
    how = access(who, satsning, code, known)
    value, version, proposed = read.part(code), read.versions[code], False
    if how is Access.PROPOSE:
        proposal = proposal_of(satsning.pk, code)
        version, proposed = NO_PROPOSAL, proposal is not None
        if proposal is not None:
            value, version = named(PARTS[code], {**value, **proposal.value}, read), proposal.version
    own = own_organisations(who, satsning) if how is Access.OWN_ROWS else ()
    return PartPage(PartCode(code), read, known, how, value, version, proposed, own)


def neighbours(code: str, shown: tuple[str, ...]) -> tuple[str, str]:
    """Return the codes of the parts before and after among those shown; empty at either end."""
    if code not in shown:
        return "", ""
    place = shown.index(code)
    return shown[place - 1] if place else "", shown[place + 1] if place + 1 < len(shown) else ""
