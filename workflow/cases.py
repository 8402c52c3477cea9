"""The lock that every write to a case takes, and the record of acts that leave it where it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from governance import prepared
from governance.models import Body, Person
from satsningar.models import Satsning
from workflow import journal
from workflow.errors import Refusal
from workflow.machine import Arende
from workflow.notices.whom import NOTHING, Given
from workflow.rights import may_read, viewer
from workflow.vocabulary import Act

_LOCK = f"""
SELECT {prepared.columns_of(Arende, "s")}, {prepared.columns_of(Body, "d")}, {prepared.columns_of(Body, "a")}
FROM satsningar_satsning s JOIN governance_body d ON d.id = s.beslutsorgan_id
JOIN governance_body a ON a.id = s.ansvarig_grupp_id WHERE s.id = %s FOR UPDATE OF s
"""  # noqa: S608 - the models' own names
_STORED = (
    *("version_id", "station", "station_since", "edition", "last_act_at", "submitted_at", "reference"),
    *("handlaggare_id", "ansvarig_grupp_id"),
)
_STORE = f"UPDATE satsningar_satsning SET {', '.join(f'{column} = %s' for column in _STORED)} WHERE id = %s"  # noqa: S608 - as above


class ActsFor(Protocol):
    """For which body somebody acts: a `Standing`, or something of one's own where a mandate is not what it rests on."""

    @property
    def body_id(self) -> int:
        """The body."""

    @property
    def body_name(self) -> str:
        """Its name."""

    @property
    def role(self) -> str:
        """The role in it; empty where it does not matter."""

    @property
    def mandate(self) -> str:
        """The mandate; empty where there is none."""

    @property
    def acts_for(self) -> str:
        """Whom the person stands in for, by name; empty for most."""


def lock(satsning_id: int) -> Arende:
    """Return the case with its row locked until the transaction ends.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    row = prepared.fetch_one(_LOCK, [satsning_id])
    if row is None:
        raise Satsning.DoesNotExist
    arende: Arende
    arende, arende.beslutsorgan, arende.ansvarig_grupp = prepared.instances_of(row, Arende, Body, Body)
    return arende


def store(arende: Arende) -> None:
    """Write what acts change on a case's own row; the caller holds the lock from `lock`. One statement."""
    prepared.run(_STORE, [*(getattr(arende, column) for column in _STORED), arende.pk])


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


def stands_in(standing: ActsFor) -> dict[str, str]:
    """Return what the journal says of whom somebody stands in for; nothing for most."""
    return {"ersatter": standing.acts_for} if standing.acts_for else {}


def record_act(  # noqa: PLR0913 - an act is made of this many facts
    arende: Arende,
    act: Act,
    *,
    actor: Person,
    standing: ActsFor,
    payload: dict[str, Any],
    revision_id: int | None = None,
    given: Given = NOTHING,
) -> UUID:
    """Record an act that leaves a case where it is: a round opened, a file added.

    The caller holds the lock from `lock`. Effects, in order: the case's edition and time of last act go
    up, the journal is written, with a notice for each person concerned; `given` says whom the act itself knows of.
    """
    act_id, at = uuid4(), timezone.now()
    arende.edition += 1
    arende.last_act_at = at
    store(arende)
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
            version_id=arende.version_id,
            from_station=arende.station,
            to_station=arende.station,
            revision_id=revision_id,
        ),
        {"actor": actor.name, "body": standing.body_name} | stands_in(standing) | payload,
        given,
    )
    return act_id


def record_by_clock(arende: Arende, act: Act, act_id: UUID, *, payload: dict[str, Any], given: Given) -> None:
    """Record what the clock alone brought about: a reminder of a last day.

    The caller holds the lock from `lock`. The journal is written, with a notice for each person whom `given` knows of.
    The case's edition stays as it is: nothing that somebody may be acting on has changed.
    """
    envelope = journal.Envelope(
        county_id=arende.county_id,
        act_id=act_id,
        act=act,
        at=timezone.now(),
        actor_id=None,
        satsning_id=arende.pk,
        version_id=arende.version_id,
        from_station=arende.station,
        to_station=arende.station,
    )
    journal.append(envelope, {"actor": "Tjänsten"} | payload, given)
