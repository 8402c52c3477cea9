"""The only place that says what a person and a membership may be, whoever writes them: one by one or from a sheet."""

import unicodedata
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from governance.errors import Refused
from governance.models import Body, Organisation
from governance.vocabulary import BodyKind, QuorumRule, Role

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
LONGEST_NAME = 150
LONGEST_ADDRESS = 254
_COUNTED_BY_ORGANISATION = {QuorumRule.REGION_OCH_KOMMUNER, QuorumRule.MAJORITET_AV_ORGANISATIONER}
_NOT_SEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
"""Unicode's categories of signs that a reader does not see."""


def check_period(starts_on: date, ends_on: date | None) -> None:
    """See that a period can be.

    Raises:
        Refused: a day lies outside what is kept, or the end comes before the start.

    """
    if not EARLIEST <= starts_on < LATEST:
        raise Refused(f"Skriv en dag från {EARLIEST} till {LATEST}.", "starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Refused("Uppdraget slutar innan det börjar.", "ends_on")
    if ends_on is not None and ends_on >= LATEST:
        raise Refused(f"Skriv en dag före {LATEST}, eller lämna rutan tom.", "ends_on")


def check_seat(body: Body, role: Role, roles: Collection[Role]) -> None:
    """See that the body takes members and has the role; `roles` are those that it has.

    Raises:
        Refused: it has ended, or has no such role.

    """
    if body.ended_on is not None:
        raise Refused(f"{body} upphörde {body.ended_on}.", "body")
    if role not in roles:
        names = ", ".join(one.label.lower() for one in roles)
        raise Refused(f"{body} har inte rollen {role.label.lower()}. Välj bland: {names}.", "role")


def represented_by(body: Body, represents: Organisation | None) -> Organisation | None:
    """Return whom a member represents: a contact the organisation whose contact it is, without saying so."""
    return represents or (body.organisation if body.kind == BodyKind.ORGANISATION else None)


def check_represents(body: Body, role: Role, represents: Organisation | None) -> None:
    """See that a member whose organisation counts for the quorum says which it is.

    Raises:
        Refused: it is missing, another county's, has ended, or is not the one whose contacts sit in the body.

    """
    if represents is None:
        counts = body.rule.get("quorum") in _COUNTED_BY_ORGANISATION
        if counts and role not in {Role.SEKRETERARE, Role.ADJUNGERAD}:
            raise Refused(
                f"Ange vilken organisation personen företräder: {body} räknar organisationerna när den beslutar.",
                "represents",
            )
        return
    if represents.county_id != body.county_id or represents.ended_on is not None:
        raise Refused(f"{represents} hör inte till {body.county}.", "represents")
    if body.kind == BodyKind.ORGANISATION and represents.pk != body.organisation_id:
        raise Refused(f"En kontaktperson i {body} företräder {body.organisation}.", "represents")


def clean_line(text: str, field: str, *, empty: bool = False) -> str:
    """Return a name or a title as it is kept: composed signs, single spaces.

    Raises:
        Refused: it is missing (unless it may be empty), too long, or holds signs that are not seen.

    """
    cleaned = " ".join(unicodedata.normalize("NFC", text).split())
    if not cleaned and not empty:
        raise Refused("Skriv ett namn.", field)
    if len(cleaned) > LONGEST_NAME:
        raise Refused(f"Skriv högst {LONGEST_NAME} tecken.", field)
    if any(unicodedata.category(sign) in _NOT_SEEN for sign in cleaned):
        raise Refused("Texten innehåller tecken som inte syns. Skriv den på nytt.", field)
    return cleaned


def clean_email(email: str) -> str:
    """Return an address as it is kept: small letters.

    Raises:
        Refused: it is none, or too long.

    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("Skriv en e-postadress, till exempel namn@kommun.se.", "email") from None
    if len(address) > LONGEST_ADDRESS:
        raise Refused("E-postadressen är för lång.", "email")
    return address
