"""The statements that read what waits for somebody: one branch for each thing, all of them in one statement.

Every branch begins with the person's own bodies, reads each by an index, and stops at `most`: what it costs does not
grow with what others have. A branch gives kind, key, the case or meeting it is about, body, title, reference, whether
it is an example, since when it waits, its last day and what else its line says.
"""

from collections.abc import Mapping

from workflow.desk.turns import TIES
from workflow.desk.vocabulary import DeskKind

_CASE = "CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s WHERE s.id = {0}.satsning_id OFFSET 0) s"
"""The case of a row, looked up for the rows that there are: never by reading all cases."""
_TITLE = "(SELECT u.titel FROM satsningar_uppdrag u WHERE u.satsning_id = {0}.id)"
READABLE = """(s.submitted_at IS NOT NULL OR s.ansvarig_grupp_id = ANY(%(bodies)s::bigint[])
        OR s.county_id = ANY(%(followed)s::bigint[]) OR s.created_by_id = %(person)s)"""
"""`workflow.rights.readable` in SQL; a draft that the person is asked about in an avsteg waits for no move by them."""


_STOP = "(SELECT t.cause FROM workflow_stopp t WHERE t.satsning_id = s.id AND t.cleared_at IS NULL)"


def _turn(tie: str, condition: str) -> str:
    return f"""SELECT 'drag', s.id, s.id, w.body, {_TITLE.format("s")}, s.reference, s.is_example,
    s.station_since, NULL::date, json_build_object('version', s.version_id, 'station', s.station, 'stopp', {_STOP})
FROM unnest(%({tie}_body)s::bigint[], %({tie}_version)s::bigint[], %({tie}_station)s::text[],
    %({tie}_county)s::bigint[], %({tie}_kind)s::text[]) AS w(body, version, station, county, kind)
CROSS JOIN LATERAL (
    SELECT * FROM satsningar_satsning s WHERE {condition} AND s.station = w.station AND s.version_id = w.version
        AND {READABLE}
        AND NOT EXISTS (SELECT FROM workflow_anmalan a WHERE a.satsning_id = s.id AND a.closed_at IS NULL)
    ORDER BY s.station_since LIMIT %(most)s) s"""  # noqa: S608 - made of constants


_FURTHER = f"""SELECT 'vidare', p.id, p.satsning_id, w.body, {_TITLE.format("s")}, s.reference, s.is_example, p.made_at,
    p.due, json_build_object('version', s.version_id, 'station', s.station, 'stopp', {_STOP})
FROM unnest(%(leading)s::bigint[], %(leading_chair)s::boolean[]) AS w(body, chair)
CROSS JOIN LATERAL (
    SELECT p.* FROM workflow_paminnelse p CROSS JOIN LATERAL (SELECT FROM satsningar_satsning s
        WHERE s.id = p.satsning_id AND s.station = p.station AND s.station_since = p.since AND {READABLE} OFFSET 0) s
    WHERE p.to_id = w.body AND p.kind = 'eskalering' AND (w.chair OR NOT p.chair_only)
    ORDER BY p.due LIMIT %(most)s) p
{_CASE.format("p")}"""  # noqa: S608

_STANDS_IN = """EXISTS (SELECT FROM governance_franvaro f JOIN governance_membership x ON x.id = f.membership_id
        WHERE f.substitute_id = %(person)s AND f.revoked_at IS NULL AND f.starts_on <= %(day)s AND f.ends_on >= %(day)s
        AND x.person_id = a.assigned_to_id AND x.body_id = a.body_id)"""
_SITS = """EXISTS (SELECT FROM governance_membership m JOIN governance_person p ON p.id = m.person_id AND p.is_active
        WHERE m.person_id = a.assigned_to_id AND m.body_id = a.body_id AND m.starts_on <= %(day)s
        AND (m.ends_on IS NULL OR m.ends_on >= %(day)s))"""

_ANSWERS = f"""SELECT 'svar', a.id, a.satsning_id, w.body, {_TITLE.format("s")}, s.reference, s.is_example,
    a.opened_at, a.deadline, json_build_object('kind', a.kind, 'stands_in', {_STANDS_IN}, 'purpose', a.purpose,
        'organisation', o.id,
        'receiver', CASE WHEN b.kind = 'organisation' AND o.id IS NOT NULL THEN o.name ELSE b.name END)
FROM unnest(%(answering)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT a.id, a.body_id, a.assigned_to_id, r.satsning_id, r.kind, r.purpose, r.opened_at, a.deadline
    FROM workflow_roundanswer a JOIN workflow_round r ON r.id = a.round_id
    WHERE a.body_id = w.body AND a.state = 'vantar'
        AND (a.assigned_to_id IS NULL OR a.assigned_to_id = %(person)s OR {_STANDS_IN} OR NOT {_SITS})
    ORDER BY a.deadline, a.id LIMIT %(most)s) a
{_CASE.format("a")}
JOIN governance_body b ON b.id = w.body LEFT JOIN governance_organisation o ON o.id = b.organisation_id"""  # noqa: S608

