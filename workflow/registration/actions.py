"""Registering cases afterwards, and declaring that what they held is written in."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.models import County, Person
from governance.permissions import Standing
from governance.vocabulary import Mandate
from satsningar import content, services
from satsningar.models import Handling
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow import facts
from workflow.actions import Performed
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.creation import Begun, keep_case
from workflow.errors import Invalid, NoMandate, NotFromHere, Stale
from workflow.models import Registrering
from workflow.registration.checking import Checked, check_entry
from workflow.registration.entries import Entry
from workflow.registration.grounds import Grounds
from workflow.registration.numbers import reserve
from workflow.revisions import freeze
from workflow.rights import Viewer, viewer
from workflow.vocabulary import Act

WHO = "Satsningar registreras i efterhand av regionalt stöd i länet."
ALREADY = "Satsningen är redan registrerad, med samma titel, ansvariga grupp och beslutsdag."
JUST_TAKEN = "Ett av numren togs nyss av en annan satsning. Läs igenom och försök igen."


def may_register(who: Viewer, county_id: int) -> Standing | None:
    """Return the standing by which the person registers cases in a county, or None."""
    return who.holds_in(Mandate.LEDA_ARENDEN, county_id)


def register(entry: Entry, *, actor: Person) -> tuple[int, Performed]:
    """Register one case; return its id and the act. As `register_all`.

    Raises:
        NoMandate: the actor does not keep the county's cases together.
        Invalid: the entry cannot be registered, or is registered already; every sentence by field.

    """
    done = register_all([entry], actor=actor)
    if not done:
        raise Invalid({"titel": [ALREADY]})
    return done[0]


def register_all(entries: Sequence[Entry], *, actor: Person) -> list[tuple[int, Performed]]:
    """Register cases of one county, all of them or none; return the id and act of each that was not there already.

    Effects, in order, in one transaction: the actor's standing is found; the county is locked, so that nobody else
    registers there at the same moment; entries that are registered are passed over and every other is checked; the
    series of numbers go on after the numbers that are entered; then of each entry the case, its content, its
    registration and its first journal entry are written.

    Args:
        entries: at least one, all of one county.
        actor: somebody in regionalt stöd.

    Raises:
        NoMandate: the actor does not keep the county's cases together.
        Invalid: an entry cannot be registered; every sentence of the first such entry, by field.

    """
    county_id = entries[0].ansvarig_grupp.county_id
    if any(entry.ansvarig_grupp.county_id != county_id for entry in entries):
        msg = "cases are registered county by county"
        raise ValueError(msg)
    with transaction.atomic():
        standing = may_register(viewer(actor), county_id)
        if standing is None:
            raise NoMandate(WHO)
        County.objects.select_for_update(no_key=True).get(pk=county_id)
        grounds = Grounds(county_id)
        new = [entry for entry in entries if grounds.there_already(entry) is None]
        checked = [check_entry(entry, grounds, actor=actor) for entry in new]
        reserve(one.number for one in checked if one.number is not None)
        try:
            with transaction.atomic():
                return [_write(one, actor, standing) for one in checked]
        except IntegrityError as error:
            if "reference_once" not in str(error):
                raise
            raise Invalid({"reference": [JUST_TAKEN]}) from None


def _write(checked: Checked, actor: Person, standing: Standing) -> tuple[int, Performed]:
    arende, begun = checked.arende, Begun(Act.REGISTRERA_I_EFTERHAND, uuid4(), standing)
    decided = checked.decided_on.isoformat() if checked.decided_on else None
    payload = {
        "ansvarig_grupp": arende.ansvarig_grupp.name,
        "registrering": {"decided_on": decided, "source": checked.source, "since": checked.since.isoformat()},
    }
    if arende.reference:
        payload["reference"] = arende.reference
    number = keep_case(arende, checked.path, begun, checked.title, actor=actor, payload=payload)
    for code, value in checked.parts.items():
        version = 1 if code == "uppdrag" else 0
        services.write_part(arende.pk, code, value, person_id=actor.pk, expected_version=version)
    Registrering.objects.create(
        satsning=arende,
        act_id=begun.act_id,
        entered_at=arende.station,
        decided_on=checked.decided_on,
        source=checked.source,
        stood_since=checked.since,
        registered_at=arende.created_at,
        registered_by=actor,
    )
    return arende.pk, Performed(begun.act_id, arende.station, arende.edition, number, arende.reference)


def complete_registration(satsning_id: int, *, actor: Person, expected_edition: int) -> UUID:
    """Declare that what a case held when it was registered is written in; return the act's id.

    Effects, in order, in one transaction: the case is locked; the right is asked; the edition is compared; the content
    is frozen as a revision and listed among the documents; the act is recorded. From now on the ordinary rules hold.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not keep the county's cases together.
        NotFromHere: it was not registered afterwards, or has been declared complete.
        Stale: the case has changed since the actor saw it.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = may_register(viewer(actor), arende.county_id)
            if standing is None:
                raise NoMandate("Inskrivningen avslutas av regionalt stöd i länet, som svarar för att den stämmer.")
            if not facts.read(arende.pk).writing_in:
                raise NotFromHere("Inskrivningen är redan klar, eller satsningen registrerades inte i efterhand.")
            if arende.edition != expected_edition:
                raise Stale
        read, at = content.read(arende.pk), timezone.now()
        revision_id, number = freeze(arende.pk, read.parts, act=Act.INSKRIVNING_KLAR.value, at=at)
        Handling.objects.create(
            satsning=arende,
            kind=Handlingsslag.REVISION,
            title=f"Revision {number}: inskriven i efterhand",
            date=timezone.localdate(at),
            sender=standing.body_name,
            status=Handlingsstatus.UPPRATTAD,
            revision_id=revision_id,
        )
        payload = {"title": read.title}
        act = Act.INSKRIVNING_KLAR
        return record_act(arende, act, actor=actor, standing=standing, payload=payload, revision_id=revision_id)
