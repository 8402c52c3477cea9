"""Inviting somebody to a draft, accepting, and ending it: the only writer of co-authors.

The link of an invitation is random, kept as a digest alone, and works for whoever is logged in with the address it was
sent to: nobody else is told what it leads to.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from governance.models import Membership, Person
from governance.permissions import Standing, today
from governance.vocabulary import Mandate
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.coauthors.models import Medforfattare
from workflow.errors import Invalid, NoMandate, NotFromHere, Refusal
from workflow.rights import INVITED_KINDS, Viewer, station_of, viewer
from workflow.vocabulary import Act, Medverkan

DAYS: int = settings.INVITATION_DAYS
PURPOSE_LIMIT = 1_000
LONGEST_ADDRESS = 254
"""Characters that an address on the Internet has at most (RFC 5321)."""
ADDRESS = "Skriv en hel e-postadress, till exempel namn@kommun.se."
OVER = "Uppdraget som personen medverkade i är slut. Avsluta medverkan först, och bjud sedan in på nytt."
ONESELF = "Det är din egen adress. Du skriver redan i satsningen."


class NotUsable(Refusal):
    """A link does not work for the one who opens it; says why and what to do."""

    status = 410


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation just made; its token is known here and nowhere else."""

    row: Medforfattare
    token: str

    @property
    def path(self) -> str:
        """Return its address within the site."""
        return reverse("medforfattare_svara", args=[self.token])


