"""What people choose: when letters come about each kind of event, and what has been read."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from workflow.notices.models import Notice, Preference
from workflow.notices.selectors import visible
from workflow.notices.vocabulary import Postlage, Slag, Takt
from workflow.rights import Viewer

USUAL = Takt.BLANDAT
"""What is chosen for whoever has chosen nothing."""


def choices_of(person_id: int) -> dict[Slag, Takt]:
    """Return the person's choice for every kind; one statement."""
    found = dict(Preference.objects.filter(person=person_id).values_list("kind", "takt"))
    return {kind: Takt(found.get(kind.value, USUAL)) for kind in Slag}


@transaction.atomic
def choose(choices: Mapping[Slag, Takt], *, actor: Person) -> None:
    """Write one's own choices; what waits for a letter already follows them from now on."""
    for kind, takt in choices.items():
        Preference.objects.update_or_create(person=actor, kind=kind, defaults={"takt": takt})
    waiting = Notice.objects.filter(person=actor, mail__in=(Postlage.DAG, Postlage.VECKA), kind__in=list(choices))
    waiting.update(mail=Postlage.NY)


def mail_for(takt: Takt, *, must_act: bool) -> Postlage:
    """Return what becomes of a notice by letter; BREV is a letter of its own, at once."""
    match takt:
        case Takt.STRAX:
            return Postlage.BREV
        case Takt.DAG:
            return Postlage.DAG
        case Takt.VECKA:
            return Postlage.VECKA
        case Takt.BARA_JAG:
            return Postlage.BREV if must_act else Postlage.INGET
        case Takt.BLANDAT:
            return Postlage.BREV if must_act else Postlage.DAG
    return Postlage.INGET


def mark_read(notice_id: int, *, who: Viewer) -> Notice | None:
    """Mark one of one's own notices as read and return it; None where there is none that the person may read."""
    row = visible(who).filter(pk=notice_id).first()
    if row is not None and row.read_at is None:
        Notice.objects.filter(pk=row.pk, read_at=None).update(read_at=timezone.now())
    return row


def mark_all_read(*, actor: Person, kind: str = "", newest: int | None = None) -> int:
    """Mark one's own notices as read, those that came after the page was shown left out; return how many.

    Args:
        actor: whose.
        kind: of one kind alone.
        newest: the key of the newest notice that was shown.

    """
    rows = Notice.objects.filter(person=actor, read_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    if newest is not None:
        rows = rows.filter(pk__lte=newest)
    return rows.update(read_at=timezone.now())
