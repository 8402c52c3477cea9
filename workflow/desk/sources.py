"""The statements that read what waits for somebody: one branch for each thing, all of them in one statement.

Every branch begins with the person's own bodies, reads each by an index, and stops at `most`: what it costs does not
grow with what others have. A branch gives kind, key, the case or meeting it is about, body, title, reference, whether
it is an example, since when it waits, its last day and what else its line says.
"""

from collections.abc import Mapping

from governance.permissions import GRANTED
from workflow.desk import meetings
from workflow.desk.turns import TIES
from workflow.desk.vocabulary import DeskKind

_CASE = "CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s WHERE s.id = {0}.satsning_id OFFSET 0) s"
"""The case of a row, looked up for the rows that there are: never by reading all cases."""
_TITLE = "(SELECT u.titel FROM satsningar_uppdrag u WHERE u.satsning_id = {0})"
READABLE = """(s.submitted_at IS NOT NULL OR s.ansvarig_grupp_id = ANY(%(bodies)s::bigint[])
        OR s.county_id = ANY(%(followed)s::bigint[]) OR s.created_by_id = %(person)s)"""
"""`workflow.rights.readable` in SQL; a draft that the person is asked about in an avsteg waits for no move by them."""


_STOP = "(SELECT t.cause FROM workflow_stopp t WHERE t.satsning_id = s.id AND t.cleared_at IS NULL)"


def _turn(tie: str, condition: str) -> str:
    return f"""SELECT 'drag', s.id, s.id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example,
    s.station_since, NULL::date, json_build_object('version', s.version_id, 'station', s.station, 'stopp', {_STOP})
FROM unnest(%({tie}_body)s::bigint[], %({tie}_version)s::bigint[], %({tie}_station)s::text[],
    %({tie}_county)s::bigint[], %({tie}_kind)s::text[]) AS w(body, version, station, county, kind)
CROSS JOIN LATERAL (
    SELECT * FROM satsningar_satsning s WHERE {condition} AND s.station = w.station AND s.version_id = w.version
        AND {READABLE}
        AND NOT EXISTS (SELECT FROM workflow_anmalan a WHERE a.satsning_id = s.id AND a.closed_at IS NULL)
    ORDER BY s.station_since LIMIT %(most)s) s"""  # noqa: S608 - made of constants


_FURTHER = f"""SELECT 'vidare', p.id, p.satsning_id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example,
    p.made_at, p.due, json_build_object('version', s.version_id, 'station', s.station, 'stopp', {_STOP})
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
_ANSWERS_FOR_IT = f"""EXISTS (SELECT FROM governance_membership m
        JOIN governance_person p ON p.id = m.person_id AND p.is_active JOIN governance_body d ON d.id = m.body_id
        WHERE m.person_id = a.assigned_to_id AND m.body_id = a.body_id AND m.starts_on <= %(day)s
        AND (m.ends_on IS NULL OR m.ends_on >= %(day)s) AND EXISTS ({GRANTED} AND q.codename = ANY(
            CASE WHEN d.kind = 'organisation' THEN %(for_organisation)s::text[] ELSE %(for_body)s::text[] END)))"""
"""Whoever an answer is handed over to may answer still: as `workflow.rounds.selectors.answerers` tells of a body."""

_ANSWERS = f"""SELECT 'svar', a.id, a.satsning_id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example,
    a.opened_at, a.deadline, json_build_object('kind', a.kind, 'stands_in', {_STANDS_IN}, 'purpose', a.purpose,
        'organisation', o.id,
        'receiver', CASE WHEN b.kind = 'organisation' AND o.id IS NOT NULL THEN o.name ELSE b.name END)
FROM unnest(%(answering)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT a.id, a.body_id, a.assigned_to_id, r.satsning_id, r.kind, r.purpose, r.opened_at, a.deadline
    FROM workflow_roundanswer a JOIN workflow_round r ON r.id = a.round_id
    WHERE a.body_id = w.body AND a.state = 'vantar'
        AND (a.assigned_to_id IS NULL OR a.assigned_to_id = %(person)s OR {_STANDS_IN} OR NOT {_ANSWERS_FOR_IT})
    ORDER BY a.deadline, a.id LIMIT %(most)s) a
{_CASE.format("a")}
JOIN governance_body b ON b.id = w.body LEFT JOIN governance_organisation o ON o.id = b.organisation_id"""  # noqa: S608

_AVSTEG = f"""SELECT 'avsteg', a.id, a.satsning_id, w.body, {_TITLE.format("a.satsning_id")}, a.reference, a.is_example,
    a.asked_at, NULL::date, json_build_object('requirement', a.requirement, 'gate', a.gate_name, 'asking', a.asking)
FROM unnest(%(granting)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT a.id, a.satsning_id, s.reference, s.is_example, a.asked_at, a.requirement, a.gate_name,
        b.name AS asking
    FROM workflow_avsteg a CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s
        WHERE s.id = a.satsning_id AND s.version_id = a.version_id OFFSET 0) s
    JOIN governance_body b ON b.id = a.asked_by_body_id
    WHERE a.body_id = w.body AND a.asked_by_id <> %(person)s AND a.asked_by_body_id <> ALL(%(bodies)s::bigint[])
        AND NOT EXISTS (SELECT FROM workflow_avstegssvar v WHERE v.avsteg_id = a.id)
    ORDER BY a.asked_at LIMIT %(most)s) a"""  # noqa: S608

_REPORTS = f"""SELECT 'lage', s.id, s.id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example, s.station_since,
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

_DECISIONS = f"""SELECT 'beslut', a.id, a.satsning_id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example,
    a.opened_at, t.day, json_build_object('version', s.version_id, 'station', s.station, 'move', a.move,
        'advice', a.rekommendation, 'avsteg', jsonb_array_length(a.avsteg), 'meeting', t.meeting_id)
FROM unnest(%(recording)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_anmalan a WHERE a.body_id = w.body AND a.closed_at IS NULL
    ORDER BY a.opened_at LIMIT %(most)s) a
{_CASE.format("a")}
LEFT JOIN LATERAL (
    SELECT i.meeting_id, (m.starts_at AT TIME ZONE %(zone)s)::date AS day
    FROM workflow_agendaitem i JOIN workflow_meeting m ON m.id = i.meeting_id AND m.form = 'sammantrade'
    WHERE i.anmalan_id = a.id AND i.settled_at IS NULL AND i.withdrawn_at IS NULL
    ORDER BY m.starts_at LIMIT 1) t ON true"""  # noqa: S608

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
    return f"""SELECT 'kommentar', k.id, k.satsning_id, w.body, {_TITLE.format("s.id")}, s.reference, s.is_example,
    k.at, NULL::date, json_build_object('part', k.part, 'state', {_STATE}, 'by', y.name)
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
    DeskKind.LAS: (meetings.PAPERS,),
    DeskKind.ROST: (meetings.VOTES,),
    DeskKind.KALLA: (meetings.CALLS,),
    DeskKind.JUSTERA: (meetings.ADJUSTINGS,),
    DeskKind.RATTA: (meetings.CORRECTIONS,),
    DeskKind.PROTOKOLL: (meetings.MINUTES,),
    DeskKind.UTDRAG: (meetings.EXTRACTS,),
    DeskKind.HEM: (meetings.HOMES,),
    DeskKind.VERKSTALL: (meetings.DUTIES,),
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
