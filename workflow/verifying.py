"""What the journal's acts say, compared both ways with the tables that hold what became of them.

So nothing is changed, made up or taken away beside the journal without being found. The comparing is done in the
database, which gives the first that differs: neither the journal nor the tables are held in memory.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connection

from workflow.absence.alike import COMPARED as AWAY
from workflow.coauthors.verifying import COAUTHORS
from workflow.comments.verifying import COMMENTS
from workflow.deadlines.alike import COMPARED as STOPPED
from workflow.meetings.after.alike import COMPARED as AFTERWARDS
from workflow.meetings.minutes.verifying import MINUTES
from workflow.meetings.planning.alike import COMPARED as AS_CALLED
from workflow.meetings.table.alike import COMPARED as AT_TABLE
from workflow.notices.alike import COMPARED as OF_LETTERS
from workflow.rounds.verifying import ROUNDS

_ASTRAY = """
SELECT s.id FROM satsningar_satsning s LEFT JOIN LATERAL (
    SELECT to_station, version_id FROM workflow_journalentry e WHERE e.satsning_id = s.id ORDER BY number DESC LIMIT 1
) e ON true
WHERE s.county_id = %s AND (s.station IS DISTINCT FROM e.to_station OR s.version_id <> e.version_id)
ORDER BY s.id LIMIT 1
"""

_REVISIONS = """
SELECT r.id, r.content, r.sha256 FROM satsningar_revision r JOIN satsningar_satsning s ON s.id = r.satsning_id
WHERE s.county_id = %s AND r.id > %s ORDER BY r.id LIMIT 500
"""

_ACTS = """
WITH act AS MATERIALIZED (
    SELECT e.number, e.act_id, e.act, e.move, e.satsning_id, e.version_id, e.actor_id, e.body_id, e.to_station,
        e.revision_id, p.content::jsonb AS said
    FROM workflow_journalentry e JOIN workflow_journalpayload p ON p.entry_id = e.id
    WHERE e.county_id = %(county)s AND ({which})
)
"""
"""The acts that rows are compared with; every statement gives what names the first row or act that has no like."""


def _compared(which: str, with_what: str) -> str:
    return _ACTS.replace("{which}", which) + with_what


_DECISIONS = _compared(
    "strpos(p.content, '\"beslut\":{') > 0",
    """
