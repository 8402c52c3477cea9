"""The only writer of the journal and of notices, and what verifies its chain.

An entry is an envelope, never removed, and a payload beside it. The envelope holds the digest of the payload and the
hash of the envelope before it, so that a payload may one day be weeded by a decision while the chain still verifies.
The statement that writes an entry writes whom the act concerns too.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from governance import prepared
from satsningar.content import canonical_json
from workflow.notices import telling
from workflow.notices.whom import NOTHING, Given
from workflow.verifying import pages, unlike_the_journal
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an act was: who did what to which case, by which mandate, from where to where."""

    county_id: int
    act_id: UUID
    act: Act
    at: datetime
    actor_id: int | None
    body_id: int | None = None
    role: str = ""
    mandate: str = ""
    move: str = ""
    satsning_id: int | None = None
    version_id: int | None = None
    """The version of the path that the case follows after the act; the stations' codes are that version's, but
    `from_station` is the version's before where the act moved the case to another."""
    from_station: str = ""
    to_station: str = ""
    revision_id: int | None = None


def _digest(salt: str, payload: str) -> str:
    return sha256((salt + payload).encode()).hexdigest()


def _hash(envelope: Mapping[str, Any]) -> str:
    return sha256(canonical_json(envelope).encode()).hexdigest()


def _sealed(envelope: Envelope, number: int, digest: str, previous: str) -> dict[str, Any]:
    """Return the envelope as it is hashed: every column but the hash itself, the time in UTC.

    The version is left out where it is not known, as in entries written before it was recorded.
    """
    version = {} if envelope.version_id is None else {"version": envelope.version_id}
    return version | {
        "county": envelope.county_id,
        "number": number,
        "act_id": str(envelope.act_id),
        "act": str(envelope.act),
        "move": envelope.move,
        "satsning": envelope.satsning_id,
        "actor": envelope.actor_id,
        "body": envelope.body_id,
        "role": str(envelope.role),
        "mandate": str(envelope.mandate),
        "from": envelope.from_station,
        "to": envelope.to_station,
        "revision": envelope.revision_id,
        "at": envelope.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "digest": digest,
        "previous": previous,
    }


_HEAD = """
INSERT INTO workflow_chainhead AS h (county_id, number, hash) VALUES (%(county)s, 0, '')
ON CONFLICT (county_id) DO UPDATE SET number = h.number
RETURNING h.number, h.hash
"""

_APPEND_TELLING = """
WITH entry AS (
    INSERT INTO workflow_journalentry (county_id, number, act_id, act, move, satsning_id, version_id, actor_id,
        body_id, role, mandate, from_station, to_station, revision_id, at, digest, previous_hash, hash)
    VALUES (%(county)s, %(number)s, %(act_id)s, %(act)s, %(move)s, %(satsning)s, %(version)s, %(actor)s,
        %(body)s, %(role)s, %(mandate)s, %(from)s, %(to)s, %(revision)s, %(time)s, %(digest)s, %(previous)s, %(hash)s)
    RETURNING id
), payload AS (
    INSERT INTO workflow_journalpayload (entry_id, salt, content) SELECT id, %(salt)s, %(content)s FROM entry
)
{told}
UPDATE workflow_chainhead SET number = %(number)s, hash = %(hash)s WHERE county_id = %(county)s
"""
_APPEND = _APPEND_TELLING.replace("{told}", "")
_APPEND_TELLING = _APPEND_TELLING.replace("{told}", telling.ROWS)