_AVSTEG = f"""SELECT 'avsteg', a.id, a.satsning_id, w.body, {_TITLE.format("a")}, a.reference, a.is_example,
    a.asked_at, NULL::date, json_build_object('requirement', a.requirement, 'gate', a.gate_name, 'asking', a.asking)
FROM unnest(%(granting)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT a.id AS avsteg_id, a.satsning_id, s.reference, s.is_example, a.asked_at, a.requirement, a.gate_name,
        b.name AS asking
    FROM workflow_avsteg a CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s
        WHERE s.id = a.satsning_id AND s.version_id = a.version_id OFFSET 0) s
    JOIN governance_body b ON b.id = a.asked_by_body_id
    WHERE a.body_id = w.body AND a.asked_by_id <> %(person)s AND a.asked_by_body_id <> ALL(%(bodies)s::bigint[])
        AND NOT EXISTS (SELECT FROM workflow_avstegssvar v WHERE v.avsteg_id = a.id)
    ORDER BY a.asked_at LIMIT %(most)s) a"""  # noqa: S608
_AVSTEG = _AVSTEG.replace("'avsteg', a.id", "'avsteg', a.avsteg_id").replace("= a.id)", "= a.satsning_id)", 1)

_REPORTS = f"""SELECT 'lage', s.id, s.id, w.body, {_TITLE.format("s")}, s.reference, s.is_example, s.station_since,
    NULL::date, json_build_object('organisation', o.id, 'name', o.name)
FROM unnest(%(organisations)s::bigint[], %(contacts)s::bigint[]) AS w(organisation, body)
JOIN governance_organisation o ON o.id = w.organisation
CROSS JOIN unnest(%(spreading_version)s::bigint[], %(spreading_station)s::text[]) AS p(version, station)
CROSS JOIN LATERAL (
    SELECT * FROM satsningar_satsning s
    WHERE s.county_id = o.county_id AND s.station = p.station AND s.version_id = p.version AND NOT EXISTS (
        SELECT FROM satsningar_lagerad l WHERE l.satsning_id = s.id AND l.organisation_id = w.organisation
        AND l.status = ANY(%(final)s::text[]))
    ORDER BY s.station_since LIMIT %(most)s) s"""  # noqa: S608

_DECISIONS = f"""SELECT 'beslut', a.id, a.satsning_id, w.body, {_TITLE.format("s")}, s.reference, s.is_example,
    a.opened_at, NULL::date, json_build_object('version', s.version_id, 'station', s.station, 'move', a.move,
        'advice', a.rekommendation, 'avsteg', jsonb_array_length(a.avsteg))
FROM unnest(%(recording)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_anmalan a WHERE a.body_id = w.body AND a.closed_at IS NULL
    ORDER BY a.opened_at LIMIT %(most)s) a
{_CASE.format("a")}"""  # noqa: S608

_PAPERS = """SELECT 'las', m.id, m.id, w.body, '', '', m.is_example, m.called_at,
    (m.starts_at AT TIME ZONE %(zone)s)::date, json_build_object('item', i.first, 'unread', i.unread, 'count', i.count)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state IN ('kallat', 'pagar')
    ORDER BY m.starts_at LIMIT %(most)s) m
CROSS JOIN LATERAL (
    SELECT count(*) AS count, count(*) FILTER (WHERE i.unread) AS unread,
        (array_agg(i.id ORDER BY i.position, i.id) FILTER (WHERE i.unread))[1] AS first
    FROM (SELECT i.id, i.position, r.id IS NULL OR r.underlag < coalesce((SELECT max(u.number)
            FROM workflow_underlag u WHERE u.item_id = i.id), 0) AS unread
        FROM workflow_agendaitem i LEFT JOIN workflow_readmark r ON r.item_id = i.id AND r.person_id = %(person)s
        WHERE i.meeting_id = m.id AND i.withdrawn_at IS NULL AND i.settled_at IS NULL
            AND (i.kind <> 'staende' OR i.standing = ANY(%(with_content)s::text[]) OR i.text <> '')) i) i
WHERE i.unread > 0"""

