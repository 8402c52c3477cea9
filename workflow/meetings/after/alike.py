"""How what comes of decisions is compared with the journal: the statements that `workflow.verifying` runs.

Each names the acts it is about and gives the first row or act that has no like; `act` holds those acts. What was
decided with a paragraph, in rows without an act of their own, is compared by `workflow.meetings.table.alike`.
"""

_OF_COUNTY = """
    JOIN workflow_paragraf p ON p.id = {table}.paragraf_id JOIN governance_body b ON b.id = p.body_id
    WHERE b.county_id = %(county)s
"""


def _of_county(table: str) -> str:
    return _OF_COUNTY.replace("{table}", table)


_SENT = f"""
, made AS (
    SELECT u.* FROM workflow_utdrag u {_of_county("u")}
), said AS (
    SELECT DISTINCT ON (a.said->>'paragraf', one->>0) (a.said->>'paragraf')::bigint AS paragraf_id,
        (one->>0)::bigint AS receiver_id, one->>2 AS purpose, a.actor_id
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'utdrag') one
    ORDER BY a.said->>'paragraf', one->>0, a.number DESC
)
SELECT 'utdraget av paragraf ' || coalesce(u.paragraf_id, s.paragraf_id) || ' till organ '
    || coalesce(u.receiver_id, s.receiver_id)
FROM made u FULL JOIN said s ON (u.paragraf_id, u.receiver_id) = (s.paragraf_id, s.receiver_id)
WHERE (u.purpose, u.sent_by_id) IS DISTINCT FROM (s.purpose, s.actor_id)
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names

_RECEIVED = f"""
, made AS (
    SELECT u.* FROM workflow_utdrag u {_of_county("u")} AND u.delivered_at IS NOT NULL
), sent AS (
    SELECT a.said->>'paragraf' AS paragraf, one->>1 AS name, max(a.number) AS number
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'utdrag') one
    WHERE a.act = 'utdrag_expedierat' GROUP BY 1, 2
), said AS (
    SELECT (a.said->>'mottaget')::bigint AS id, a.actor_id FROM act a WHERE a.act = 'utdrag_mottaget' AND NOT EXISTS (
        SELECT FROM sent s WHERE s.paragraf = a.said->>'paragraf' AND s.name = a.said->>'receiver'
        AND s.number > a.number)
)
SELECT 'mottagandet av utdrag ' || coalesce(u.id, s.id)
FROM made u FULL JOIN said s ON u.id = s.id
WHERE u.delivered_by_id IS DISTINCT FROM s.actor_id
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names

_HOME = """
, made AS (
    SELECT h.* FROM workflow_aterforing h JOIN governance_organisation o ON o.id = h.organisation_id
    WHERE o.county_id = %(county)s
), told AS (
    SELECT a.number, (a.said->>'meeting')::bigint AS meeting_id, one::text::bigint AS organisation_id,
        NULL::bigint AS actor_id, '' AS form, NULL AS held_on, '' AS how
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'oppnade') one WHERE a.act = 'utdrag_expedierat'
    UNION ALL
    SELECT a.number, (a.said->>'meeting')::bigint, (a.said#>>'{aterfort,organisation}')::bigint, a.actor_id,
        a.said#>>'{aterfort,form}', a.said#>>'{aterfort,held_on}', a.said#>>'{aterfort,how}'
    FROM act a WHERE a.act = 'aterfort'
), newest AS (
    SELECT DISTINCT ON (meeting_id, organisation_id) * FROM told ORDER BY meeting_id, organisation_id, number DESC
)
SELECT 'återföringen från möte ' || coalesce(h.meeting_id, n.meeting_id) || ' till organisation '
    || coalesce(h.organisation_id, n.organisation_id)
FROM made h FULL JOIN newest n ON (h.meeting_id, h.organisation_id) = (n.meeting_id, n.organisation_id)
WHERE (h.returned_by_id, h.form, h.held_on::text, h.how) IS DISTINCT FROM (n.actor_id, n.form, n.held_on, n.how)
    OR (h.returned_at IS NULL) IS DISTINCT FROM (n.actor_id IS NULL)
ORDER BY 1 LIMIT 1
"""

_ADDED = f"""
, made AS (
    SELECT d.* FROM workflow_beslutsuppdrag d {_of_county("d")} AND d.act_id IS NOT NULL
)
SELECT coalesce('uppdrag ' || d.id, 'uppdraget i post ' || a.number)
FROM made d FULL JOIN act a ON a.act_id = d.act_id
WHERE (d.paragraf_id::text, d.created_by_id, d.kind, d.text, d.responsible_id::text, d.due::text)
    IS DISTINCT FROM (a.said->>'paragraf', a.actor_id, a.said#>>'{{uppdrag,kind}}', a.said#>>'{{uppdrag,text}}',
        a.said#>>'{{uppdrag,responsible}}', a.said#>>'{{uppdrag,due}}')
ORDER BY d.id, a.number LIMIT 1
"""  # noqa: S608 - the house's own names

_DONE = f"""
, made AS (
    SELECT d.* FROM workflow_beslutsuppdrag d {_of_county("d")} AND d.done_at IS NOT NULL
)
SELECT 'verkställandet av uppdrag ' || coalesce(d.id, (a.said->>'utfort')::bigint)
FROM made d FULL JOIN act a ON d.id = (a.said->>'utfort')::bigint
WHERE (d.done_by_id, d.done_text) IS DISTINCT FROM (a.actor_id, a.said->>'reason')
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names

COMPARED = (
    ("e.act = 'utdrag_expedierat'", _SENT, "det"),
    ("e.act IN ('utdrag_expedierat', 'utdrag_mottaget')", _RECEIVED, "det"),
    ("e.act IN ('utdrag_expedierat', 'aterfort')", _HOME, "den"),
    ("e.act = 'uppdrag_infort'", _ADDED, "det"),
    ("e.act = 'uppdrag_utfort'", _DONE, "det"),
)
"""Which acts, the statement, and the word by which the fault calls what it found."""
