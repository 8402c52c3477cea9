"""The rows of notices: part of the one statement that writes an act's journal entry, so that they are there with it.

`workflow.journal` is the only caller. People are found in the database, by body and mandate, on the day of the act:
never who acted, never somebody who may not read the case. `workflow.rights.may_read` is the same rule for one person,
and the two are tested to agree.
"""

from collections.abc import Mapping
from typing import Any

from governance.paths import path_version
from governance.permissions import GRANTED, today
from governance.vocabulary import Mandate
from workflow.awaited import awaited_moves
from workflow.notices.concerned import TOLD
from workflow.notices.details import given_by, place_of, telling_of
from workflow.notices.vocabulary import Postlage
from workflow.notices.whom import HANDLAGGARE, INVITED, KEEP, SKAPARE, WORK, Given, Told
from workflow.vocabulary import Act, Avstegslage

_CURRENT = "m.starts_on <= %(day)s::date AND (m.ends_on IS NULL OR m.ends_on >= %(day)s::date)"
_INVITED = f"""SELECT f.person_id FROM workflow_medforfattare f
        JOIN governance_membership m ON m.id = f.membership_id AND m.person_id = f.person_id AND {_CURRENT}
        JOIN governance_body b ON b.id = m.body_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s::date)
        WHERE f.satsning_id = %(satsning)s::bigint AND f.ended_at IS NULL"""  # noqa: S608 - no values in the text
"""Who is invited to the case's draft, by `workflow.coauthors.models.Medforfattare.objects.lasting`."""

TO_THE_TABLE = "Ta upp ärendet till beslut"
"""What is expected of those who keep a deciding body's records: which decision it will be is not theirs to know."""

ROWS = f"""
, matter AS MATERIALIZED (
    SELECT s.*, d.kind AS deciding FROM satsningar_satsning s JOIN governance_body d ON d.id = s.beslutsorgan_id
    WHERE s.id = %(satsning)s::bigint
), place AS (
    SELECT b.id AS body_id, a.mandates, a.expected
    FROM unnest(%(keys)s::text[], %(mandates)s::text[], %(expects)s::text[]) AS a(key, mandates, expected)
    JOIN governance_body b ON b.county_id = %(county)s AND (b.ended_on IS NULL OR b.ended_on >= %(day)s::date)
    LEFT JOIN matter s ON true
    WHERE CASE a.key
        WHEN 'ansvarig_grupp' THEN b.id = s.ansvarig_grupp_id
        WHEN '@bereder' THEN b.id = s.beredningsgrupp_id
        WHEN '@beslutar' THEN b.id = s.beslutsorgan_id
        WHEN '@organet' THEN b.id = %(organ)s::bigint
        WHEN b.code THEN true
        WHEN b.kind THEN CASE
            WHEN b.kind = 'beredningsgrupp' AND s.beredningsgrupp_id IS NOT NULL THEN b.id = s.beredningsgrupp_id
            WHEN b.kind IN ('styrgrupp', 'namnd') AND s.deciding = b.kind THEN b.id = s.beslutsorgan_id
            ELSE true END
        ELSE false END
    UNION ALL
    SELECT b.id, %(work)s::text, %(given)s::text FROM governance_body b
    WHERE b.id = ANY(%(bodies)s::bigint[]) AND b.county_id = %(county)s
), concerned AS (
    SELECT m.person_id, m.body_id, p.expected FROM place p
    JOIN governance_membership m ON m.body_id = p.body_id AND {_CURRENT}
    WHERE p.mandates = '' OR EXISTS ({GRANTED} AND q.codename = ANY(string_to_array(p.mandates, ',')))
    UNION ALL
    SELECT x.person_id, %(organ)s::bigint, x.expected FROM (
        SELECT id AS person_id, %(given)s::text AS expected FROM unnest(%(people)s::bigint[]) AS named(id)
        UNION ALL SELECT n.person_id, %(given)s::text FROM governance_membership n WHERE n.id = ANY(%(seats)s::bigint[])
        UNION ALL SELECT handlaggare_id, %(of_handlaggare)s::text FROM matter WHERE %(of_handlaggare)s::text IS NOT NULL
        UNION ALL SELECT i.person_id, %(of_invited)s::text FROM ({_INVITED}) i WHERE %(of_invited)s::text IS NOT NULL
        UNION ALL SELECT created_by_id, %(of_skapare)s::text FROM matter WHERE %(of_skapare)s::text IS NOT NULL
    ) x WHERE EXISTS (
        SELECT FROM governance_membership m JOIN governance_body b ON b.id = m.body_id AND b.county_id = %(county)s
        WHERE m.person_id = x.person_id AND {_CURRENT} AND (b.ended_on IS NULL OR b.ended_on >= %(day)s::date)
    )
), told AS (
    INSERT INTO workflow_notice (entry_id, person_id, body_id, kind, expected, due, page, page_id, mail)
    SELECT entry.id, c.person_id, min(c.body_id), %(slag)s::text, max(c.expected),
        CASE WHEN max(c.expected) <> '' THEN %(due)s::date END, %(page)s::text, %(page_id)s::bigint, %(mail)s::text
    FROM entry CROSS JOIN concerned c JOIN governance_person w ON w.id = c.person_id AND w.is_active
    LEFT JOIN matter s ON true
    WHERE c.person_id IS DISTINCT FROM %(actor)s::bigint AND (
        s.id IS NULL OR s.submitted_at IS NOT NULL OR %(opens)s::boolean OR s.created_by_id = c.person_id
        OR EXISTS (
            SELECT FROM governance_membership m
            WHERE m.person_id = c.person_id AND m.body_id = s.ansvarig_grupp_id AND {_CURRENT}
        )
        OR EXISTS (
            SELECT FROM governance_membership m JOIN governance_body b ON b.id = m.body_id
            WHERE m.person_id = c.person_id AND b.county_id = s.county_id AND {_CURRENT}
            AND EXISTS ({GRANTED} AND q.codename = '{Mandate.FOLJA.value}')
        )
        OR EXISTS ({_INVITED} AND f.person_id = c.person_id)
        OR EXISTS (
            SELECT FROM workflow_avsteg a
            JOIN governance_membership m ON m.body_id = a.body_id AND m.person_id = c.person_id AND {_CURRENT}
            WHERE a.satsning_id = s.id AND EXISTS ({GRANTED} AND q.codename = '{Mandate.GE_AVSTEG.value}')
            AND NOT EXISTS (
                SELECT FROM workflow_avstegssvar v
                WHERE v.avsteg_id = a.id AND v.outcome = '{Avstegslage.ATERTAGET.value}'
            )
        )
    )
    GROUP BY entry.id, c.person_id
)
"""  # noqa: S608 - no values in the text
"""What follows `entry` among the parts of the statement that writes an act's entry; its values are `values_of`."""