, made AS (
    SELECT d.* FROM workflow_beslut d JOIN satsningar_satsning s ON s.id = d.satsning_id WHERE s.county_id = %(county)s
)
SELECT coalesce('beslut ' || d.id || ' (' || d.paragraph || ')', 'beslutet i post ' || a.number)
FROM made d FULL JOIN act a ON a.act_id = d.act_id
WHERE (d.satsning_id, d.move, d.kind, d.recorded_by_id, d.reason, d.avsteg)
    IS DISTINCT FROM (a.satsning_id, a.move, a.act, a.actor_id, a.said->>'reason', coalesce(a.said->'avsteg', '[]'))
    OR (d.meeting_date::text, d.paragraph, d.wording, d.amended_wording, d.condition, d.quorum, d.to_meeting::text)
    IS DISTINCT FROM (a.said#>>'{beslut,meeting}', a.said#>>'{beslut,paragraph}', a.said#>>'{beslut,wording}',
        a.said#>>'{beslut,amended}', a.said#>>'{beslut,condition}', a.said#>>'{beslut,quorum}',
        a.said#>>'{beslut,to_meeting}')
ORDER BY d.id, a.number LIMIT 1
""",
)

_REGISTERED = _compared(
    "e.act = 'registrera_i_efterhand'",
    """
, made AS (
    SELECT r.* FROM workflow_registrering r JOIN satsningar_satsning s ON s.id = r.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT 'registreringen av satsning ' || coalesce(r.satsning_id, a.satsning_id)
FROM made r FULL JOIN act a ON a.act_id = r.act_id
WHERE (r.satsning_id, r.entered_at, r.registered_by_id, r.decided_on::text, r.source, r.stood_since::text)
    IS DISTINCT FROM (a.satsning_id, a.to_station, a.actor_id, a.said#>>'{registrering,decided_on}',
        a.said#>>'{registrering,source}', a.said#>>'{registrering,since}')
ORDER BY 1 LIMIT 1
""",
)

_ASKED = _compared(
    "e.act = 'avsteg_begart'",
    """
, made AS (
    SELECT w.* FROM workflow_avsteg w JOIN satsningar_satsning s ON s.id = w.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT coalesce('avsteg ' || w.id, 'avsteget i post ' || a.number)
FROM made w FULL JOIN act a ON a.act_id = w.act_id
WHERE (w.satsning_id, w.version_id, w.asked_by_id, w.asked_by_body_id, w.reason, w.gate_name)
    IS DISTINCT FROM (a.satsning_id, a.version_id, a.actor_id, a.body_id, a.said->>'reason', a.said->>'grind')
    OR (w.gate, w.requirement, w.body_id::text)
    IS DISTINCT FROM (a.said#>>'{begart,gate}', a.said#>>'{begart,requirement}', a.said#>>'{begart,body}')
ORDER BY w.id, a.number LIMIT 1
""",
)

_ANSWERED = _compared(
    "e.act IN ('avsteg_medgivet', 'avsteg_avslaget', 'avsteg_atertaget')",
    """
, made AS (
    SELECT v.*, w.satsning_id FROM workflow_avstegssvar v JOIN workflow_avsteg w ON w.id = v.avsteg_id
    JOIN satsningar_satsning s ON s.id = w.satsning_id
    WHERE s.county_id = %(county)s AND v.outcome <> 'forfallet'
)
SELECT coalesce('svaret på avsteg ' || v.avsteg_id, 'svaret i post ' || a.number)
FROM made v FULL JOIN act a ON a.act_id = v.act_id
WHERE (v.satsning_id, 'avsteg_' || v.outcome, v.by_id, v.by_body_id, v.reason, v.avsteg_id::text)
    IS DISTINCT FROM
    (a.satsning_id, a.act, a.actor_id, a.body_id, coalesce(a.said->>'reason', ''), a.said->>'begaran_id')
ORDER BY v.id, a.number LIMIT 1
""",
)

_ENDED = _compared(
    "strpos(p.content, '\"avsteg_slut\":[') > 0",
    """
, made AS (
    SELECT w.satsning_id, x.avsteg_id, x.act_id, x.outcome, x.move FROM (
        SELECT avsteg_id, act_id, outcome, NULL AS move, by_id, reason FROM workflow_avstegssvar
        WHERE outcome = 'forfallet'
        UNION ALL SELECT avsteg_id, act_id, 'upphort', move, NULL, '' FROM workflow_avstegsslut
    ) x JOIN workflow_avsteg w ON w.id = x.avsteg_id JOIN satsningar_satsning s ON s.id = w.satsning_id
    WHERE s.county_id = %(county)s
), said AS (
    SELECT a.satsning_id, (one->>0)::bigint AS avsteg_id, a.act_id, one->>1 AS outcome,
        CASE one->>1 WHEN 'upphort' THEN a.said->>'move' END AS move
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'avsteg_slut') one
)
SELECT 'slutet på avsteg ' || coalesce(x.avsteg_id, y.avsteg_id)
FROM made x FULL JOIN said y ON (x.avsteg_id, x.act_id) = (y.avsteg_id, y.act_id)
WHERE (x.satsning_id, x.outcome, x.move) IS DISTINCT FROM (y.satsning_id, y.outcome, y.move)
ORDER BY 1 LIMIT 1
""",
)

_PUBLISHED = _compared(
    "e.act IN ('publicera', 'avpublicera')",
    """
, made AS (
    SELECT u.*, row_number() OVER (PARTITION BY u.satsning_id ORDER BY u.id) AS place
    FROM workflow_publicering u JOIN satsningar_satsning s ON s.id = u.satsning_id WHERE s.county_id = %(county)s
), said AS (
    SELECT a.*, row_number() OVER (PARTITION BY a.satsning_id ORDER BY a.number) AS place
    FROM act a WHERE a.act = 'publicera'
), closed AS (
    SELECT y.*, (
        SELECT z.actor_id FROM act z WHERE z.satsning_id = y.satsning_id AND z.number > y.number
        ORDER BY z.number LIMIT 1
    ) AS taken_back_by FROM said y
)
SELECT 'publiceringen av satsning ' || coalesce(u.satsning_id, y.satsning_id)
FROM made u FULL JOIN closed y ON (u.satsning_id, u.place) = (y.satsning_id, y.place)
WHERE (u.revision_id, u.published_by_id, u.title, u.withdrawn_by_id, u.withdrawn_at IS NULL)
    IS DISTINCT FROM (y.revision_id, y.actor_id, y.said->>'title', y.taken_back_by, y.taken_back_by IS NULL)
ORDER BY 1 LIMIT 1
""",
)

_OF_PARTS = (*AS_CALLED, *AT_TABLE, *AFTERWARDS, *OF_LETTERS, *STOPPED, *AWAY)
_WITH_WHAT = (*MINUTES, *ROUNDS, *COMMENTS, *COAUTHORS)

_ALIKE = (
    *((_DECISIONS, "det"), (_REGISTERED, "den"), (_ASKED, "det")),
    *((_ANSWERED, "det"), (_ENDED, "det"), (_PUBLISHED, "den")),
    *((_compared(which, statement), that) for which, statement, that in _OF_PARTS),
    *((_compared(which, with_what), that) for (which, with_what), that in _WITH_WHAT),
)


def unlike_the_journal(county_id: int, number: int, previous: str) -> str:
    """Return what the database has that a county's chain does not say, or lacks that it says; empty for nothing.

    Args:
        county_id: whose chain; every link of it has been seen to hold.
        number: the number of its last entry: a tail cut off shows here.
        previous: the hash of that entry.

    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM workflow_chainhead WHERE county_id = %s", [county_id])
        head = cursor.fetchone() or (0, "")
        if head != (number, previous):
            return f"journalen slutar vid {number}, men ska sluta vid {head[0]}"
        cursor.execute(_ASTRAY, [county_id])
        if astray := cursor.fetchone():
            return f"satsning {astray[0]} står i ett annat steg, eller följer en annan version, än journalen säger"
    for key, content, digest in pages(_REVISIONS, county_id):
        if sha256(content.encode()).hexdigest() != digest:
            return f"revision {key} har ändrats"
    with connection.cursor() as cursor:
        for statement, that in _ALIKE:
            cursor.execute(statement, {"county": county_id})
            if found := cursor.fetchone():
                return f"{found[0]} är inte {that} som journalen anger"
    return ""


def pages(statement: str, county_id: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows in keyset pages, so that a long journal is never held in memory."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [county_id, after])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]
