"""The lock that every write to a case takes, and the record of acts that leave it where it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing
from satsningar.models import Satsning
from workflow import journal
from workflow.errors import Refusal
from workflow.machine import Arende
from workflow.rights import may_read, viewer
from workflow.vocabulary import Act


def lock(satsning_id: int) -> Arende:
    """Return the case with its row locked until the transaction ends.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    rows = Arende.objects.select_for_update(of=("self",)).select_related("beslutsorgan", "ansvarig_grupp")
    try:
        return rows.get(pk=satsning_id)
    except Arende.DoesNotExist:
        raise Satsning.DoesNotExist from None


@contextmanager
def hidden_from_strangers(satsning: Satsning, actor: Person) -> Iterator[None]:
    """Turn any refusal into "there is no such case" for somebody who may not read it."""
    try:
        yield
    except Refusal:
        if not may_read(viewer(actor), satsning):
            raise Satsning.DoesNotExist from None
        raise


def touch(satsning: Satsning) -> int:
    """Raise the case's edition, so that a form shown before is stale; return it. The station is not written."""
    Satsning.objects.filter(pk=satsning.pk).update(edition=F("edition") + 1)
    return satsning.edition + 1


def record_act(  # noqa: PLR0913 - an act is made of this many facts
    arende: Arende,
    act: Act,
    *,
    actor: Person,
    standing: Standing,
    payload: dict[str, Any],
    revision_id: int | None = None,
) -> UUID:
    """Record an act that leaves a case where it is: a round opened, a file added.

    The caller holds the lock from `lock`. Effects, in order: the case's edition and time of last act go
    up, the journal is written.
    """
    act_id, at = uuid4(), timezone.now()
    arende.edition += 1
    arende.last_act_at = at
    arende.save(update_fields=["edition", "last_act_at"])
    journal.append(
        journal.Envelope(
            county_id=arende.county_id,
            act_id=act_id,
            act=act,
            at=at,
            actor_id=actor.pk,
            body_id=standing.body_id,
            role=standing.role,
            mandate=standing.mandate,
            satsning_id=arende.pk,
            from_station=arende.station,
            to_station=arende.station,
            revision_id=revision_id,
        ),
        {"actor": actor.name, "body": standing.body_name} | payload,
    )
    return act_id