def values_of(  # noqa: PLR0913 - the facts of an entry that say whom it concerns
    act: Act,
    payload: Mapping[str, Any],
    given: Given,
    *,
    satsning_id: int | None,
    version_id: int | None,
    to_station: str,
) -> dict[str, Any] | None:
    """Return the values of `ROWS` for an act, or None when it concerns nobody.

    Args:
        act: what was done.
        payload: as the journal keeps it.
        given: what the act said of whom it concerns.
        satsning_id: the case, if it is about one.
        version_id: the version of the path that the case follows after the act.
        to_station: where it stands after the act.

    """
    usual = TOLD[act]
    if usual is None:
        return None
    telling, given = telling_of(usual, act, payload), given_by(act, payload, given)
    told = [*telling.told, *given.told]
    if telling.to_next and version_id is not None:
        told += _next(act, payload, version_id, to_station)
    named = {one.key: one.expected for one in told}
    places = [one for one in told if one.key not in {HANDLAGGARE, INVITED, SKAPARE}]
    if not (told or given.bodies or given.people or given.seats):
        return None
    page, page_id = (given.page, given.page_id) if given.page else place_of(satsning_id, payload, telling.page)
    return {
        "keys": [one.key for one in places],
        "mandates": [one.mandates for one in places],
        "expects": [one.expected for one in places],
        "of_handlaggare": named.get(HANDLAGGARE),
        "of_skapare": named.get(SKAPARE),
        "of_invited": named.get(INVITED),
        "bodies": list(given.bodies),
        "people": list(given.people),
        "seats": list(given.seats),
        "given": given.expected,
        "organ": given.organ,
        "work": WORK,
        "day": today(),
        "due": given.due,
        "slag": telling.kind.value,
        "page": page,
        "page_id": page_id,
        "opens": telling.opens,
        "mail": (Postlage.NY if telling.letter and given.letter else Postlage.INGET).value,
    }


def _next(act: Act, payload: Mapping[str, Any], version_id: int, station: str) -> list[Told]:
    """Return who may make the move that the case now waits for; of a meeting, those who keep the body's records."""
    path = path_version(version_id)
    moves = awaited_moves(path, station)
    if act == Act.ANMAL:
        proposed = payload["anmalan"]["move"]
        moves = tuple(move for move in path.moves_from(station) if move.in_meeting and move.name == proposed)
    return [
        Told(key, KEEP, TO_THE_TABLE) if move.in_meeting else Told(key, mandate, move.name)
        for move in moves
        for key, mandate in move.made_by.items()
    ]