_VOTES = """SELECT 'rost', m.item_id, m.id, w.body, m.title, '', m.is_example, m.called_at,
    (m.ends_at AT TIME ZONE %(zone)s)::date, json_build_object('settles', m.ends_at < %(midnight)s)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT m.id, i.id AS item_id, i.title, m.is_example, m.called_at, m.ends_at
    FROM workflow_meeting m JOIN workflow_agendaitem i ON i.meeting_id = m.id
    WHERE m.body_id = w.body AND m.form = 'per_capsulam' AND m.state = 'kallat' AND (
        (m.ends_at < %(midnight)s AND w.body = ANY(%(kept)s::bigint[])) OR (m.ends_at >= %(midnight)s
        AND EXISTS (SELECT FROM governance_membership x WHERE x.person_id = %(person)s AND x.body_id = w.body
            AND x.role = ANY(%(asked_roles)s::text[]) AND x.starts_on <= %(day)s
            AND (x.ends_on IS NULL OR x.ends_on >= %(day)s))
        AND NOT EXISTS (SELECT FROM workflow_ballot b JOIN workflow_vote v ON v.ballot_id = b.id
            JOIN governance_membership x ON x.id = v.membership_id
            WHERE b.item_id = i.id AND x.person_id = %(person)s)
        AND NOT EXISTS (SELECT FROM workflow_jav j JOIN governance_membership x ON x.id = j.membership_id
            WHERE j.item_id = i.id AND j.state = 'jav' AND x.person_id = %(person)s)))
    ORDER BY m.ends_at LIMIT %(most)s) m"""

_CALLS = """SELECT 'kalla', m.id, m.id, w.body, '', '', m.is_example, m.created_at, m.kallelse_due,
    json_build_object('day', (m.starts_at AT TIME ZONE %(zone)s)::date)
FROM unnest(%(kept)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state = 'planerat' AND m.form = 'sammantrade'
        AND m.ends_at >= %(midnight)s AND m.kallelse_due <= %(soon)s
    ORDER BY m.starts_at LIMIT %(most)s) m"""

_ADJUSTINGS = """SELECT 'justera', j.id, m.id, m.body_id, '', '', m.is_example, p.made_at, p.justeras_senast,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'version', p.number,
        'reminded', (j.reminded_at AT TIME ZONE %(zone)s)::date)
FROM governance_membership x JOIN workflow_justering j ON j.membership_id = x.id AND j.state = 'vantar'
JOIN workflow_protokoll p ON p.id = j.protokoll_id JOIN workflow_meeting m ON m.id = p.meeting_id
WHERE x.person_id = %(person)s AND x.body_id = ANY(%(bodies)s::bigint[]) AND x.starts_on <= %(day)s
    AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)"""

_CORRECTIONS = """SELECT 'ratta', j.id, m.id, w.body, '', '', m.is_example, coalesce(j.at, p.made_at), NULL::date,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'version', p.number,
        'name', j.name)
FROM unnest(%(kept)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state = 'avslutat'
    ORDER BY m.starts_at LIMIT %(most)s) m
CROSS JOIN LATERAL (
    SELECT * FROM workflow_protokoll p WHERE p.meeting_id = m.id ORDER BY p.number DESC LIMIT 1) p
JOIN workflow_justering j ON j.protokoll_id = p.id AND j.state = 'rattelse'"""

_EXTRACTS = """SELECT 'utdrag', u.id, m.id, w.body, p.label || ' ' || i.title, '', m.is_example, u.sent_at,
    NULL::date, json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date,
        'decided', b.name, 'purpose', u.purpose, 'reminded', (u.reminded_at AT TIME ZONE %(zone)s)::date)
FROM unnest(%(receiving)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT u.* FROM workflow_utdrag u WHERE u.receiver_id = w.body AND u.delivered_at IS NULL
        AND EXISTS (SELECT FROM workflow_paragraf p JOIN workflow_agendaitem i ON i.id = p.item_id
            LEFT JOIN workflow_ovrigtarende o ON o.id = i.matter_id WHERE p.id = u.paragraf_id
            AND ((i.sekretess = '' AND coalesce(o.sekretess, '') = '') OR i.marked_at IS NULL
                OR u.sent_at >= i.marked_at))
    ORDER BY u.sent_at LIMIT %(most)s) u
JOIN workflow_paragraf p ON p.id = u.paragraf_id JOIN governance_body b ON b.id = p.body_id
JOIN workflow_agendaitem i ON i.id = p.item_id JOIN workflow_meeting m ON m.id = i.meeting_id"""