def may_invite(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person invites others to the case now: as writing for its ansvarig grupp."""
    if station_of(satsning).kind not in INVITED_KINDS:
        return None
    group = satsning.ansvarig_grupp_id
    return next((s for s in who.standings if s.body_id == group and s.mandate == Mandate.FORFATTA), None)


def who_invites(satsning: Satsning) -> str:
    """Return the sentence of who invites others to the case, and when."""
    group = satsning.ansvarig_grupp.name
    return f"Andra bjuds in av {group}, medan satsningen är ett utkast eller kompletteras."


def invite(satsning_id: int, email: str, role: str, purpose: str, *, actor: Person) -> Made:
    """Invite an address to a draft; return the invitation with its link.

    Effects, in order, in one transaction: the case is locked, the right is asked, its edition goes up and the journal
    is written, the invitation is written. It gives nothing until it is accepted.

    Args:
        satsning_id: the case.
        email: to which address.
        role: a `Medverkan`.
        purpose: what they are invited for; shown to whoever accepts, never in a letter.
        actor: who invites, for the ansvarig grupp.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not invite others to the case where it stands.
        Invalid: it is no address, one's own, that of somebody already in or already invited; no role or no purpose.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = may_invite(viewer(actor), arende)
            if standing is None:
                raise NoMandate(who_invites(arende))
            address, words = _checked(arende, email, role, purpose, actor)
        said = {"email": address, "role": role}
        payload = {"reason": words, "inbjuden": said, "inbjuden_till": str(Medverkan(role).label)}
        act_id = record_act(arende, Act.MEDFORFATTARE_INBJUDEN, actor=actor, standing=standing, payload=payload)
        token, now = secrets.token_urlsafe(32), timezone.now()
        row = Medforfattare.objects.create(
            satsning_id=arende.pk,
            email=address,
            role=role,
            purpose=words,
            digest=_digest(token),
            invited_by=actor,
            invited_by_body_id=standing.body_id,
            invited_at=now,
            expires_at=now + timedelta(days=DAYS),
            act_id=act_id,
        )
        return Made(row, token)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _checked(arende: Satsning, email: str, role: str, purpose: str, actor: Person) -> tuple[str, str]:
    errors: dict[str, list[str]] = {}
    address, words = email.strip().lower(), ""
    if why := _why_not(arende, address, actor):
        errors["email"] = [why]
    if role not in Medverkan.values:
        errors["role"] = ["Välj vad den inbjudna får göra."]
    try:
        words = clean_text(purpose, limit=PURPOSE_LIMIT).strip()
        if not words:
            errors["purpose"] = ["Skriv vad inbjudan är till för."]
    except ValidationError as error:
        errors["purpose"] = error.messages
    if errors:
        raise Invalid(errors)
    return address, words


def _why_not(arende: Satsning, address: str, actor: Person) -> str:
    """Return why an address is not invited; empty for one that is. Tells nothing of people the actor cannot know."""
    if not _is_address(address):
        return ADDRESS
    if address == actor.email.lower():
        return ONESELF
    members = Membership.objects.current(today()).filter(body=arende.ansvarig_grupp_id, person__email__iexact=address)
    if members.exists():
        return f"Personen är redan med i {arende.ansvarig_grupp.name}."
    earlier = Medforfattare.objects.filter(satsning=arende.pk, email=address, ended_at=None).first()
    if earlier is None:
        return ""
    if earlier.accepted_at is None:
        return "Adressen är redan inbjuden. Ta bort den först."
    return "Personen medverkar redan." if _lasts(earlier) else OVER


def _is_address(address: str) -> bool:
    """Tell whether a letter can be written to an address."""
    try:
        validate_email(address)
        address.rpartition("@")[2].encode("idna")
    except (ValidationError, UnicodeError):
        return False
    return len(address) <= LONGEST_ADDRESS


def _lasts(row: Medforfattare) -> bool:
    return Medforfattare.objects.lasting(today()).filter(pk=row.pk).exists()


def find(token: str, person: Person) -> Medforfattare:
    """Return the invitation of a link that works for the person who opens it.

    Raises:
        NotUsable: it is altered, to another address, used, ended or too old.

    """
    rows = Medforfattare.objects.select_related("satsning__ansvarig_grupp", "invited_by", "invited_by_body")
    row = rows.filter(digest=_digest(token)).first()
    if row is None or row.email != person.email.lower():
        raise NotUsable(
            "Länken gäller inte för den adress du är inloggad med. Kopiera hela länken ur brevet, och logga in med den"
            " adress som det kom till."
        )
    if row.accepted_at is not None and row.ended_at is None:
        if not _lasts(row):
            raise NotUsable("Uppdraget som du medverkade i är slut. Be den som bjöd in dig om en ny inbjudan.")
        raise NotUsable("Du har redan tackat ja. Satsningen finns bland dina satsningar.")
    if not row.is_open(timezone.now()):
        raise NotUsable("Inbjudan gäller inte längre. Be den som bjöd in dig om en ny.")
    return row


def memberships_of(person: Person, county_id: int) -> list[Membership]:
    """Return the person's memberships in a county today, by which an invitation may be accepted; one statement."""
    rows = Membership.objects.current(today()).filter(person=person, body__county=county_id, body__ended_on=None)
    return list(rows.select_related("body", "represents").order_by("body__position", "pk"))


NO_SEAT = (
    "Du har inget uppdrag i länet i dag. Den som medverkar behöver ett uppdrag i något organ: be regionalt stöd i länet"
    " att lägga till det, och öppna länken igen."
)


def accept(token: str, *, membership_id: int, actor: Person) -> int:
    """Accept an invitation by a membership; return the case's id.

    Effects, in order, in one transaction: the case is locked, the link must work still, its edition goes up and the
    journal is written, the invitation says who and by what. From then on it gives what it says while the membership
    lasts and the case has not ended.

    Raises:
        NotUsable: as for `find`, or the case has gone on.
        Invalid: the membership is not one of the actor's in the county.

    """
    with transaction.atomic():
        arende = lock(find(token, actor).satsning_id)
        row = find(token, actor)
        if station_of(arende).kind not in INVITED_KINDS:
            raise NotUsable("Satsningen har gått vidare sedan du bjöds in. Du behöver inte göra något.")
        seat = next((one for one in memberships_of(actor, arende.county_id) if one.pk == membership_id), None)
        if seat is None:
            raise Invalid({"membership": ["Välj vilket uppdrag du medverkar i."]})
        acting = _Acting(seat.body_id, seat.body.name, seat.role)
        payload = {"inbjudan": row.pk, "inbjuden_till": str(Medverkan(row.role).label)}
        act_id = record_act(arende, Act.MEDFORFATTARE_MED, actor=actor, standing=acting, payload=payload)
        row.person, row.membership, row.accepted_at, row.accept_act_id = actor, seat, timezone.now(), act_id
        row.save(update_fields=["person", "membership", "accepted_at", "accept_act_id"])
        return arende.pk


@dataclass(frozen=True, slots=True)
class _Acting:
    body_id: int
    body_name: str
    role: str
    mandate: str = ""
    acts_for: str = ""


def end(satsning_id: int, row_id: int, *, actor: Person) -> None:
    """End an invitation, accepted or not: by the ansvarig grupp, or by the one who was invited.

    Raises:
        Satsning.DoesNotExist: there is no such invitation in a case that the actor may read.
        NoMandate: the actor neither writes for the ansvarig grupp nor is the one invited.
        NotFromHere: it has ended already.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            rows = Medforfattare.objects.select_related("membership__body", "person")
            found = rows.filter(satsning=arende.pk, pk=row_id).first()
            if found is None:
                raise Satsning.DoesNotExist
            acting = _ends(viewer(actor), arende, found)
            if acting is None:
                raise NoMandate(f"Medverkan avslutas av {arende.ansvarig_grupp.name}, eller av den som medverkar.")
            if found.ended_at is not None:
                raise NotFromHere("Medverkan är redan avslutad.")
        payload: dict[str, Any] = {"avslutad": found.pk, "vem": found.person.name if found.person else ""}
        act_id = record_act(arende, Act.MEDFORFATTARE_AVSLUTAD, actor=actor, standing=acting, payload=payload)
        Medforfattare.objects.filter(pk=found.pk).update(ended_at=timezone.now(), end_act_id=act_id)


def _ends(who: Viewer, satsning: Satsning, row: Medforfattare) -> Standing | _Acting | None:
    group = satsning.ansvarig_grupp_id
    standing = next((s for s in who.standings if s.body_id == group and s.mandate == Mandate.FORFATTA), None)
    if standing is not None or row.person_id != who.person_id or row.membership is None:
        return standing
    return _Acting(row.membership.body_id, row.membership.body.name, row.membership.role)
