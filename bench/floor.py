"""The floor: *lämna in* in hand-written SQL, what `perform` writes and no more, for comparing with.

It locks, asks one permission query, reads every content table by a plain SELECT of its own with the table's real
columns and the names of what they point at, makes the same canonical JSON and hashes, and writes the same rows. It
asks no requirement, says no refusal in words and knows no other move.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import models as db

from satsningar.content import canonical_json
from satsningar.models.parts import Effektmatt
from satsningar.partspec import PARTS, content_fields
from workflow.journal import Envelope, seal
from workflow.vocabulary import Act

STOCKHOLM = ZoneInfo(settings.TIME_ZONE)
_LOCK = """
SELECT s.county_id, s.station, s.edition, s.ansvarig_grupp_id, s.beslutsorgan_id, s.reference,
    b.reference_pattern, s.version_id
FROM satsningar_satsning s JOIN governance_body b ON b.id = s.beslutsorgan_id WHERE s.id = %s FOR UPDATE OF s
"""
_MAY = """
SELECT b.name, m.role FROM governance_membership m
JOIN governance_person w ON w.id = m.person_id AND w.is_active
JOIN governance_body b ON b.id = m.body_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s)
JOIN governance_seat s ON s.body_id = m.body_id AND s.role = m.role
JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
JOIN auth_permission p ON p.id = g.permission_id AND p.codename = 'forfatta'
JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
WHERE m.person_id = %(person)s AND m.body_id = %(body)s
AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
"""
_NUMBER = """
INSERT INTO satsningar_referenceseries AS s (body_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (body_id, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""
_REVISION = """
INSERT INTO satsningar_revision (satsning_id, number, act, content, sha256, created_at)
SELECT %(satsning)s, coalesce(max(number), 0) + 1, 'lamna_in', %(content)s, %(sha256)s, %(at)s
FROM satsningar_revision WHERE satsning_id = %(satsning)s RETURNING id, number
"""
_STATION = """
UPDATE satsningar_satsning SET station = 'inlamnad', station_since = %(at)s, edition = edition + 1,
    last_act_at = %(at)s, submitted_at = %(at)s, reference = %(reference)s WHERE id = %(satsning)s
"""
_HEAD = "SELECT number, hash FROM workflow_chainhead WHERE county_id = %s FOR UPDATE"
_ENTRY = """
WITH entry AS (
    INSERT INTO workflow_journalentry (county_id, number, act_id, act, move, satsning_id, version_id, actor_id, body_id,
        role, mandate, from_station, to_station, revision_id, at, digest, previous_hash, hash)
    VALUES (%(county)s, %(number)s, %(act_id)s, %(act)s, %(move)s, %(satsning)s, %(version)s, %(actor)s, %(body)s,
        %(role)s, %(mandate)s, %(from)s, %(to)s, %(revision)s, %(time)s, %(digest)s, %(previous)s, %(hash)s)
    RETURNING id
), payload AS (
    INSERT INTO workflow_journalpayload (entry_id, salt, content) SELECT id, %(salt)s, %(content)s FROM entry
)
UPDATE workflow_chainhead SET number = %(number)s, hash = %(hash)s WHERE county_id = %(county)s
"""
_TOLD = """
INSERT INTO workflow_notice (entry_id, person_id, body_id, kind, expected, page, page_id, mail)
SELECT e.id, m.person_id, min(m.body_id), 'arende', max(CASE p.codename WHEN 'bereda' THEN 'Ta upp' ELSE '' END),
    'satsning', %(satsning)s, 'ny'
FROM workflow_journalentry e
JOIN governance_body b ON b.county_id = e.county_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s)
JOIN governance_membership m ON m.body_id = b.id AND m.starts_on <= %(day)s
    AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
JOIN governance_person w ON w.id = m.person_id AND w.is_active
JOIN governance_seat s ON s.body_id = m.body_id AND s.role = m.role
JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
JOIN auth_permission p ON p.id = g.permission_id
JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
WHERE e.act_id = %(act)s AND e.county_id = %(county)s AND e.number = %(number)s AND m.person_id <> %(person)s
    AND (b.id = %(body)s AND p.codename = 'forfatta' OR b.kind = 'beredningsgrupp' AND p.codename = 'bereda')
GROUP BY e.id, m.person_id
"""
_HANDLING = """
INSERT INTO satsningar_handling (satsning_id, kind, title, date, sender, receiver, purpose, status, secrecy,
    revision_id) VALUES (%s, 'revision', %s, %s, %s, '', '', 'upprattad', '', %s)
"""


def move(connection: psycopg.Connection, satsning_id: int, person_id: int, person_name: str) -> str:
    """Hand a satsning in and return its reference number; one transaction.

    Args:
        connection: a connection of the application's role, not in a transaction.
        satsning_id: a draft of the person's working group, complete enough.
        person_id: who makes the move.
        person_name: as the journal names the person.

    Raises:
        PermissionError: the case is no draft or the person may not.

    """
    with connection.transaction():
        found = connection.execute(_LOCK, [satsning_id]).fetchone()
        at = datetime.now(STOCKHOLM)
        asked = {"person": person_id, "body": found and found[3], "day": at.date()}
        standing = connection.execute(_MAY, asked).fetchone()
        if found is None or found[1] != "utkast" or standing is None:
            raise PermissionError(satsning_id)
        county, _, _, group, deciding, reference, pattern, version = found
        parts = _read(connection, satsning_id)
        content = canonical_json(parts)
        digest = sha256(content.encode()).hexdigest()
        written = {"satsning": satsning_id, "content": content, "sha256": digest, "at": at}
        revision, revision_number = connection.execute(_REVISION, written).fetchone() or (0, 0)
        if not reference:
            [number] = connection.execute(_NUMBER, [deciding, at.year]).fetchone() or (0,)
            reference = pattern.format(ar=at.year, nummer=number)
        connection.execute(_STATION, {"at": at, "reference": reference, "satsning": satsning_id})
        envelope = Envelope(
            county_id=county,
            act_id=uuid4(),
            act=Act.LAMNA_IN,
            at=at,
            actor_id=person_id,
            body_id=group,
            role=standing[1],
            mandate="forfatta",
            move="lamna_in",
            satsning_id=satsning_id,
            version_id=version,
            from_station="utkast",
            to_station="inlamnad",
            revision_id=revision,
        )
        payload = {
            "reason": "",
            "actor": person_name,
            "body": standing[0],
            "move": "Lämna in",
            "from": "Utkast",
            "to": "Inlämnad",
            "title": parts["uppdrag"]["titel"],
            "reference": reference,
        }
        last, previous = connection.execute(_HEAD, [county]).fetchone() or (0, "")
        sealed = seal(envelope, payload, number=last + 1, previous=previous)
        connection.execute(_ENTRY, sealed)
        told = {"satsning": satsning_id, "person": person_id, "body": group, "day": at.date(), "county": county}
        connection.execute(_TOLD, told | {"act": envelope.act_id, "number": last + 1})
        title = f"Revision {revision_number}: lämna in"
        connection.execute(_HANDLING, [satsning_id, title, at.date(), standing[0], revision])
    return str(reference)


def _read(connection: psycopg.Connection, satsning_id: int) -> dict[str, dict[str, Any]]:
    """Read the content, a plain SELECT for each table."""
    parts = {}
    for code, (statement, names, empty, lists) in _content_statements().items():
        row = connection.execute(statement, [satsning_id]).fetchone()
        value = dict(zip(names, row, strict=True)) if row else dict(empty)
        for key, (list_statement, list_names) in lists.items():
            rows = connection.execute(list_statement, [satsning_id]).fetchall()
            value[key] = [dict(zip(list_names, line, strict=True)) for line in rows]
        parts[code] = value
    return parts


PartStatements = tuple[str, list[str], Mapping[str, Any], dict[str, tuple[str, list[str]]]]


@cache
def _content_statements() -> dict[str, PartStatements]:
    """Return, for each part, the SELECT of its row, the names of its columns, its empty value and its lists."""
    return {
        code: (
            *_select(spec.model, "t.satsning_id = %s"),
            dict.fromkeys(_select(spec.model, "")[1]) | {f.attname: "" for f in spec.fields if not f.null},
            {key: _select(model, "t.satsning_id = %s ORDER BY t.position, t.id") for key, model in spec.rows.items()},
        )
        for code, spec in PARTS.items()
    }


def _select(model: type[db.Model], condition: str) -> tuple[str, list[str]]:
    """Return a SELECT of a table's content columns, joined to the names of what they point at, and their names."""
    columns: list[str] = []
    names: list[str] = []
    joins = ""
    for field in content_fields(model):
        as_text = "::text" if isinstance(field, db.DecimalField | db.DateField) else ""
        columns.append(f"t.{field.column}{as_text}")
        names.append(str(field.column))
        target = field.related_model
        if isinstance(target, type):
            label = "namn" if target is Effektmatt else "name"
            columns.append(f"{field.name}.{label}")
            names.append(f"{field.name}_namn")
            joins += f" LEFT JOIN {target._meta.db_table} {field.name} ON {field.name}.id = t.{field.column}"
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table} t{joins} WHERE {condition}", names