_HOMES = """SELECT 'hem', h.id, h.meeting_id, w.body, '', '', h.is_example, h.opened_at, NULL::date,
    json_build_object('day', h.day, 'decided', h.decided, 'organisation', o.id, 'name', o.name)
FROM (SELECT * FROM unnest(%(organisations)s::bigint[], %(contacts)s::bigint[], %(nowhere)s::bigint[])
      UNION ALL SELECT x.represents_id, x.body_id, x.body_id FROM governance_membership x
      WHERE x.id = ANY(%(deciding)s::bigint[]) AND x.represents_id IS NOT NULL) AS w(organisation, body, decided)
JOIN governance_organisation o ON o.id = w.organisation
CROSS JOIN LATERAL (
    SELECT h.id, h.meeting_id, h.opened_at, m.is_example, b.name AS decided,
        (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date AS day
    FROM workflow_aterforing h JOIN workflow_meeting m ON m.id = h.meeting_id AND m.state = 'justerat'
    JOIN governance_body b ON b.id = m.body_id
    WHERE h.organisation_id = w.organisation AND h.returned_at IS NULL AND m.body_id = coalesce(w.decided, m.body_id)
    ORDER BY h.opened_at LIMIT %(most)s) h"""

_HIDES = """(i.sekretess <> '' OR coalesce(o.sekretess, '') <> '') AND d.body_id <> ALL(%(bodies)s::bigint[])
    AND NOT EXISTS (SELECT FROM workflow_utdrag u
        WHERE u.paragraf_id = p.id AND u.receiver_id = ANY(%(bodies)s::bigint[])
        AND (i.marked_at IS NULL OR u.sent_at >= i.marked_at))"""
"""The words of a duty are not for its reader: as `workflow.meetings.after.rights.hidden_duties` tells for many."""

_DUTIES = f"""SELECT 'verkstall', d.id, m.id, w.body, CASE WHEN {_HIDES} THEN '' ELSE left(d.text, 150) END, '',
    m.is_example, d.created_at, d.due,
    json_build_object('kind', d.kind, 'paragraph', p.label, 'decided', b.name,
        'day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date)
FROM unnest(%(receiving)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT d.* FROM workflow_beslutsuppdrag d WHERE d.responsible_id = w.body AND d.done_at IS NULL
    ORDER BY d.due, d.created_at LIMIT %(most)s) d
JOIN workflow_paragraf p ON p.id = d.paragraf_id JOIN governance_body b ON b.id = d.body_id
JOIN workflow_agendaitem i ON i.id = p.item_id LEFT JOIN workflow_ovrigtarende o ON o.id = i.matter_id
JOIN workflow_meeting m ON m.id = i.meeting_id AND m.state IN ('avslutat', 'justerat')"""  # noqa: S608 - made of constants

_STATE = """coalesce((SELECT n.state FROM workflow_kommentarsinlagg n WHERE n.kommentar_id = k.id
        ORDER BY n.id DESC LIMIT 1), 'oppen')"""


_TAKES_PART = f"""({READABLE}
    OR EXISTS (SELECT FROM workflow_medforfattare f
        JOIN governance_membership m ON m.id = f.membership_id AND m.person_id = f.person_id
            AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
        JOIN governance_body b ON b.id = m.body_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s)
        WHERE f.satsning_id = s.id AND f.person_id = %(person)s AND f.ended_at IS NULL)
    OR EXISTS (SELECT FROM workflow_avsteg a WHERE a.satsning_id = s.id AND a.body_id = ANY(%(granting)s::bigint[])
        AND NOT EXISTS (SELECT FROM workflow_avstegssvar v WHERE v.avsteg_id = a.id AND v.outcome = 'atertaget')))"""  # noqa: S608 - made of constants
"""As `READABLE`, with those who are invited to a draft or asked about one: they may be named in its comments."""


def _comments(source: str, condition: str) -> str:
    return f"""SELECT 'kommentar', k.id, k.satsning_id, w.body, {_TITLE.format("s")}, s.reference, s.is_example, k.at,
    NULL::date, json_build_object('part', k.part, 'state', {_STATE}, 'by', y.name)
FROM {source}
CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s WHERE s.id = k.satsning_id
    AND s.county_id = ANY(%(counties)s::bigint[]) AND {_TAKES_PART} OFFSET 0) s
JOIN governance_person y ON y.id = k.by_id
WHERE {condition} AND (s.version_id, s.station) IN (SELECT * FROM unnest(%(open_version)s::bigint[],
    %(open_station)s::text[]))"""  # noqa: S608 - made of constants