def append(envelope: Envelope, payload: Mapping[str, Any], given: Given = NOTHING) -> int:
    """Add an entry to its county's chain and return its number; two statements.

    Effects, in order: the county's chain head is locked until the transaction ends, the entry is written with its
    payload and a notice for each person whom it concerns, the head moves on.

    Args:
        envelope: what was done.
        payload: reason and names as they were; JSON values.
        given: whom it concerns beside those that `workflow.notices.concerned` names for the act.

    """
    [(last, previous)] = prepared.fetch_all(_HEAD, {"county": envelope.county_id})
    sealed = seal(envelope, payload, number=last + 1, previous=previous)
    told = telling.values_of(
        envelope.act,
        payload,
        given,
        satsning_id=envelope.satsning_id,
        version_id=envelope.version_id,
        to_station=envelope.to_station,
    )
    if told is None:
        prepared.run(_APPEND, sealed)
    else:
        prepared.run(_APPEND_TELLING, sealed | told)
    return int(last) + 1


def seal(envelope: Envelope, payload: Mapping[str, Any], *, number: int, previous: str) -> dict[str, Any]:
    """Return the columns of an entry and its payload, hashed with a salt of its own; nothing is written.

    Args:
        envelope: what was done.
        payload: reason and names as they were; JSON values.
        number: the entry's place in the county's chain.
        previous: the hash of the entry before it; empty for the first.

    """
    salt = secrets.token_hex(32)
    content = canonical_json(payload)
    sealed = _sealed(envelope, number, _digest(salt, content), previous)
    return {"version": None} | sealed | {"time": envelope.at, "salt": salt, "content": content, "hash": _hash(sealed)}


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link of a county's chain."""

    county: str
    number: int
    message: str


_CHAIN = """
SELECT e.number, e.county_id, e.act_id, e.act, e.at, e.actor_id, e.body_id, e.role, e.mandate, e.move, e.satsning_id,
    e.from_station, e.to_station, e.revision_id, e.digest, e.previous_hash, e.hash, p.salt, p.content,
    e.version_id
FROM workflow_journalentry e LEFT JOIN workflow_journalpayload p ON p.entry_id = e.id
WHERE e.county_id = %s AND e.number > %s ORDER BY e.number LIMIT 2000
"""


def verify(county_id: int, county: str, *, known: tuple[int, str] | None = None) -> tuple[int, Broken | None]:
    """Walk a county's chain from the first entry; return how many entries hold and the first broken link, if any.

    A chain that holds is compared with the tables beside it, as `workflow.verifying` says.

    Args:
        county_id: whose chain.
        county: its name, for the message.
        known: a number and its hash as printed in a protokoll; a chain cut before it does not verify.

    """
    number, previous = 0, ""
    seen_known = known is None
    for row in pages(_CHAIN, county_id):
        fault = _fault(row, number + 1, previous)
        if fault:
            return number, Broken(county, number + 1, fault)
        number, previous = row[0], row[16]
        if known is not None and number == known[0]:
            if previous != known[1]:
                return number - 1, Broken(county, number, "posten är inte den som protokollet anger")
            seen_known = True
    if not seen_known and known is not None:
        return number, Broken(county, number + 1, f"posten saknas; protokollet anger nummer {known[0]}")
    unlike = unlike_the_journal(county_id, number, previous)
    return number, Broken(county, number + 1, unlike) if unlike else None


def _fault(row: tuple[Any, ...], expected: int, previous: str) -> str:
    if row[0] != expected:
        return f"posten saknas; nästa som finns är {row[0]}"
    envelope = Envelope(
        county_id=row[1],
        act_id=row[2],
        act=row[3],
        at=row[4],
        actor_id=row[5],
        body_id=row[6],
        role=row[7],
        mandate=row[8],
        move=row[9],
        satsning_id=row[10],
        from_station=row[11],
        to_station=row[12],
        revision_id=row[13],
        version_id=row[19],
    )
    digest, was, chained, salt, content = row[14:19]
    if was != previous:
        return "posten hänger inte ihop med posten före"
    if _hash(_sealed(envelope, expected, digest, previous)) != chained:
        return "posten har ändrats"
    if content is None:
        return "postens innehåll saknas"
    if _digest(salt, content) != digest:
        return "postens innehåll har ändrats"
    return ""