_WHERE_OPEN = """CROSS JOIN LATERAL (SELECT FROM satsningar_satsning o WHERE o.id = k.satsning_id
        AND (o.version_id, o.station) IN (SELECT * FROM unnest(%(open_version)s::bigint[], %(open_station)s::text[]))
        OFFSET 0) o"""
"""Of comments, those of cases where comments are still made: no others take up the room that there is for them."""

_OF_GROUPS = _comments(
    f"""unnest(%(writing)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT k.* FROM unnest(%(open_version)s::bigint[], %(open_station)s::text[]) AS p(version, station)
    CROSS JOIN LATERAL (SELECT s.id FROM satsningar_satsning s WHERE s.ansvarig_grupp_id = w.body
        AND s.station = p.station AND s.version_id = p.version OFFSET 0) s
    JOIN workflow_kommentar k ON k.satsning_id = s.id WHERE {_STATE} = 'oppen' LIMIT %(most)s) k""",  # noqa: S608 - made of constants
    f"{_STATE} = 'oppen'",
)
_OF_PREPARING = _comments(
    f"""unnest(%(preparing)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT k.* FROM workflow_kommentar k {_WHERE_OPEN} WHERE k.by_body_id = w.body AND k.mandate = 'bereda'
    ORDER BY k.id DESC LIMIT 5 * %(most)s) k""",  # noqa: S608 - made of constants
    f"{_STATE} = 'besvarad'",
)
_OWN = _comments(
    f"""(SELECT k.* FROM workflow_kommentar k {_WHERE_OPEN}
    WHERE k.by_id = %(person)s ORDER BY k.id DESC LIMIT 5 * %(most)s) k
CROSS JOIN LATERAL (SELECT k.by_body_id) AS w(body)""",  # noqa: S608 - made of constants
    f"{_STATE} = 'besvarad'",
)
_NAMED = _comments(
    f"""(SELECT k.* FROM workflow_kommentarsnamn n JOIN workflow_kommentar k ON k.id = n.kommentar_id {_WHERE_OPEN}
    WHERE n.person_id = %(person)s AND NOT EXISTS (SELECT FROM workflow_kommentarsinlagg i
        WHERE i.kommentar_id = n.kommentar_id AND i.by_id = %(person)s AND i.id > coalesce(n.inlagg_id, 0))
    ORDER BY n.id DESC LIMIT 5 * %(most)s) k
CROSS JOIN LATERAL (SELECT k.by_body_id) AS w(body)""",  # noqa: S608 - made of constants
    f"{_STATE} <> 'godtagen'",
)

SOURCES: Mapping[DeskKind, tuple[str, ...]] = {
    DeskKind.DRAG: tuple(_turn(tie, condition) for tie, condition in TIES.items()),
    DeskKind.VIDARE: (_FURTHER,),
    DeskKind.SVAR: (_ANSWERS,),
    DeskKind.AVSTEG: (_AVSTEG,),
    DeskKind.LAGE: (_REPORTS,),
    DeskKind.BESLUT: (_DECISIONS,),
    DeskKind.LAS: (_PAPERS,),
    DeskKind.ROST: (_VOTES,),
    DeskKind.KALLA: (_CALLS,),
    DeskKind.JUSTERA: (_ADJUSTINGS,),
    DeskKind.RATTA: (_CORRECTIONS,),
    DeskKind.UTDRAG: (_EXTRACTS,),
    DeskKind.HEM: (_HOMES,),
    DeskKind.VERKSTALL: (_DUTIES,),
    DeskKind.KOMMENTAR: (_OF_GROUPS, _OF_PREPARING, _OWN, _NAMED),
}
"""The branches of each kind. A new thing that can wait for somebody is a kind, a branch, and words in `saying`."""


_ALL = "\nUNION ALL\n".join(f"({branch})" for branches in SOURCES.values() for branch in branches)
_COLUMNS = "kind, key, about, body, title, reference, is_example, since, due, said"
LINES = f"""SELECT w.kind, w.key, w.about, w.body, b.name, w.title, w.reference, w.is_example, w.since, w.due, w.said
FROM ({_ALL}) AS w({_COLUMNS}) JOIN governance_body b ON b.id = w.body"""  # noqa: S608
COUNT = f"""SELECT count(*) FROM (SELECT DISTINCT w.kind, w.key, w.organisation FROM (
    SELECT w.kind, w.key, w.said ->> 'organisation' AS organisation FROM ({_ALL}) AS w({_COLUMNS})
    LIMIT 5 * %(most)s) w) found"""  # noqa: S608
"""Stops as soon as there are `most` different things: none comes by more than five bodies."""
